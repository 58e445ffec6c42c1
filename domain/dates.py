"""Dates as people type and read them; local dates are Copenhagen's."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.errors import RuleBroken

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_WEEKDAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
_ENGLISH_WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]
_MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
_ENGLISH_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NUMBERS = {
    short: number
    for months in (_MONTHS, _ENGLISH_MONTHS)
    for number, name in enumerate(months, start=1)
    for short in (name, name[:3])
}
_DAYS_FROM_NOW = {
    "i dag": 0,
    "idag": 0,
    "today": 0,
    "i går": -1,
    "igår": -1,
    "yesterday": -1,
    "i forgårs": -2,
    "iforgårs": -2,
    "i morgen": 1,
    "imorgen": 1,
    "tomorrow": 1,
    "i overmorgen": 2,
    "iovermorgen": 2,
}

_YEAR = "(?P<year>[0-9]{4}|[0-9]{2})"
_NUMBERS = re.compile(rf"(?P<day>[0-9]{{1,2}})[./-] ?(?P<month>[0-9]{{1,2}})[./-] ?{_YEAR}")
_ISO = re.compile("(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_WORDS = re.compile(
    rf"(?:(?:{'|'.join(_WEEKDAYS + _ENGLISH_WEEKDAYS)}),? )?(?:den |d\. ?)?"
    rf"(?P<day>[0-9]{{1,2}})\.? ?(?P<month>{'|'.join(_MONTH_NUMBERS)})\.?,? ?{_YEAR}"
)

PATTERNS = (_NUMBERS, _ISO, _WORDS)


def read_date(text: str, *, today: date, coming: bool = False) -> date:
    """Read a date typed the Danish or English way, as ISO writes it, or as `i dag` and `i går`.

    Of a year only its last two digits may be typed: it is then the latest such year
    that has begun, or of this century where the day is still to come.

    :raises RuleBroken: `date.format`, or `date.impossible` (no such day); of a day to come
        `date.coming_format` and `date.coming_impossible`
    """
    said = " ".join(text.casefold().split())
    if said in _DAYS_FROM_NOW:
        return today + timedelta(days=_DAYS_FROM_NOW[said])
    for pattern in PATTERNS:
        if written := pattern.fullmatch(said):
            break
    else:
        raise RuleBroken("date.coming_format" if coming else "date.format")
    month = written["month"]
    try:
        return date(
            _full_year(written["year"], today=today, coming=coming),
            int(month) if month.isdecimal() else _MONTH_NUMBERS[month],
            int(written["day"]),
        )
    except ValueError:
        raise RuleBroken("date.coming_impossible" if coming else "date.impossible") from None


def in_danish(day: date) -> str:
    """Write a date with its weekday first, so that Markdown does not take it for a list."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day}. {_MONTHS[day.month - 1]} {day.year:04}"


def in_english(day: date) -> str:
    """Write a date as the British do, its weekday first as in Danish."""
    weekday, month = _ENGLISH_WEEKDAYS[day.weekday()], _ENGLISH_MONTHS[day.month - 1]
    return f"{weekday.capitalize()} {day.day} {month.capitalize()} {day.year:04}"


def local_date(moment: datetime) -> date:
    """Tell which day a moment falls on in Copenhagen.

    :raises ValueError: when the moment has no time zone
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone falls on no certain day")
    return moment.astimezone(COPENHAGEN).date()


def _full_year(digits: str, *, today: date, coming: bool) -> int:
    year = int(digits)
    if len(digits) == len("yyyy"):
        return year
    century = today.year - today.year % 100
    begun = century + year <= today.year
    return century + year if begun or coming else century - 100 + year
