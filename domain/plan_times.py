"""Relative times of a plan: as people write them, and worked out in Copenhagen (BER-33)."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.dates import COPENHAGEN, local_date
from domain.errors import RuleBroken
from domain.periods import moment

_MOST = 1000  # of any unit: beyond it somebody has mistyped
_MONTHS_IN_YEAR = 12
_MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli"),
    *("august", "september", "oktober", "november", "december"),
)
_AT = r"(?: kl\. ?(?P<at>[0-9]{1,2}[.:][0-9]{2}))?"
_RELATIVE = re.compile(
    r"(?P<anchor>[TS])"
    r"(?: ?(?P<sign>[\+\u2212-]) ?(?P<count>[0-9]{1,6}) ?(?P<unit>[a-zæøå]{1,9}))?" + _AT
)
_YEAR_DAY = re.compile(rf"(?P<day>[0-9]{{1,2}})\. ?(?P<month>{'|'.join(_MONTHS)}){_AT}")
_LEAP_YEAR, _FEBRUARY, _LEAP_DAY = 2024, 2, 29


class Anchor(StrEnum):
    """What a relative time is counted from."""

    START = "T"  # the activation, or the first day of what is known in advance
    END = "S"  # the last day of what is known in advance


class Unit(StrEnum):
    """Minutes and hours pass; days, weeks and months are counted in the calendar."""

    MINUTES = "minutter"
    HOURS = "timer"
    DAYS = "dage"
    WEEKS = "uger"
    MONTHS = "måneder"


_SPELT: Mapping[str, Unit] = MappingProxyType(
    {
        **{each.value: each for each in Unit},
        "minut": Unit.MINUTES,
        "time": Unit.HOURS,
        "dag": Unit.DAYS,
        "uge": Unit.WEEKS,
        "måned": Unit.MONTHS,
        "min": Unit.MINUTES,
        "t": Unit.HOURS,
        "d": Unit.DAYS,
    }
)
_PASSING: Mapping[Unit, timedelta] = MappingProxyType(
    {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
)
_DAYS: Mapping[Unit, int] = MappingProxyType({Unit.DAYS: 1, Unit.WEEKS: 7})


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """So much before or after an anchor: `T+4 timer`, `T-21 dage kl. 12.00`, `S+2 dage`.

    :param count: of the unit; negative is before.
    :param at: the hour on the wall that day; none keeps the anchor's.
    """

    anchor: Anchor = Anchor.START
    count: int = 0
    unit: Unit = Unit.DAYS
    at: time | None = None

    def __str__(self) -> str:
        sign = "+" if self.count >= 0 else "-"
        moved = f"{sign}{abs(self.count)} {self.unit}" if self.count else ""
        return f"{self.anchor}{moved}{_hour(self.at)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDay:
    """A day of every year, the one nearest to the start: `2. januar`."""

    month: int
    day: int
    at: time | None = None

    def __str__(self) -> str:
        return f"{self.day}. {_MONTHS[self.month - 1]}{_hour(self.at)}"


When = Relative | YearDay


def resolve(when: When, *, start: datetime, end: datetime | None = None) -> datetime:
    """Work the instant (UTC) out.

    :param end: what `S` stands for; the start, for what has no last day of its own.
    """
    if isinstance(when, YearDay):
        return moment(_nearest(when, start), when.at or _wall(start).time())
    base = end if when.anchor is Anchor.END and end is not None else start
    if when.unit in _PASSING:
        base += when.count * _PASSING[when.unit]
        return base.astimezone(UTC) if when.at is None else moment(local_date(base), when.at)
    if not when.count and when.at is None:
        return base.astimezone(UTC)
    return moment(_moved(local_date(base), when), when.at or _wall(base).time())


def _moved(day: date, by: Relative) -> date:
    if by.unit in _DAYS:
        return day + timedelta(days=by.count * _DAYS[by.unit])
    months = day.year * _MONTHS_IN_YEAR + day.month - 1 + by.count
    year, month = divmod(months, _MONTHS_IN_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _nearest(when: YearDay, start: datetime) -> date:
    near = local_date(start)
    days = [date(near.year + each, when.month, when.day) for each in (-1, 0, 1)]
    return min(days, key=lambda day: abs(day - near))


def _wall(instant: datetime) -> datetime:
    return instant.astimezone(COPENHAGEN)


def read_when(text: str) -> When:
    """Read a relative time as it is written in a template; `str()` of it writes it again.

    :raises RuleBroken: `plan_time.format`, `plan_time.impossible` (no such day or hour),
        `plan_time.too_much`
    """
    said = " ".join(text.split())
    if found := _YEAR_DAY.fullmatch(said.casefold()):
        return _year_day(found)
    found = _RELATIVE.fullmatch(said[:1].upper() + said[1:].casefold())
    if found is None:
        raise RuleBroken("plan_time.format", text=text)
    unit = _SPELT.get(found["unit"] or Unit.DAYS)
    if unit is None:
        raise RuleBroken("plan_time.format", text=text)
    count = int(found["count"] or 0)
    if count > _MOST:
        raise RuleBroken("plan_time.too_much", most=_MOST, text=text)
    return Relative(
        anchor=Anchor(found["anchor"]),
        count=count if found["sign"] == "+" else -count,
        unit=unit if count else Unit.DAYS,
        at=_read_hour(found["at"]),
    )


def read_hour(text: str) -> time:
    """Read an hour on the wall, such as `10.00`.

    :raises RuleBroken: `plan_time.impossible`
    """
    hour = _read_hour(text.replace(":", "."))
    if hour is None:
        raise RuleBroken("plan_time.impossible", text=text)
    return hour


def _year_day(found: re.Match[str]) -> YearDay:
    day, month = int(found["day"]), _MONTHS.index(found["month"]) + 1
    if (month, day) == (_FEBRUARY, _LEAP_DAY) or not 0 < day <= calendar.monthrange(
        _LEAP_YEAR, month
    )[1]:
        raise RuleBroken("plan_time.impossible", text=found[0])
    return YearDay(month=month, day=day, at=_read_hour(found["at"]))


def _read_hour(text: str | None) -> time | None:
    if not text:
        return None
    hour, _, minute = text.replace(":", ".").partition(".")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise RuleBroken("plan_time.impossible", text=text) from None


def _hour(at: time | None) -> str:
    return "" if at is None else f" kl. {at:%H.%M}"
