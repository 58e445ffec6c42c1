"""What became of them: follow-ups, and the three figures (PLUS-6, PLUS-7)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ages import add_months
from domain.errors import RuleBroken
from domain.outcomes import (
    Answer,
    FollowUp,
    Kpi,
    KpiKey,
    Outcome,
    Started,
    Status,
    began,
    due,
    kpis,
    not_begun,
    two_years_on,
)

FIRST = date(2023, 3, 1)
TODAY = date(2026, 3, 2)
NEW = Outcome(case=UUID(int=1), first_processed_on=FIRST)


def begun(on: date, outcome: Outcome = NEW) -> Outcome:
    return began(outcome, kind=Started.JOB, on=on, today=TODAY)


def figures(*outcomes: Outcome, on: date = TODAY) -> dict[KpiKey, Kpi]:
    return {each.key: each for each in kpis(outcomes, on=on)}


class TestWhatIsAsked:
    def test_is_after_twelve_months_whether_they_began(self) -> None:
        """PLUS-7: first processing + 12 months."""
        assert due(NEW, date(2024, 2, 29)) is None
        assert due(NEW, date(2024, 3, 1)) is FollowUp.SHORT

    def test_is_two_years_after_the_start_how_it_goes(self) -> None:
        """PLUS-7: start + 24 months."""
        started = begun(date(2023, 6, 30))

        assert due(started, date(2025, 6, 29)) is None
        assert due(started, date(2025, 6, 30)) is FollowUp.LONG

    @pytest.mark.parametrize("answer", [Answer.NO, Answer.UNKNOWN])
    def test_is_asked_once(self, answer: Answer) -> None:
        told = two_years_on(
            begun(date(2023, 6, 30)),
            status=Status.UNKNOWN,
            reconvicted=Answer.UNKNOWN,
            today=TODAY,
        )

        assert due(not_begun(NEW, answer), TODAY) is None
        assert due(told, TODAY) is None


class TestAnAnswer:
    def test_of_a_start_comes_with_a_day_that_can_be(self) -> None:
        with pytest.raises(RuleBroken, match=r"outcome\.before_processing"):
            begun(FIRST - timedelta(days=1))
        with pytest.raises(RuleBroken, match=r"outcome\.in_future"):
            begun(TODAY + timedelta(days=1))
        with pytest.raises(RuleBroken, match=r"outcome\.when_and_what"):
            not_begun(NEW, Answer.YES)

    def test_after_two_years_waits_for_them(self) -> None:
        for each in (NEW, begun(date(2024, 3, 3))):
            with pytest.raises(RuleBroken, match=r"outcome\.too_early"):
                two_years_on(each, status=Status.JOB, reconvicted=Answer.NO, today=TODAY)

    def test_can_be_corrected(self) -> None:
        assert not_begun(begun(FIRST), Answer.NO).started_on is None

    def test_shows_nothing_of_itself(self) -> None:
        assert "2023, 6" not in repr(begun(date(2023, 6, 30)))


class TestKA:
    def test_counts_who_began_within_twelve_months(self) -> None:
        figure = figures(begun(date(2024, 3, 1)), begun(date(2024, 3, 2)))[KpiKey.STARTED]

        assert (figure.n, figure.successes, figure.unknown) == (2, 1, 0)

    def test_counts_nobody_before_it_is_time(self) -> None:
        fresh = replace(NEW, first_processed_on=date(2025, 3, 3))
        figure = figures(fresh, begun(date(2025, 4, 1), fresh))[KpiKey.STARTED]

        assert (figure.n, figure.successes, figure.immature) == (0, 0, 2)

    @pytest.mark.parametrize("known", [NEW, not_begun(NEW, Answer.UNKNOWN)])
    def test_counts_the_unknown_as_no_success(self, known: Outcome) -> None:
        figure = figures(known)[KpiKey.STARTED]

        assert (figure.n, figure.successes, figure.unknown) == (1, 0, 1)

    def test_counts_a_no_as_known(self) -> None:
        assert figures(not_begun(NEW, Answer.NO))[KpiKey.STARTED].unknown == 0


class TestKBAndKC:
    @pytest.mark.parametrize("key", [KpiKey.STILL_AT_IT, KpiKey.NO_NEW_CRIME])
    def test_leave_out_who_began_later_than_twelve_months(self, key: KpiKey) -> None:
        """PLUS-7."""
        late = begun(date(2024, 3, 2))

        figure = figures(late, on=date(2027, 1, 1))[key]

        assert (figure.n, figure.immature) == (0, 0)

    @pytest.mark.parametrize("key", [KpiKey.STILL_AT_IT, KpiKey.NO_NEW_CRIME])
    def test_wait_for_24_months_after_the_start(self, key: KpiKey) -> None:
        started = begun(date(2024, 2, 29))

        assert figures(started, on=date(2026, 2, 27))[key].immature == 1
        assert figures(started, on=date(2026, 2, 28))[key].n == 1

    @pytest.mark.parametrize(
        ("status", "reconvicted", "at_it", "no_crime"),
        [
            (Status.JOB, Answer.NO, (1, 0), (1, 0)),
            (Status.EDUCATION, Answer.YES, (1, 0), (0, 0)),
            (Status.NONE, Answer.UNKNOWN, (0, 0), (0, 1)),
            (Status.UNKNOWN, Answer.NO, (0, 1), (1, 0)),
        ],
    )
    def test_count_what_was_answered(
        self,
        status: Status,
        reconvicted: Answer,
        at_it: tuple[int, int],
        no_crime: tuple[int, int],
    ) -> None:
        known = two_years_on(begun(FIRST), status=status, reconvicted=reconvicted, today=TODAY)

        found = figures(known)

        both = found[KpiKey.STILL_AT_IT], found[KpiKey.NO_NEW_CRIME]
        assert [(each.successes, each.unknown) for each in both] == [at_it, no_crime]


class TestAFigure:
    def test_of_fewer_than_five_is_not_shown(self) -> None:
        """PLUS-7: a denominator under stats.k."""
        four, five = ([begun(FIRST)] * n for n in (4, 5))

        assert not figures(*four)[KpiKey.STARTED].is_shown()
        assert figures(*five)[KpiKey.STARTED].is_shown()

    def test_meets_its_target_without_rounding(self) -> None:
        figure = Kpi(key=KpiKey.STARTED, target=75, n=199, successes=149, unknown=0, immature=0)

        assert (figure.share, figure.is_met) == (74, False)
        assert replace(figure, successes=150).is_met
        assert not replace(figure, n=0, successes=0).is_met


DAYS = st.dates(min_value=date(2018, 1, 1), max_value=date(2026, 3, 2))


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    outcome = Outcome(case=draw(st.uuids()), first_processed_on=draw(DAYS))
    answer = draw(st.sampled_from([None, *Answer]))
    if answer in {Answer.NO, Answer.UNKNOWN}:
        return not_begun(outcome, answer)
    if answer is Answer.YES:
        on = draw(st.dates(min_value=outcome.first_processed_on, max_value=TODAY))
        outcome = began(outcome, kind=draw(st.sampled_from(Started)), on=on, today=TODAY)
        if outcome.long_on is not None and outcome.long_on <= TODAY and draw(st.booleans()):
            outcome = two_years_on(
                outcome,
                status=draw(st.sampled_from(Status)),
                reconvicted=draw(st.sampled_from(Answer)),
                today=TODAY,
            )
    return outcome


@given(known=st.lists(outcomes(), max_size=20), on=DAYS)
def test_the_figures_hang_together(known: list[Outcome], on: date) -> None:
    a, b, c = kpis(known, on=on)

    for each in (a, b, c):
        assert each.successes + each.unknown <= each.n
        assert 0 <= each.share <= 100
    assert a.n + a.immature == len(known)
    assert (b.n, b.immature) == (c.n, c.immature)
    assert b.n <= a.successes


@given(known=st.lists(outcomes(), max_size=20))
def test_forgetting_an_answer_never_helps(known: list[Outcome]) -> None:
    """PLUS-7: unknown is never a success."""
    forgotten = [
        replace(each, status_24m=Status.UNKNOWN, reconvicted_24m=Answer.UNKNOWN) for each in known
    ]

    for before, after in zip(kpis(known, on=TODAY), kpis(forgotten, on=TODAY), strict=True):
        assert after.successes <= before.successes
        assert after.n == before.n


@given(known=outcomes(), days=st.integers(min_value=0, max_value=2000))
def test_what_is_due_stays_due_until_it_is_answered(known: Outcome, days: int) -> None:
    asked = due(known, TODAY)

    if asked is not None:
        assert due(known, TODAY + timedelta(days=days)) is not None
    assert due(known, add_months(known.first_processed_on, 11)) is None or known.started_on
