"""What is in a case that was merged into another is read, and done, in the other (CASE-3)."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.assessments import Assessment, Milestone
from domain.cases import Case, CaseState, CloseReason
from domain.concerns import Status
from domain.countersigns import Countersign, CountersignKind
from domain.duties import DutyKind
from domain.errors import RuleBroken
from domain.informings import Addressee, Informing, InformState
from domain.journal import Note
from domain.people import Authority
from storage.database import Transaction
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.merging import LATER, merges, proposes, two_cases
from tests.support.case_stories import an_action
from tests.support.town import BO, MONDAY_NOON, SOFIE
from usecases.close_case import close_when_agreed, remaining
from usecases.read_case import open_case
from usecases.read_duties import duties_of


async def informed(tx: Transaction, case: Case) -> None:
    """Note that the family has been told, so that nothing about that is in the way."""
    await tx.informings.add(
        [
            Informing(
                id=uuid4(),
                case=case.id,
                addressee=each,
                authority=Authority.SOF,
                collected_on=MONDAY_NOON.date(),
                due_on=MONDAY_NOON.date(),
                state=InformState.INFORMED,
            )
            for each in Addressee
        ]
    )


class TestWhatWasAgreedInTheOne:
    """CASE-5, CASE-9: nothing agreed is lost in a merge."""

    async def test_is_read_and_done_in_the_one_that_goes_on(self, desk: Desk) -> None:
        one, into = await two_cases(desk)
        async with desk.database.transaction() as tx:
            action = await an_action(tx, one)
        await merges(desk, one, into)

        async with desk.database.transaction() as tx:
            opened = await open_case(tx, id=into.id, by=BO, no_relation=True, now=LATER)
            assert opened is not None
            duties = await duties_of(tx, SOFIE, now=LATER)
        assert [each.id for each in opened.actions] == [action.id]
        assert [each.id for each in duties if each.kind is DutyKind.ACTION] == [into.id]

    async def test_stands_in_the_way_of_closing(self, desk: Desk) -> None:
        one, into = await two_cases(desk)
        async with desk.database.transaction() as tx:
            await an_action(tx, one)
        await merges(desk, one, into)

        async with desk.database.transaction() as tx:
            found = await tx.cases.find(into.id)
            assert found is not None
            left = await remaining(tx, found, now=LATER)
        assert left.open_actions == 1

    async def test_closed_closes_the_concerns_of_both(self, desk: Desk) -> None:
        """CON-10: every reporter hears that it was closed, and no more."""
        one, into = await two_cases(desk)
        reported = await desk.submits()
        await merges(desk, one, into)
        async with desk.database.transaction() as tx:
            concern = await tx.concerns.find(reported.id)
            found = await tx.cases.find(into.id)
            assert concern is not None
            assert found is not None
            await tx.concerns.save(replace(concern, status=Status.LINKED, case=one.id))
            ready = await tx.cases.save(replace(found, state=CaseState.COORDINATION, level=1))
            await informed(tx, ready)
            await tx.journal.note(
                Note.COORDINATED, matter=into.id, source=into.id, by=BO.id, at=LATER
            )
            asked = Countersign(
                id=uuid4(),
                kind=CountersignKind.CLOSE_CASE,
                about=into.id,
                seen=ready.version,
                asked_by=BO.id,
                asked_at=LATER,
                expires_at=LATER + timedelta(days=14),
                terms={"reason": CloseReason.COORDINATION_DONE},
            )
            await close_when_agreed(tx, asked, SOFIE, LATER)

        assert (await desk.finds(reported)).status is Status.CLOSED


class TestWhatSspPlusIsAsked:
    async def test_is_answered_before_a_case_is_read_under_another(self, desk: Desk) -> None:
        """PLUS-2: nobody could answer it afterwards."""
        one, into = await two_cases(desk)
        async with desk.database.transaction() as tx:
            asked = await tx.cases.save(replace(one, state=CaseState.HANDOVER_PROPOSED))

        with pytest.raises(RuleBroken, match=r"merge\.handover_waits"):
            await proposes(desk, asked, into)

    async def test_is_no_duty_of_a_case_that_is_read_under_another(self, desk: Desk) -> None:
        """AGE-6: it is asked of the one that goes on."""
        one, into = await two_cases(desk)
        async with desk.database.transaction() as tx:
            await tx.assessments.add(
                Assessment(
                    id=uuid4(),
                    case=one.id,
                    created_at=MONDAY_NOON,
                    told=frozenset({Milestone.CREATED}),
                )
            )
        await merges(desk, one, into)

        async with desk.database.transaction() as tx:
            duties = await duties_of(tx, BO, now=LATER)
        assert one.id not in {each.id for each in duties}
