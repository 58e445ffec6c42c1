"""Handing a case over to SSP+: proposed, answered, grown out of (PLUS-2, AGE-8)."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.assessments import Verdict
from domain.cases import Case, CaseState
from domain.errors import RuleBroken
from domain.facts import FactKind
from domain.gates import Judged
from domain.handovers import HandoverState
from domain.journal import Note
from domain.notices import NoticeKind
from domain.people import Person
from domain.periods import moment
from storage.delivery_rows import outbox
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.handing_over import (
    NOW,
    accepted,
    accepts,
    assessed,
    declines,
    may_open,
    notes,
    proposed,
    proposes,
)
from tests.integration.usecases.nights import (
    MORNING,
    night,
    opened,
    told,
)
from tests.support.plus_cases import HALF, OF_AGE, PROPOSAL, REASON, anew
from tests.support.town import (
    BO,
    CARL,
    EVA,
    LARS,
    OLE,
    PIA,
    PLUS_GROUP,
    RUTH,
    SANNE,
    VALBY_GROUP,
)
from usecases.hand_over import withdraw_handover


class TestAProposal:
    async def test_lets_ssp_plus_read_and_leaves_the_duty(self, desk: Desk) -> None:
        """PLUS-2: until it is accepted; disclosed through a gate (S115-8)."""
        case = await proposed(desk)

        assert (case.group, case.state) == (VALBY_GROUP.code, CaseState.HANDOVER_PROPOSED)
        assert await may_open(desk, case, PIA)
        assert await may_open(desk, case, SANNE)
        assert {Note.GATE_PASSED, Note.HANDOVER_PROPOSED} <= set(await notes(desk, case))
        assert [who for who, _ in await told(desk, NoticeKind.HANDOVER_ASKED)] == [PIA.id]

    async def test_is_not_made_where_section_115_does_not_hold(self, desk: Desk) -> None:
        case = await assessed(desk)
        judged = Judged(
            part_of_ssp=True,
            reasonable=True,
            necessary=False,
            reason="Vi kan selv",
            sensitive=frozenset(),
        )

        assert await proposes(desk, case, said=replace(PROPOSAL, judged=judged)) is None

        assert not await may_open(desk, case, PIA)
        assert await told(desk, NoticeKind.HANDOVER_ASKED) == []
        assert Note.GATE_FAILED in await notes(desk, case)

    async def test_waits_for_the_groups_assessment(self, desk: Desk) -> None:
        case = await opened(desk)
        await night(desk, HALF)

        with pytest.raises(RuleBroken, match=r"handover\.assess_first"):
            await proposes(desk, case)

    async def test_is_not_for_the_young(self, desk: Desk) -> None:
        case = await opened(desk, born=date(2010, 1, 1))

        with pytest.raises(RuleBroken, match=r"handover\.too_young"):
            await proposes(desk, case)

    async def test_names_its_criteria(self, desk: Desk) -> None:
        case = await assessed(desk)

        with pytest.raises(RuleBroken, match=r"handover\.no_criterion"):
            await proposes(desk, case, said=replace(PROPOSAL, criteria=frozenset()))

    @pytest.mark.parametrize("who", [CARL, EVA, PIA, LARS])
    async def test_is_the_facilitators(self, desk: Desk, who: Person) -> None:
        case = await assessed(desk)

        with pytest.raises(RuleBroken, match=r"case\.not_found"):
            await proposes(desk, case, by=who)

    async def test_taken_back_closes_the_case_to_ssp_plus(self, desk: Desk) -> None:
        case = await proposed(desk)

        async with desk.database.transaction() as tx:
            await tx.relations.set_cleared(case.id, BO.id)
            back = await withdraw_handover(tx, case=case.id, seen=case.version, by=BO, now=NOW)

        assert (back.state, back.partner) == (CaseState.FOLLOW_UP, None)
        assert not await may_open(desk, back, PIA)
        assert Note.HANDOVER_WITHDRAWN in await notes(desk, case)

    async def test_by_twenty_presses_is_made_once(self, desk: Desk) -> None:
        case = await assessed(desk)

        answers = await asyncio.gather(
            *(proposes(desk, case) for _ in range(20)), return_exceptions=True
        )

        assert sum(isinstance(each, Case) for each in answers) == 1
        assert [who for who, _ in await told(desk, NoticeKind.HANDOVER_ASKED)] == [PIA.id]


class TestAYes:
    async def test_under_18_makes_both_groups_responsible(self, desk: Desk) -> None:
        """AGE-8."""
        case = await accepted(desk)

        assert (case.group, case.partner) == (PLUS_GROUP.code, VALBY_GROUP.code)
        assert (case.lead, case.state) == (SANNE.id, CaseState.HANDED_OVER)
        assert await may_open(desk, case, BO)
        assert await may_open(desk, case, PIA)
        assert Note.HANDOVER_ACCEPTED in await notes(desk, case)
        assert [who for who, _ in await told(desk, NoticeKind.HANDOVER_ANSWERED)] == [BO.id]

    async def test_ends_the_groups_part_on_the_18th_birthday(self, desk: Desk) -> None:
        """AGE-8: joint until 18, and no longer; no escalation, for SSP+ has the case."""
        case = await accepted(desk)

        await night(desk, OF_AGE - timedelta(days=1))
        assert await may_open(desk, case, BO)
        await night(desk, OF_AGE)

        async with desk.database.transaction() as tx:
            alone = await anew(tx, case)
            handover = await tx.handovers.latest_of(case.id)
        assert (alone.group, alone.partner) == (PLUS_GROUP.code, None)
        assert handover is not None
        assert handover.state is HandoverState.DONE
        assert not await may_open(desk, case, BO)
        assert {who for who, _ in await told(desk, NoticeKind.PLUS_ALONE)} >= {PIA.id}
        assert await told(desk, NoticeKind.PLUS_ESCALATED) == []

    async def test_after_18_is_told_to_those_who_no_longer_read_the_case(self, desk: Desk) -> None:
        """PLUS-2: done at once, and the group hears of it by the number."""
        case = await proposed(desk)

        taken = await accepts(desk, case, now=moment(OF_AGE, MORNING))

        assert taken.partner is None
        assert not await may_open(desk, taken, BO)
        assert [who for who, _ in await told(desk, NoticeKind.HANDOVER_ANSWERED)] == [BO.id]

    async def test_by_twenty_presses_takes_one_case_over_once(self, desk: Desk) -> None:
        case = await proposed(desk)

        answers = await asyncio.gather(
            *(accepts(desk, case) for _ in range(20)), return_exceptions=True
        )

        assert sum(isinstance(each, Case) for each in answers) == 1
        assert {each.code for each in answers if isinstance(each, RuleBroken)} <= {
            "handover.answered",
            "case.moved_on",
        }
        assert (await notes(desk, case)).count(Note.HANDOVER_ACCEPTED) == 1
        assert [who for who, _ in await told(desk, NoticeKind.CASE_LEAD)] == [SANNE.id]

    async def test_and_a_no_at_once_are_one_answer(self, desk: Desk) -> None:
        case = await proposed(desk)

        answers = await asyncio.gather(
            accepts(desk, case), declines(desk, case), return_exceptions=True
        )

        assert sum(isinstance(each, Case) for each in answers) == 1

    @pytest.mark.parametrize("who", [BO, SANNE, RUTH, EVA])
    async def test_is_the_facilitators_of_ssp_plus(self, desk: Desk, who: Person) -> None:
        case = await proposed(desk)

        with pytest.raises(RuleBroken, match=r"case\.not_found"):
            await accepts(desk, case, by=who)

    @pytest.mark.parametrize("lead", [CARL, PIA, OLE])
    async def test_names_a_lead_who_sits_there_and_may_read_it(
        self, desk: Desk, lead: Person
    ) -> None:
        """CASE-6; the probation service only where it has the person (PLUS-4)."""
        case = await proposed(desk)

        with pytest.raises(RuleBroken, match=r"press\.not_ours"):
            await accepts(desk, case, lead=lead)


class TestANo:
    async def test_puts_the_case_back(self, desk: Desk) -> None:
        case = await declines(desk, await proposed(desk))

        assert (case.group, case.partner, case.state) == (
            VALBY_GROUP.code,
            None,
            CaseState.FOLLOW_UP,
        )
        assert not await may_open(desk, case, PIA)
        assert Note.HANDOVER_DECLINED in await notes(desk, case)
        assert [who for who, _ in await told(desk, NoticeKind.HANDOVER_ANSWERED)] == [BO.id]

    async def test_brings_the_leaders_in_at_18(self, desk: Desk) -> None:
        """PLUS-2: declined and near 18: the group closes it, or the leaders find a way."""
        await declines(desk, await proposed(desk))

        await night(desk, OF_AGE)

        who = {person for person, _ in await told(desk, NoticeKind.PLUS_ESCALATED)}
        assert who == {LARS.id, RUTH.id, BO.id}

    async def test_after_18_brings_them_in_at_once(self, desk: Desk) -> None:
        case = await proposed(desk)
        await night(desk, OF_AGE)
        assert await told(desk, NoticeKind.PLUS_ESCALATED) == []

        await declines(desk, case, now=moment(OF_AGE, MORNING))

        assert len(await told(desk, NoticeKind.PLUS_ESCALATED)) == 3


class TestFacts:
    async def test_tell_of_every_step(self, desk: Desk) -> None:
        """STAT-2."""
        case = await accepted(desk)

        async with desk.database.transaction() as tx:
            steps = await tx.facts.of_kinds([FactKind.ASSESSED, FactKind.HANDOVER])
        assert {each.detail for each in steps} == {
            Verdict.IN_TARGET,
            HandoverState.PROPOSED,
            HandoverState.ACCEPTED,
        }
        assert {each.level for each in steps} == {case.level}
        assert {each.band for each in steps} == {"17h_18"}


async def test_nothing_that_was_said_is_in_a_notice(desk: Desk) -> None:
    await declines(desk, await proposed(desk))

    async with desk.database.transaction() as tx:
        rows = (await tx.connection.execute(outbox.select())).all()

    assert rows
    assert REASON not in repr(rows)
