"""The windows of a year: in each of them a committee meets once (CAL-1)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from domain.year_plan import Body, Cadence, Policy, Problem
from scheduler.yearplan.days import is_working

_FORTNIGHTS = 26
_MONTHS = {Cadence.MONTH: 1, Cadence.TWO_MONTHS: 2, Cadence.QUARTER: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days in which a committee meets once.

    :param number: from 1; paused ones are counted too.
    :param start: from where its weeks are counted: a Monday that may lie in the year before.
    :param days: its days in the year, whatever they are.
    """

    number: int
    start: date
    days: tuple[date, ...]

    def week(self, day: date) -> int:
        return (day - self.start).days // 7


@cache
def windows(cadence: Cadence, year: int) -> tuple[Window, ...]:
    """Divide a year as a cadence says.

    A fortnight is a pair of ISO weeks, and there are 26 also in a year of 53 weeks: the last one
    has three. Days of the year that ISO counts to another year are in no fortnight.
    """
    if cadence is Cadence.FORTNIGHT:
        starts = [date.fromisocalendar(year, 2 * pair + 1, 1) for pair in range(_FORTNIGHTS)]
        end = date.fromisocalendar(year + 1, 1, 1)
    else:
        starts = [date(year, month, 1) for month in range(1, 13, _MONTHS[cadence])]
        end = date(year + 1, 1, 1)
    return tuple(
        Window(number=number, start=start, days=_days(start, until, year=year))
        for number, (start, until) in enumerate(zip(starts, [*starts[1:], end], strict=True), 1)
    )


def met_windows(problem: Problem, body: Body) -> tuple[Window, ...]:
    """Give the windows that a committee meets in.

    One that pauses leaves out those without a day that is both a working day and a school day;
    what it wishes for itself never takes a window away.
    """
    all_of_them = windows(body.cadence, problem.year)
    if body.policy is Policy.HOLD:
        return all_of_them
    off = school_days_off(problem)
    return tuple(
        window
        for window in all_of_them
        if any(is_working(day, closed=problem.closed) and day not in off for day in window.days)
    )


def school_days_off(problem: Problem) -> frozenset[date]:
    return frozenset().union(*(holiday.days() for holiday in problem.school_holidays))


def _days(start: date, until: date, *, year: int) -> tuple[date, ...]:
    every = (start + timedelta(days=each) for each in range((until - start).days))
    return tuple(day for day in every if day.year == year)
