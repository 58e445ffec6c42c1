"""Which days of a year are working days."""

from collections.abc import Collection
from datetime import date

from holidays import country_holidays

_SATURDAY = 6


def closed_days(year: int) -> frozenset[date]:
    """Name the days on which offices are closed, 24 and 31 December, 1 May and 5 June among them.

    The years beside it belong to it: deadlines are rolled back to working days across New Year.
    """
    named = country_holidays(
        "DK", years=range(year - 1, year + 2), categories=("public", "optional"), language="da"
    )
    return frozenset(named)


def is_working(day: date, *, closed: Collection[date]) -> bool:
    return day.isoweekday() < _SATURDAY and day not in closed
