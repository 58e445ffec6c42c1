"""Handling a concern: opened, taken up, left, moved on (CON-7, CON-9, INH-2, INH-4)."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.concerns import Concern, Status
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.matters import MatterKind
from domain.notices import NoticeKind
from domain.people import CommitteeCode, Person
from tests.integration.usecases.desk import CONFIDED, JUDGED, REPORTED, Desk, Work
from tests.support.town import (
    ANNA,
    BO,
    CARL,
    DENNIS,
    DORTE,
    EVA,
    HELLE,
    MONDAY_NOON,
    ORGANISATION,
)
from usecases.handle_concern import (
    Opened,
    name_to_clear,
    open_concern,
    reroute_concern,
    take_up_concern,
)
from usecases.recuse import step_aside

DAY = timedelta(days=1)
NOW = MONDAY_NOON


def opening(concern: Concern, by: Person, *, no_relation: bool = False) -> Work:
    return lambda tx: open_concern(tx, id=concern.id, by=by, no_relation=no_relation, now=NOW)


def taking(concern: Concern, by: Person) -> Work:
    return lambda tx: take_up_concern(tx, id=concern.id, seen=concern.version, by=by, now=NOW)


def moving(concern: Concern, by: Person, to: str | None, *, note: str = "") -> Work:
    return lambda tx: reroute_concern(
        tx,
        id=concern.id,
        seen=concern.version,
        by=by,
        to=None if to is None else CommitteeCode(to),
        reason="reroute.wrong_area",
        note=note,
        note_id=uuid4(),
        judged=JUDGED,
        now=NOW,
    )


def leaving(concern: Concern, by: Person) -> Work:
    return lambda tx: step_aside(tx, kind=MatterKind.CONCERN, id=concern.id, by=by, now=NOW)


class TestOpening:
    async def test_shows_nothing_until_the_relation_question_is_answered(self, desk: Desk) -> None:
        concern = await desk.submits()

        async with desk.database.transaction() as tx:
            assert await open_concern(tx, id=concern.id, by=BO, now=NOW) is None
            assert await name_to_clear(tx, BO, concern.id, now=NOW) == "Max Myrekær"

        assert (await desk.opens(concern, BO)).opened_at == NOW
        async with desk.database.transaction() as tx:
            opened = await open_concern(tx, id=concern.id, by=BO, now=NOW + DAY)
        assert isinstance(opened, Opened)
        assert opened.concern.opened_at == NOW
        assert opened.parts[DataClass.TEXT] == {"observed": CONFIDED}
        assert CONFIDED not in repr(opened)

    @pytest.mark.parametrize(
        ("by", "hidden"),
        [
            (BO, set[DataClass]()),
            (DORTE, set[DataClass]()),
            (CARL, {DataClass.SENSITIVE, DataClass.REPORTER}),
        ],
        ids=["facilitator", "secretariat", "member"],
    )
    async def test_gives_each_what_their_role_may_read(
        self, desk: Desk, by: Person, hidden: set[DataClass]
    ) -> None:
        """domain.md §14.2, with a reporter who asked to be shielded."""
        concern = await desk.submits(reported=replace(REPORTED, shielded=True))

        async with desk.database.transaction() as tx:
            opened = await open_concern(tx, id=concern.id, by=by, no_relation=True, now=NOW)

        assert opened is not None
        submitted = {DataClass.IDENTITY, DataClass.TEXT, DataClass.DECISIONS}
        both = {DataClass.SENSITIVE, DataClass.REPORTER}
        assert opened.parts.keys() == submitted | both - hidden

    @pytest.mark.parametrize("by", [ANNA, EVA, HELLE], ids=["reporter", "other group", "stranger"])
    @pytest.mark.parametrize("no_relation", [True, False])
    async def test_is_for_nobody_else(self, desk: Desk, by: Person, *, no_relation: bool) -> None:
        """§15.2; it looks the same as if there were no such concern (AC-CARD-02)."""
        concern = await desk.submits()
        missing = replace(concern, id=uuid4())

        codes = [
            await desk.refuses(opening(each, by, no_relation=no_relation))
            for each in (concern, missing)
        ]

        assert codes == ["concern.not_found", "concern.not_found"]
        assert (
            await desk.refuses(lambda tx: name_to_clear(tx, by, concern.id, now=NOW))
            == "concern.not_found"
        )

    async def test_ends_for_who_lost_their_seat_or_their_cover(self, desk: Desk) -> None:
        """§15.13: nothing is remembered from one turn to the next."""
        concern = await desk.submits()
        await desk.opens(concern, BO)
        left = replace(ORGANISATION, memberships=ORGANISATION.memberships[1:])
        await desk.does(lambda tx: tx.organisation.replace(left))

        assert await desk.refuses(opening(concern, BO)) == "concern.not_found"
        uncovered = replace(DORTE, s115_covered=False)
        assert await desk.refuses(opening(concern, uncovered)) == "concern.not_found"


class TestTakingUp:
    async def test_tells_the_reporter_and_ends_the_reminders(self, desk: Desk) -> None:
        concern = await desk.opens(await desk.submits(), BO)
        await desk.due()

        await desk.does(taking(concern, BO))

        taken = await desk.finds(concern)
        assert (taken.status, taken.taken_up_by) == (Status.TAKEN_UP, BO.id)
        assert (NoticeKind.CONCERN_STATUS, "anna") in await desk.told()

    async def test_needs_the_relation_question_first(self, desk: Desk) -> None:
        concern = await desk.submits()

        assert await desk.refuses(taking(concern, BO)) == "concern.answer_relation_first"
        assert await desk.refuses(moving(concern, BO, None)) == "concern.answer_relation_first"

    async def test_is_not_for_the_groups_members(self, desk: Desk) -> None:
        concern = await desk.opens(await desk.submits(), CARL)

        assert await desk.refuses(taking(concern, CARL)) == "concern.not_found"

    async def test_happens_once(self, desk: Desk) -> None:
        concern = await desk.opens(await desk.submits(), BO)
        await desk.opens(concern, DORTE)
        await desk.does(taking(concern, BO))

        assert await desk.refuses(taking(concern, DORTE)) == "concern.already_taken_up"

    async def test_from_an_outdated_card_changes_nothing(self, desk: Desk) -> None:
        """AC-CARD-04."""
        outdated = await desk.submits()
        await desk.opens(outdated, BO)

        assert await desk.refuses(taking(outdated, BO)) == "concern.moved_on"

    async def test_by_two_at_once_leaves_it_with_one(self, desk: Desk) -> None:
        concern = await desk.opens(await desk.submits(), BO)
        await desk.opens(concern, DORTE)

        async def take(by: Person) -> str:
            try:
                await desk.does(taking(concern, by))
            except RuleBroken as refused:
                return refused.code
            return "taken"

        outcomes = await asyncio.gather(take(BO), take(DORTE))

        assert outcomes.count("taken") == 1
        assert set(outcomes) <= {"taken", "concern.already_taken_up", "concern.moved_on"}


class TestMoving:
    async def test_gives_it_to_the_other_group_and_tells_everybody_once(self, desk: Desk) -> None:
        concern = await desk.opens(await desk.submits(), BO)
        await desk.due()

        await desk.does(moving(concern, BO, "KG6", note="Bor i Vanløse nu"))

        going = await desk.finds(concern)
        assert (going.group, going.owner) == (CommitteeCode("KG6"), EVA.id)
        assert going.reasons[-1] == "reroute.wrong_area"
        async with desk.database.transaction() as tx:
            [note] = await tx.concerns.additions(concern.id)
        assert (note.by, note.text) == (BO.id, "Bor i Vanløse nu")
        assert await desk.told() == {
            (NoticeKind.CONCERN_WAITING, "eva"),
            (NoticeKind.CONCERN_PING, "KG6"),
            (NoticeKind.CONCERN_STATUS, "anna"),
        }

    async def test_to_triage_gives_it_to_the_secretariat(self, desk: Desk) -> None:
        concern = await desk.opens(await desk.submits(), BO)

        await desk.does(moving(concern, BO, None))

        going = await desk.finds(concern)
        assert (going.owner, going.status) == (DENNIS.id, Status.TRIAGE)
        async with desk.database.transaction() as tx:
            assert await tx.concerns.additions(concern.id) == []

    async def test_nowhere_or_from_an_outdated_card_is_refused(self, desk: Desk) -> None:
        submitted = await desk.submits()
        concern = await desk.opens(submitted, BO)

        assert await desk.refuses(moving(concern, BO, "KG5")) == "concern.same_group"
        assert await desk.refuses(moving(submitted, BO, "KG6", note="x")) == "concern.moved_on"


class TestSteppingAside:
    async def test_of_the_owner_passes_the_duty_on_at_once(self, desk: Desk) -> None:
        concern = await desk.opens(await desk.submits(), BO)

        await desk.does(leaving(concern, BO))

        left = await desk.finds(concern)
        assert (left.owner, left.status) == (DENNIS.id, Status.TRIAGE)
        assert await desk.refuses(opening(concern, BO)) == "concern.not_found"
        told = await desk.told()
        assert (NoticeKind.CONCERN_NO_RECEIVER, "dennis") in told
        assert (NoticeKind.RECUSAL_TO_DECIDE, "dennis") in told

    async def test_after_taking_it_up_lets_it_wait_again(self, desk: Desk) -> None:
        concern = await desk.opens(await desk.submits(), BO)
        await desk.does(taking(concern, BO))

        await desk.does(leaving(concern, BO))

        left = await desk.finds(concern)
        assert (left.owner, left.taken_up_by, left.status) == (DENNIS.id, None, Status.TRIAGE)

    async def test_of_a_member_leaves_the_duty_where_it_is(self, desk: Desk) -> None:
        concern = await desk.submits()

        await desk.does(leaving(concern, CARL))

        assert await desk.finds(concern) == concern
        assert await desk.refuses(opening(concern, CARL)) == "concern.not_found"

    async def test_is_decided_by_somebody_who_may_open_it(self, desk: Desk) -> None:
        """INH-2: not by the officer who reported the concern."""
        concern = await desk.submits(DENNIS)

        await desk.does(leaving(concern, CARL))

        told = await desk.told()
        assert (NoticeKind.RECUSAL_TO_DECIDE, "dorte") in told
        assert (NoticeKind.RECUSAL_TO_DECIDE, "dennis") not in told

    async def test_wakes_no_concern_that_was_taken_back(self, desk: Desk) -> None:
        concern = await desk.submits()
        withdrawn = replace(concern, status=Status.WITHDRAWN)
        await desk.does(lambda tx: tx.concerns.save(withdrawn))

        await desk.does(leaving(concern, BO))

        assert (await desk.finds(concern)).status is Status.WITHDRAWN
