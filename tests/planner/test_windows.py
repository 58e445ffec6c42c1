"""The windows of a year: each day in one at most, 26 fortnights whatever the year (MTG-11)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.support.organisation_kinds import CITY, KINDS
from bench.support.organisations import organisation
from domain.year_plan import Cadence, Policy, Problem
from scheduler.yearplan.days import closed_days, is_working
from scheduler.yearplan.windows import met_windows, windows

YEARS = st.integers(min_value=2026, max_value=2040)
A_YEAR = {Cadence.FORTNIGHT: 26, Cadence.MONTH: 12, Cadence.TWO_MONTHS: 6, Cadence.QUARTER: 4}


def _of_policy(policy: Policy) -> Problem:
    [kind] = [each for each in KINDS if each.name == f"{policy}-normal"]
    return organisation(kind, seed=1, size=CITY)


@given(cadence=st.sampled_from(Cadence), year=YEARS)
def test_a_year_has_its_windows_one_after_the_other(cadence: Cadence, year: int) -> None:
    made = windows(cadence, year)
    days = [day for window in made for day in window.days]

    assert len(made) == A_YEAR[cadence]
    assert [window.number for window in made] == list(range(1, len(made) + 1))
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
    assert {day.year for day in days} == {year}


@given(cadence=st.sampled_from(Cadence), year=YEARS)
def test_a_window_has_each_weekday_once_a_week(cadence: Cadence, year: int) -> None:
    for window in windows(cadence, year):
        cells = [(window.week(day), day.isoweekday()) for day in window.days]

        assert len(set(cells)) == len(cells)
        assert min(cells)[0] == 0


@given(cadence=st.sampled_from([Cadence.MONTH, Cadence.TWO_MONTHS, Cadence.QUARTER]), year=YEARS)
def test_months_leave_no_day_out(cadence: Cadence, year: int) -> None:
    days = sum(len(window.days) for window in windows(cadence, year))

    assert days == (date(year + 1, 1, 1) - date(year, 1, 1)).days


@pytest.mark.parametrize(("year", "last"), [(2026, 3), (2027, 2), (2032, 3)])
def test_week_53_belongs_to_the_last_fortnight(year: int, last: int) -> None:
    *_, window = windows(Cadence.FORTNIGHT, year)
    mondays = [day for day in window.days if day.isoweekday() == 1]

    assert len(mondays) == last


def test_holding_is_462_meetings_and_pausing_418() -> None:
    """MTG-1: in 2027, by the school holidays of meetings.md §3."""
    meetings = {
        policy: sum(len(met_windows(problem, body)) for body in problem.bodies)
        for policy in Policy
        for problem in [_of_policy(policy)]
    }

    assert meetings == {Policy.HOLD: 462, Policy.PAUSE: 418}


@given(year=YEARS)
def test_offices_are_closed_on_the_half_holidays_too(year: int) -> None:
    closed = closed_days(year)

    for month, day in [(1, 1), (5, 1), (6, 5), (12, 24), (12, 25), (12, 31)]:
        assert not is_working(date(year, month, day), closed=closed)
    assert not is_working(date(year - 1, 12, 24), closed=closed)
