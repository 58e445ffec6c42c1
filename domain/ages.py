"""How old somebody is on a day, and which track of SSP that age belongs to (domain.md §4)."""

from bisect import bisect_right
from calendar import monthrange
from datetime import date
from enum import StrEnum

from domain.errors import RuleBroken

Boundaries = tuple[int, int, int, int]

BOUNDARIES: Boundaries = (120, 210, 216, 312)  # months: 10, 17½, 18 and 26 years (AGE-2, AGE-3)


class AgeBand(StrEnum):
    """The part of the target group an age falls in.

    Whether somebody of SSP_PLUS_AGE is in the target group of SSP+ depends on the
    level too: that is decided in `domain/routing.py`.
    """

    UNDER_10 = "under_10"
    SSP = "ssp"
    SSP_TRANSITION = "ssp_transition"
    SSP_PLUS_AGE = "ssp_plus_age"
    OVER = "over"
    UNKNOWN = "unknown"


_IN_ORDER = (
    AgeBand.UNDER_10,
    AgeBand.SSP,
    AgeBand.SSP_TRANSITION,
    AgeBand.SSP_PLUS_AGE,
    AgeBand.OVER,
)


def age_band(dob: date | None, on: date, *, months: Boundaries = BOUNDARIES) -> AgeBand:
    """Name the band somebody born on `dob` is in on the day `on`.

    :raises RuleBroken: `date.future` when they are not born yet
    """
    if dob is None:
        return AgeBand.UNKNOWN
    return _IN_ORDER[bisect_right(months, age_months(dob, on))]


def age_years(dob: date, on: date) -> int:
    """Count whole years; someone born on 29 February has birthday on the month's last day.

    :raises RuleBroken: `date.future` when they are not born yet
    """
    return age_months(dob, on) // 12


def age_months(dob: date, on: date) -> int:
    """Count whole months: the largest n for which `add_months(dob, n)` has come.

    :raises RuleBroken: `date.future` when they are not born yet
    """
    if dob > on:
        raise RuleBroken("date.future")
    begun = (on.year - dob.year) * 12 + on.month - dob.month
    return begun if on.day >= min(dob.day, _last_day(on.year, on.month)) else begun - 1


def add_months(day: date, n: int) -> date:
    """Go `n` months on to the same day; where the month lacks it, to its last (AGE-2)."""
    years, month = divmod(day.month - 1 + n, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def _last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]
