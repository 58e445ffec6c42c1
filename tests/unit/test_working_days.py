"""Working days in Denmark: NOT-5."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.support.plan_checker.free_days import free_days, is_weekend
from domain.working_days import (
    after_working_days,
    easter,
    is_office_day,
    is_working_day,
    public_holidays,
)
from scheduler.yearplan.days import closed_days, is_working

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1818, date(1818, 3, 22)),  # as early as it can be
        (1943, date(1943, 4, 25)),  # as late
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
        (2049, date(2049, 4, 18)),
    ],
)
def test_easter_is_when_the_almanac_says(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_the_holidays_of_a_year_are_the_danish_ones() -> None:
    assert public_holidays(2026) == {
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    }


def test_prayer_day_was_a_holiday_for_the_last_time_in_2023() -> None:
    assert not is_working_day(date(2023, 5, 5))
    assert is_working_day(date(2024, 4, 26))


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 3, 2), date(2026, 3, 9)),
        (date(2026, 3, 6), date(2026, 3, 13)),
        (date(2026, 3, 7), date(2026, 3, 13)),
        (date(2026, 3, 30), date(2026, 4, 9)),  # over Easter
        (date(2026, 12, 23), date(2026, 12, 31)),
    ],
)
def test_five_working_days_on_leave_out_weekends_and_holidays(day: date, due: date) -> None:
    assert after_working_days(day, 5) == due


@given(DAYS, st.integers(min_value=1, max_value=30))
def test_there_are_as_many_working_days_between_as_were_counted(day: date, count: int) -> None:
    due = after_working_days(day, count)

    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == count


@pytest.mark.parametrize("year", range(2026, 2041))
def test_offices_are_open_on_the_days_that_a_year_is_planned_on(year: int) -> None:
    """MTG-6: the bot's deadlines, the planner and the checker, each by its own arithmetic."""
    closed, free = closed_days(year), free_days(year)
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]

    for day in [*days, date(year, 12, 31)]:
        works = is_office_day(day)
        assert works is is_working(day, closed=closed), day
        assert works is (not is_weekend(day) and day not in free), day
