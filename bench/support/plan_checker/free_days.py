"""The days on which nobody works in Denmark, by arithmetic of our own."""

from datetime import date, timedelta

_SATURDAY = 5
_EVERY_YEAR = ((1, 1), (5, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))
_AROUND_EASTER = {
    "Maundy Thursday": -3,
    "Good Friday": -2,
    "Easter Sunday": 0,
    "Easter Monday": 1,
    "Ascension": 39,
    "Whit Sunday": 49,
    "Whit Monday": 50,
}


def free_days(year: int) -> frozenset[date]:
    """Name the public holidays and the four days on which public offices are closed as well."""
    sunday = easter_sunday(year)
    return frozenset(
        {date(year, month, day) for month, day in _EVERY_YEAR}
        | {sunday + timedelta(days=days) for days in _AROUND_EASTER.values()}
    )


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def easter_sunday(year: int) -> date:
    """Work it out with the epact, as the church's tables do: Clavius' way, not Gauss'."""
    golden = year % 19 + 1
    century = year // 100 + 1
    without_leap = 3 * century // 4 - 12
    moon_drift = (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - without_leap - 10
    epact = (11 * golden + 20 + moon_drift - without_leap) % 30
    if epact == 24 or (epact == 25 and golden > 11):  # noqa: PLR2004 - the tables' exceptions
        epact += 1
    full_moon = 44 - epact
    if full_moon < 21:  # noqa: PLR2004 - not before the equinox
        full_moon += 30
    following = full_moon + 7 - (sunday + full_moon) % 7
    return date(year, 3, 1) + timedelta(days=following - 1)
