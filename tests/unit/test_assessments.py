"""The assessment between 17½ and 18: AGE-5, AGE-6, AGE-9 and invariant 8 of §15."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ages import add_months, age_months
from domain.assessments import (
    Assessment,
    Followed,
    Milestone,
    Verdict,
    decide,
    escalate,
    follow,
    milestones,
    reached,
)
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.plus import NO_HEADS_UP, hint, wants_heads_up

BO = PersonId("bo")
CASE, ID = UUID(int=1), UUID(int=2)
BORN = date(2010, 8, 31)
HALF, OF_AGE = date(2028, 2, 29), date(2028, 8, 31)
BIRTHS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def looked(
    assessment: Assessment | None,
    on: date,
    *,
    born: date | None = BORN,
    answer_awaited: bool = False,
) -> Followed:
    return follow(
        assessment,
        case=CASE,
        born=born,
        answer_awaited=answer_awaited,
        id=ID,
        now=noon(on),
        today=on,
    )


def after(on: date, assessment: Assessment | None = None) -> Assessment:
    followed = looked(assessment, on).assessment
    assert followed is not None
    return followed


@pytest.mark.parametrize(
    ("born", "half", "of_age"),
    [
        ("2010-08-28", "2028-02-28", "2028-08-28"),
        ("2010-08-29", "2028-02-29", "2028-08-29"),
        ("2010-08-31", "2028-02-29", "2028-08-31"),
        ("2009-08-29", "2027-02-28", "2027-08-29"),
        ("2009-08-31", "2027-02-28", "2027-08-31"),
        ("2008-02-29", "2025-08-29", "2026-02-28"),
        ("2008-05-31", "2025-11-30", "2026-05-31"),
        ("2004-02-29", "2021-08-29", "2022-02-28"),
    ],
)
def test_age_2_the_days_where_a_month_lacks_one(born: str, half: str, of_age: str) -> None:
    days = milestones(date.fromisoformat(born))

    assert days[Milestone.CREATED] == date.fromisoformat(half)
    assert days[Milestone.OF_AGE] == date.fromisoformat(of_age)


@given(born=BIRTHS)
def test_the_milestones_come_one_after_the_other(born: date) -> None:
    days = list(milestones(born).values())

    assert days == sorted(days)
    assert len(set(days)) == len(Milestone)


@given(born=BIRTHS, ahead=st.integers(min_value=0, max_value=30 * 366))
def test_invariant_8_a_milestone_changes_on_its_day_only(born: date, ahead: int) -> None:
    day = born + timedelta(days=ahead)
    before, now = reached(born, day), reached(born, day + timedelta(days=1))

    assert (before != now) == (day + timedelta(days=1) in milestones(born).values())
    assert (reached(born, day) is None) == (age_months(born, day) < 210)


class TestANight:
    def test_before_17_and_a_half_makes_nothing(self) -> None:
        assert looked(None, HALF - timedelta(days=1)) == Followed(assessment=None)

    def test_on_the_day_makes_the_assessment_and_tells(self) -> None:
        """AGE-6: at dob + 210 months."""
        followed = looked(None, HALF)

        assert followed.tell is Milestone.CREATED
        assert followed.assessment is not None
        assert followed.assessment.is_open

    def test_says_nothing_twice(self) -> None:
        assert looked(after(HALF), HALF + timedelta(days=1)).tell is None

    @pytest.mark.parametrize(
        ("day", "told"),
        [
            (date(2028, 5, 30), None),
            (date(2028, 5, 31), Milestone.REMINDED),
            (date(2028, 8, 16), None),
            (date(2028, 8, 17), Milestone.LAST_CALL),
        ],
    )
    def test_reminds_on_its_days(self, day: date, told: Milestone | None) -> None:
        """AGE-6: at 17 years 9 months, and 14 days before 18."""
        waiting = after(day - timedelta(days=1), after(HALF))

        assert looked(waiting, day).tell is told

    def test_at_18_escalates_what_is_undecided(self) -> None:
        followed = looked(after(HALF), OF_AGE)

        assert followed.tell is Milestone.OF_AGE
        assert followed.assessment is not None
        assert followed.assessment.escalated_at == noon(OF_AGE)
        assert followed.assessment.is_open

    def test_missed_does_no_harm(self) -> None:
        """Only the latest is told, whatever nobody was there to tell."""
        assert looked(after(HALF), date(2028, 8, 20)).tell is Milestone.LAST_CALL
        assert looked(None, OF_AGE + timedelta(days=40)).tell is Milestone.OF_AGE

    def test_after_a_no_is_silent(self) -> None:
        no = decide(after(HALF), verdict=Verdict.NOT_IN_TARGET, by=BO, now=noon(HALF))

        assert looked(no, OF_AGE) == Followed(assessment=no)

    def test_at_18_escalates_a_yes_that_ssp_plus_has_not_taken(self) -> None:
        """PLUS-2: declined and of age, and so is what was never proposed."""
        yes = decide(after(HALF), verdict=Verdict.IN_TARGET, by=BO, now=noon(HALF))

        assert looked(yes, OF_AGE).tell is Milestone.OF_AGE
        assert looked(yes, OF_AGE, answer_awaited=True) == Followed(assessment=yes)

    def test_of_somebody_whose_age_nobody_knows_does_nothing(self) -> None:
        assert looked(None, OF_AGE, born=None) == Followed(assessment=None)

    def test_of_somebody_of_26_does_nothing(self) -> None:
        assert looked(None, add_months(BORN, 312)) == Followed(assessment=None)

    def test_leaves_the_leaders_who_were_asked_in_time(self) -> None:
        asked = escalate(after(HALF), now=noon(HALF))

        assert after(HALF + timedelta(days=1), asked).escalated_at == noon(HALF)
        with pytest.raises(RuleBroken, match=r"assessment\.escalated"):
            escalate(asked, now=noon(OF_AGE))


class TestACorrectedBirthDate:
    def test_that_makes_them_younger_puts_it_off(self) -> None:
        """AGE-9: it waits for its day, and nobody can decide it before."""
        waits = looked(after(OF_AGE), OF_AGE, born=date(2012, 1, 1)).assessment

        assert waits is not None
        assert waits.escalated_at is None
        with pytest.raises(RuleBroken, match=r"assessment\.too_early"):
            decide(waits, verdict=Verdict.IN_TARGET, by=BO, now=noon(OF_AGE))

    def test_that_puts_it_off_tells_again_on_the_new_day(self) -> None:
        waits = looked(after(HALF), HALF, born=date(2010, 9, 30)).assessment

        again = looked(waits, date(2028, 3, 30), born=date(2010, 9, 30))

        assert again.tell is Milestone.CREATED

    def test_that_makes_them_17_again_takes_the_escalation_back(self) -> None:
        younger = looked(after(OF_AGE), OF_AGE, born=date(2010, 12, 31)).assessment

        assert younger is not None
        assert younger.escalated_at is None
        assert looked(younger, date(2028, 12, 31), born=date(2010, 12, 31)).tell is (
            Milestone.OF_AGE
        )

    def test_keeps_what_was_decided(self) -> None:
        """AGE-9: past decisions are kept."""
        no = decide(after(HALF), verdict=Verdict.NOT_IN_TARGET, by=BO, now=noon(HALF))

        assert looked(no, HALF, born=date(2012, 1, 1)).assessment == no


class TestADecision:
    def test_can_be_thought_over(self) -> None:
        no = decide(after(HALF), verdict=Verdict.NOT_IN_TARGET, by=BO, now=noon(HALF))
        yes = decide(no, verdict=Verdict.IN_TARGET, by=BO, now=noon(OF_AGE))

        assert (yes.verdict, yes.decided_at) == (Verdict.IN_TARGET, noon(OF_AGE))

    def test_for_ssp_plus_keeps_the_leaders_until_it_is_taken(self) -> None:
        late = after(OF_AGE)

        yes = decide(late, verdict=Verdict.IN_TARGET, by=BO, now=noon(OF_AGE))
        no = decide(late, verdict=Verdict.NOT_IN_TARGET, by=BO, now=noon(OF_AGE))

        assert yes.escalated_at is not None
        assert no.escalated_at is None


class TestTheHeadsUp:
    @pytest.mark.parametrize(
        ("day", "level", "wanted"),
        [
            ("2027-08-30", 3, False),
            ("2027-08-31", 3, True),
            ("2027-08-31", 4, True),
            ("2027-08-31", 2, False),
            ("2027-08-31", None, False),
            ("2028-02-28", 4, True),
            ("2028-02-29", 4, False),
        ],
    )
    def test_is_for_the_grave_levels_from_17_on(
        self, day: str, level: int | None, *, wanted: bool
    ) -> None:
        """AGE-7."""
        assert wants_heads_up(BORN, date.fromisoformat(day), level=level) is wanted

    def test_can_be_turned_off(self) -> None:
        assert not wants_heads_up(BORN, date(2027, 9, 1), level=4, at_months=NO_HEADS_UP)

    def test_needs_a_birth_date(self) -> None:
        assert not wants_heads_up(None, date(2027, 9, 1), level=4)


@pytest.mark.parametrize(("level", "said"), [(None, False), (2, False), (3, True), (4, True)])
def test_age_4_the_level_suggests(level: int | None, *, said: bool) -> None:
    assert hint(level).in_target is said
