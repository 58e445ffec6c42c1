"""Scenario 7 of concern.md §5.4: keys that change in a meeting, and data of last week."""

from dataclasses import replace
from datetime import timedelta

from domain.cases import Case, CaseState
from storage.rotation import rotate
from tests.integration.storage.raw import back_up, restore
from tests.support.case_stories import COORDINATED, RISK, a_case, coordinates, opens
from tests.support.chat import Chat
from tests.support.town import DANISH, INDEX_KEY, MASTER_KEY, Town

NEW_MASTER, NEW_INDEX = bytes(range(2, 34)), bytes(range(3, 35))
DELETED = "Sif Lyngager"
A_DAY = timedelta(days=1)


async def change_keys(town: Town) -> None:
    """Give the bot the new keys beside the old ones, move everything, take the old ones away."""
    town.settings = replace(
        town.settings,
        master_keys={1: MASTER_KEY, 2: NEW_MASTER},
        index_keys={1: INDEX_KEY, 2: NEW_INDEX},
    )
    await town.restarts()
    assert (await rotate(town.house.database)).complete
    town.settings = replace(town.settings, master_keys={2: NEW_MASTER}, index_keys={2: NEW_INDEX})
    await town.restarts()


async def is_deleted(town: Town, case: Case) -> None:
    """Delete a case and its person, as is done the night after two people let go of it."""
    async with town.remembers() as tx:
        remains = await tx.retention.remains_of(case.id)
        assert remains is not None
        await tx.eraser.erase(remains, now=town.hour.now)


async def test_keys_change_in_the_middle_of_a_meeting(town: Town, bo: Chat, carl: Chat) -> None:
    """AC-CRYPT-03: begun with the old keys, gone on with both, ended with the new ones."""
    first, second = await a_case(town), await a_case(town, name="Bo Ellemose")
    await bo.types("dagsorden")
    await bo.presses("meeting.begin")
    assert first.reference in await bo.presses("form.next", present="bo,carl,sofie")
    await coordinates(bo, first)
    await bo.types(f"niveau {first.reference}")  # a form that is left half filled in

    await change_keys(town)

    await bo.types("dagsorden")
    await bo.presses("meeting.stand")
    assert second.reference in await bo.presses("meeting.next")
    await coordinates(bo, second, {**COORDINATED, "people": "bo,carl"})
    assert RISK in await opens(carl, first)
    assert "Bo Ellemose" in await opens(carl, second)
    assert first.reference in await bo.types("fortsæt")
    await bo.types("dagsorden")
    await bo.presses("meeting.stand")
    await bo.presses("meeting.next")
    assert DANISH("meeting.over_body") in await bo.presses("meeting.end")


async def test_the_deleted_stay_so_in_data_of_last_week(town: Town, bo: Chat, dorte: Chat) -> None:
    """AC-CRYPT-04: their row is back, and the rest of the work goes on around it."""
    kept = await a_case(town)
    deleted = await a_case(town, name=DELETED, state=CaseState.CLOSED, level=1)
    async with town.remembers() as tx:
        for case in (kept, deleted):
            await tx.subjects.reindex(case.subject)
    assert DELETED in await opens(bo, deleted)
    last_week = await back_up(town.house.database)
    await is_deleted(town, deleted)
    await change_keys(town)
    for _ in range(7):
        await town.passes(A_DAY)

    await restore(town.house.database, last_week)
    await town.restarts()

    before = len(bo.messages()), len(dorte.messages())
    async with town.remembers() as tx:
        assert await tx.cases.find(deleted.id) is not None
    assert "Max Myrekær" in await opens(bo, kept)
    for typed in ("mine sager", "mine opgaver", "dagsorden", "søg myrekær", "søg lyngager"):
        assert DANISH("fault.title") not in await bo.types(typed)
    for who in (bo, dorte):
        told = await opens(who, deleted)
        assert DANISH("rule.data.destroyed") in told
    for typed in ("sletteliste", "søg myrekær", "søg lyngager", "aktindsigter", "journal"):
        assert DANISH("fault.title") not in await dorte.types(typed)
    for who, count in zip((bo, dorte), before, strict=True):
        assert DELETED not in "\n".join(map(who.reads, who.messages()[count:]))
    await town.passes(A_DAY)
    assert kept.reference in await bo.types("dagsorden")
