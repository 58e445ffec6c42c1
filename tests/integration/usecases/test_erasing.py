"""A person who is erased: nothing leads to them, and no backup can be read (AC-DATA-03)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from domain.cases import Case, CaseState
from domain.concerns import Addition, Concern, Status
from domain.data_classes import DataClass
from domain.drafts import Draft
from domain.grants import Grant, GrantKind
from domain.journal import Note
from domain.notices import Notice, NoticeKind
from domain.records import Record, RecordKind
from storage.database import Transaction
from storage.delivery_rows import outbox
from storage.erasing import ERASED, KEPT
from storage.life_rows import recalls
from storage.rows import metadata
from storage.shown_cards import ShownCard
from storage.vault import Shredded
from tests.integration.storage.examples import ADDRESS
from tests.integration.storage.raw import back_up, restore
from tests.integration.usecases.desk import Desk
from tests.support.case_stories import an_action
from tests.support.cases import a_case, keep_case
from tests.support.town import ANNA, BO, CARL, DORTE, LARS, MONDAY_NOON, SOFIE

CONFIDED = "Han sover hos en fætter, der har våben"


async def a_whole_life(tx: Transaction, *, cpr: str = "0405114113") -> tuple[Case, set[UUID]]:
    """Keep a case with something in most tables; name every id that leads to it."""
    case = replace(
        a_case(f"2025-{uuid4().int % 1_000_000:06}"),
        state=CaseState.CLOSED,
        level=2,
    )
    await keep_case(tx, case, name="Max Myrekær", cpr=cpr)
    action = await an_action(tx, case)
    concern = Concern(
        id=uuid4(),
        reference=f"B2025-{uuid4().int % 1_000_000:06}",
        reporter=ANNA.id,
        status=Status.LINKED,
        group=case.group,
        owner=BO.id,
        area=None,
        level=1,
        urgent=False,
        reasons=(),
        submitted_at=MONDAY_NOON,
        take_up_by=MONDAY_NOON,
        case=case.id,
    )
    await tx.concerns.add(
        concern,
        {DataClass.TEXT: {"observed": CONFIDED}, DataClass.CPR: {"cpr": cpr}},
    )
    await tx.concerns.add_addition(
        Addition(id=uuid4(), concern=concern.id, by=ANNA.id, at=MONDAY_NOON, text=CONFIDED)
    )
    await tx.relations.recuse(concern.id, CARL.id, CONFIDED, MONDAY_NOON)
    await tx.relations.recuse(case.id, CARL.id, CONFIDED, MONDAY_NOON, key=str(case.subject))
    await tx.records.add(
        Record(
            id=uuid4(),
            matter=case.id,
            key=str(case.subject),
            kind=RecordKind.VIEW,
            data_class=DataClass.VIEW,
            by=BO.id,
            at=MONDAY_NOON,
            content={"risk": CONFIDED},
        )
    )
    await tx.grants.add(
        Grant(
            id=uuid4(),
            matter=case.id,
            person=LARS.id,
            kind=GrantKind.ESCALATION,
            classes=frozenset({DataClass.TEXT}),
            by=BO.id,
            begins_at=MONDAY_NOON,
            expires_at=MONDAY_NOON + timedelta(days=14),
        )
    )
    await tx.drafts.begin(
        Draft(
            id=uuid4(),
            owner=SOFIE.id,
            flow="level",
            step="why",
            revision=1,
            began_at=MONDAY_NOON,
            about=case.id,
            body={"answers": {"reason": CONFIDED}},
        )
    )
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.ACTION_AGREED, about=action.id, due_at=MONDAY_NOON, person=BO.id
            ),
            Notice(kind=NoticeKind.CASE_LEAD, about=case.id, due_at=MONDAY_NOON, person=BO.id),
        ]
    )
    await tx.shown_cards.note(
        [
            (
                ShownCard(conversation="a:bo", activity="17", service_url="https://smba/"),
                {case.id, action.id},
            )
        ],
        at=MONDAY_NOON,
    )
    await tx.journal.note(Note.RECEIVED, matter=case.id, source=case.id, by=BO.id, at=MONDAY_NOON)
    await tx.turns.begin("a:bo", "18", now=MONDAY_NOON)
    await tx.turns.remember("a:bo", "18", CONFIDED.encode(), answered=True)
    return case, {case.id, case.subject, action.id, concern.id}


async def erase(tx: Transaction, case: Case) -> int:
    remains = await tx.retention.remains_of(case.id)
    assert remains is not None
    return (await tx.eraser.erase(remains, now=MONDAY_NOON)).cards


async def leading_to(tx: Transaction, ids: Iterable[UUID]) -> dict[str, int]:
    """Count the rows of every table that hold one of these ids, however it is written."""
    wanted = {form for each in ids for form in (str(each), each.hex)}
    found: dict[str, int] = {}
    for table in metadata.sorted_tables:
        rows = await tx.connection.execute(table.select())
        held = sum(any(each in str(tuple(row)) for each in wanted) for row in rows)
        if held:
            found[table.name] = held
    return found


class TestAPersonWhoIsErased:
    async def test_is_led_to_by_what_is_kept_for_a_reason_and_nothing_else(
        self, desk: Desk
    ) -> None:
        """AC-DATA-03, invariant 12: also when it is done twice."""
        async with desk.database.transaction() as tx:
            case, ids = await a_whole_life(tx)
            another, others = await a_whole_life(tx, cpr="0607084112")
        async with desk.database.transaction() as tx:
            before = await leading_to(tx, ids)
            beside = await leading_to(tx, others)
            await erase(tx, case)

        async with desk.database.transaction() as tx:
            left = await leading_to(tx, ids)
            assert left.keys() <= KEPT.keys()
            assert left.keys() == {"subjects", "note_events", "journal_tasks"}
            assert len(before.keys() & {column.table.name for column, _ in ERASED}) > 10
            assert await leading_to(tx, others) == beside
            assert await tx.cases.find(another.id) is not None

    async def test_cannot_be_read_in_an_old_backup(self, desk: Desk) -> None:
        """AC-CRYPT-04: the data from yesterday, beside the keys of today."""
        async with desk.database.transaction() as tx:
            case, _ = await a_whole_life(tx)
        yesterday = await back_up(desk.database)
        async with desk.database.transaction() as tx:
            await erase(tx, case)

        await restore(desk.database, yesterday)

        async with desk.database.transaction() as tx:
            assert await tx.cases.find(case.id) is not None
            with pytest.raises(Shredded):
                await tx.records.of_keys([str(case.subject)])
            [concern] = await tx.concerns.in_cases([case.id])
            with pytest.raises(Shredded):
                await tx.concerns.read(concern.id, frozenset(DataClass))
            assert await tx.drafts.all_of(SOFIE.id, now=MONDAY_NOON) == []
            seen = await tx.turns.begin("a:bo", "18", now=MONDAY_NOON)
            assert seen is not None
            assert seen.answer is None

    async def test_is_found_by_nothing(self, desk: Desk) -> None:
        async with desk.database.transaction() as tx:
            case, _ = await a_whole_life(tx)
            assert await tx.subjects.with_cpr("0405114113") == case.subject
            await erase(tx, case)

            assert await tx.subjects.with_cpr("0405114113") is None

    async def test_leaves_their_cards_to_be_taken_back(self, desk: Desk) -> None:
        async with desk.database.transaction() as tx:
            case, _ = await a_whole_life(tx)
            await tx.addresses.learn(BO.id, ADDRESS, now=MONDAY_NOON)
            await tx.connection.execute(outbox.update().values(activity_id="19"))
            cards = await erase(tx, case)

            rows = (await tx.connection.execute(select(recalls))).all()
            waiting = await tx.connection.execute(select(func.count()).select_from(outbox))
        assert cards == 2
        assert {(row.conversation, row.activity) for row in rows} == {
            ("a:bo", "17"),
            (ADDRESS.conversation_id, "19"),
        }
        assert waiting.scalar_one() == 0


class TestRemains:
    async def test_are_none_while_a_case_runs(self, desk: Desk) -> None:
        async with desk.database.transaction() as tx:
            case, _ = await a_whole_life(tx)
            await tx.cases.save(replace(case, state=CaseState.OPEN))

            assert await tx.retention.remains_of(case.id) is None

    async def test_count_from_the_last_thing_that_was_written_down(self, desk: Desk) -> None:
        """AC-DATA-01: whatever the case's own row says; keeping it is no event."""
        later = MONDAY_NOON + timedelta(days=3)
        async with desk.database.transaction() as tx:
            case, _ = await a_whole_life(tx)
            for kind, days in ((RecordKind.OBJECTION, 3), (RecordKind.HOLD, 9)):
                await tx.records.add(
                    Record(
                        id=uuid4(),
                        matter=case.id,
                        key=str(case.subject),
                        kind=kind,
                        data_class=DataClass.DECISIONS,
                        by=DORTE.id,
                        at=MONDAY_NOON + timedelta(days=days),
                        content={},
                    )
                )
            remains = await tx.retention.remains_of(case.id)

        assert remains is not None
        assert (remains.last_event_at, remains.level) == (later, 2)
