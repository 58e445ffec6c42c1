"""Working days in Denmark: Monday to Friday, without the public holidays."""

from datetime import date, timedelta

_SATURDAY = 5
_FIXED = ((1, 1), (12, 25), (12, 26))
_FROM_EASTER = (-3, -2, 1, 39, 50)  # Maundy Thursday to Whit Monday; Sundays are none anyway
_PRAYER_DAY = 26
_LAST_PRAYER_DAY = 2023  # it was a public holiday for the last time
_OFFICES_CLOSED = ((5, 1), (6, 5), (12, 24), (12, 31))  # no public holidays, but nobody works


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def is_office_day(day: date) -> bool:
    """Whether public offices are open: no meeting is held, and nothing falls due, where not.

    What the law counts in working days counts by `is_working_day`.
    """
    return is_working_day(day) and (day.month, day.day) not in _OFFICES_CLOSED


def after_working_days(day: date, count: int) -> date:
    """Give the working day that is `count` working days after `day`, which itself is not one."""
    left = count
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def public_holidays(year: int) -> frozenset[date]:
    """Name the holidays of a year that fall on the same date or on one set by Easter."""
    from_easter = (*_FROM_EASTER, *((_PRAYER_DAY,) if year <= _LAST_PRAYER_DAY else ()))
    sunday = easter(year)
    return frozenset(
        {date(year, month, day) for month, day in _FIXED}
        | {sunday + timedelta(days=days) for days in from_easter}
    )


def easter(year: int) -> date:
    """Work Easter Sunday out: the first Sunday after the paschal full moon (Gregorian)."""
    century, golden = year // 100, year % 19
    skipped_leaps = century - century // 4
    drift = (8 * century + 13) // 25  # of the moon's cycle
    moon = (skipped_leaps - drift + 19 * golden + 15) % 30
    moon -= (moon + golden // 11) // 29  # the full moon is on the 18th of April at the latest
    weekday = (year + year // 4 + moon + 2 - skipped_leaps) % 7
    return date(year, 3, 28) + timedelta(days=moon - weekday)
