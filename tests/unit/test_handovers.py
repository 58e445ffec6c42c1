"""Handing a case over to SSP+: who may, when, and what becomes of the duty (PLUS-2, AGE-8)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assessments import Assessment, Milestone, Verdict
from domain.cases import RUNNING, Case, CaseState, Kif, PlusType
from domain.errors import RuleBroken
from domain.handovers import (
    Handover,
    HandoverState,
    accept,
    decline,
    grown_up,
    must_be_proposable,
    propose,
    withdraw,
)
from domain.people import AreaCode, CommitteeCode, PersonId
from domain.plus import of_type, with_kif

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
TODAY = NOON.date()
BO, PIA, SANNE = PersonId("bo"), PersonId("pia"), PersonId("sanne")
KG5, PKG = CommitteeCode("KG5"), CommitteeCode("PKG")
SEVENTEEN, ADULT = date(2008, 7, 1), date(2006, 1, 1)
FREE = sorted(RUNNING - {CaseState.HANDOVER_PROPOSED, CaseState.HANDED_OVER})

CASE = Case(
    id=UUID(int=1),
    reference="2026-0001",
    subject=UUID(int=2),
    state=CaseState.FOLLOW_UP,
    group=KG5,
    area=AreaCode("VAL"),
    opened_at=NOON,
    opened_by=BO,
    last_event_at=NOON,
    level=3,
    coordinated_at=NOON,
    follow_up_on=TODAY,
)
YES = Assessment(
    id=UUID(int=3),
    case=CASE.id,
    created_at=NOON,
    told=frozenset({Milestone.CREATED}),
    verdict=Verdict.IN_TARGET,
)


def proposed(case: Case = CASE) -> tuple[Case, Handover]:
    return propose(case, id=UUID(int=4), to=PKG, by=BO, now=NOON)


def accepted(born: date | None = SEVENTEEN) -> tuple[Case, Handover]:
    return accept(
        *proposed(),
        by=PIA,
        lead=SANNE,
        plus_type=PlusType.HANDOVER,
        meets_on=TODAY,
        born=born,
        now=NOON,
        today=TODAY,
    )


class TestAProposal:
    def test_leaves_the_duty_where_it_is(self) -> None:
        """PLUS-2: until it is accepted; SSP+ may read, so as to answer."""
        case, _ = proposed()

        assert (case.group, case.partner, case.state) == (
            KG5,
            PKG,
            CaseState.HANDOVER_PROPOSED,
        )

    @pytest.mark.parametrize("state", sorted(set(CaseState) - set(FREE)))
    def test_is_made_of_a_running_case_only(self, state: CaseState) -> None:
        with pytest.raises(RuleBroken, match=r"handover\.not_from_here"):
            proposed(replace(CASE, state=state))
        with pytest.raises(RuleBroken, match=r"handover\.not_from_here"):
            must_be_proposable(replace(CASE, state=state), YES, born=SEVENTEEN, today=TODAY)

    @pytest.mark.parametrize(
        ("born", "assessment", "why"),
        [
            (date(2010, 1, 1), None, "handover.too_young"),
            (date(2018, 1, 1), None, "handover.too_young"),
            (date(1999, 1, 1), YES, "handover.too_old"),
            (SEVENTEEN, replace(YES, verdict=None), "handover.assess_first"),
            (SEVENTEEN, replace(YES, verdict=Verdict.NOT_IN_TARGET), "handover.not_in_target"),
            (None, replace(YES, verdict=None), "handover.assess_first"),
        ],
    )
    def test_needs_the_age_and_the_assessment(
        self, born: date | None, assessment: Assessment | None, why: str
    ) -> None:
        with pytest.raises(RuleBroken) as refusal:
            must_be_proposable(CASE, assessment, born=born, today=TODAY)

        assert refusal.value.code == why

    @pytest.mark.parametrize(
        ("born", "assessment"), [(SEVENTEEN, YES), (ADULT, YES), (None, None), (None, YES)]
    )
    def test_is_for_those_in_the_target_group(
        self, born: date | None, assessment: Assessment | None
    ) -> None:
        must_be_proposable(CASE, assessment, born=born, today=TODAY)

        assert proposed()[1].state is HandoverState.PROPOSED


class TestAnAnswer:
    def test_yes_before_18_makes_both_groups_responsible(self) -> None:
        """AGE-8: SSP+ works together with the group; it does not take over alone."""
        case, handover = accepted()

        assert (case.group, case.partner, case.lead) == (PKG, KG5, SANNE)
        assert case.state is CaseState.HANDED_OVER
        assert case.plus_type is PlusType.HANDOVER
        assert handover.state is HandoverState.ACCEPTED

    def test_yes_of_somebody_of_18_is_done_at_once(self) -> None:
        case, handover = accepted(born=ADULT)

        assert case.partner is None
        assert handover.state is HandoverState.DONE

    def test_yes_of_somebody_of_unknown_age_keeps_both(self) -> None:
        case, _ = accepted(born=None)

        assert case.partner == KG5

    @pytest.mark.parametrize(
        ("answer", "state"),
        [(decline, HandoverState.DECLINED), (withdraw, HandoverState.WITHDRAWN)],
    )
    def test_no_puts_the_case_back(self, answer: type, state: HandoverState) -> None:
        case, handover = answer(*proposed(), by=PIA, now=NOON)

        assert case == CASE
        assert handover.state is state

    def test_is_given_once(self) -> None:
        for case, handover in (accepted(), decline(*proposed(), by=PIA, now=NOON)):
            with pytest.raises(RuleBroken, match=r"handover\.answered"):
                decline(case, handover, by=PIA, now=NOON)


class TestTheEighteenthBirthday:
    def test_ends_what_the_groups_had_together(self) -> None:
        """AGE-8: until 18."""
        case, handover = accepted()

        before = grown_up(case, handover, born=SEVENTEEN, now=NOON, today=date(2026, 6, 30))
        after = grown_up(case, handover, born=SEVENTEEN, now=NOON, today=date(2026, 7, 1))

        assert before is None
        assert after is not None
        assert (after[0].group, after[0].partner) == (PKG, None)
        assert after[1].state is HandoverState.DONE

    def test_ends_nothing_that_was_not_accepted(self) -> None:
        assert grown_up(*proposed(), born=ADULT, now=NOON, today=TODAY) is None


@given(
    answers=st.lists(st.sampled_from([decline, withdraw, None]), max_size=6),
    later=st.integers(min_value=0, max_value=2000),
)
def test_somebody_has_the_duty_all_along(answers: list[type | None], later: int) -> None:
    """Whatever is proposed and answered: one group has it, and it is the first until the yes."""
    case = CASE
    for answer in answers:
        case, handover = proposed(case)
        assert case.group == KG5
        if answer is None:
            day = TODAY + timedelta(days=later)
            case, handover = accept(
                case,
                handover,
                by=PIA,
                lead=SANNE,
                plus_type=PlusType.VOLUNTARY,
                meets_on=day,
                born=SEVENTEEN,
                now=NOON,
                today=day,
            )
            assert case.group == PKG
            assert (case.partner is None) == (day >= date(2026, 7, 1))
            return
        case, _ = answer(case, handover, by=PIA, now=NOON)
        assert (case.group, case.partner, case.state) == (KG5, None, CASE.state)


class TestTheKindOfCase:
    def test_belongs_to_ssp_plus(self) -> None:
        """PLUS-3."""
        case, _ = accepted()

        assert of_type(case, PlusType.VOLUNTARY).plus_type is PlusType.VOLUNTARY

    def test_and_the_probation_services_part_end_with_the_case(self) -> None:
        """PLUS-4."""
        closed = replace(accepted()[0], state=CaseState.CLOSED)

        assert with_kif(CASE, Kif.EXPECTED).kif is Kif.EXPECTED
        with pytest.raises(RuleBroken, match=r"plus\.not_running"):
            with_kif(closed, Kif.ACTIVE)
        with pytest.raises(RuleBroken, match=r"plus\.not_running"):
            of_type(closed, PlusType.VOLUNTARY)
