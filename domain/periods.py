"""Periods: which hour, night or week a piece of recurring work is due for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import Protocol

from domain.dates import COPENHAGEN, local_date
from domain.working_days import after_working_days

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


class Weekday(IntEnum):
    """The days as ISO 8601 numbers them."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One turn of recurring work: its name among its like, and the instant (UTC) it falls due."""

    key: str
    due_at: datetime


class Recurring(Protocol):
    """How often work falls due, by the clock on a wall in Copenhagen."""

    def latest(self, now: datetime) -> Period:
        """Give the latest period that has fallen due; `now` itself counts."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hourly:
    """Each hour, at a minute of it; its periods are named in UTC, such as `2026-03-29T01Z`."""

    minute: int

    def latest(self, now: datetime) -> Period:
        due_at = now.astimezone(UTC).replace(minute=self.minute, second=0, microsecond=0)
        if due_at > now:
            due_at -= _HOUR
        return Period(key=f"{due_at:%Y-%m-%dT%HZ}", due_at=due_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Each day at a time; its periods are named by the date, such as `2026-03-29`."""

    at: time

    def latest(self, now: datetime) -> Period:
        period = self._on(local_date(now))
        return period if period.due_at <= now else self._on(local_date(now) - _DAY)

    def _on(self, day: date) -> Period:
        return Period(key=day.isoformat(), due_at=moment(day, self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """One day a week at a time; its periods are named by the ISO week, such as `2026-W13`."""

    day: Weekday
    at: time

    def latest(self, now: datetime) -> Period:
        period = self._in_week_of(local_date(now))
        return period if period.due_at <= now else self._in_week_of(local_date(now) - 7 * _DAY)

    def _in_week_of(self, day: date) -> Period:
        year, week, _ = day.isocalendar()
        due_on = date.fromisocalendar(year, week, self.day)
        return Period(key=f"{year:04}-W{week:02}", due_at=moment(due_on, self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingWeekly:
    """The first working day of each week at a time; its periods are named as a `Weekly`'s are."""

    at: time

    def latest(self, now: datetime) -> Period:
        period = self._in_week_of(local_date(now))
        return period if period.due_at <= now else self._in_week_of(local_date(now) - 7 * _DAY)

    def _in_week_of(self, day: date) -> Period:
        year, week, weekday = day.isocalendar()
        first = after_working_days(day - weekday * _DAY, 1)
        return Period(key=f"{year:04}-W{week:02}", due_at=moment(first, self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly:
    """The first working day of a month at a time; its periods are named such as `2026-03`."""

    at: time

    def latest(self, now: datetime) -> Period:
        today = local_date(now)
        period = self._in_month_of(today)
        return period if period.due_at <= now else self._in_month_of(today.replace(day=1) - _DAY)

    def _in_month_of(self, day: date) -> Period:
        last_before = day.replace(day=1) - _DAY
        first = after_working_days(last_before, 1)
        return Period(key=f"{day:%Y-%m}", due_at=moment(first, self.at))


def moment(day: date, at: time) -> datetime:
    """Give the first instant (UTC) at which clocks in Copenhagen show that time, or are past it.

    In spring an hour does not exist: what belongs there falls due when the clock jumps past it.
    In autumn an hour comes twice: the first one counts.
    """
    shown = datetime.combine(day, at)
    first = min(_read(shown, fold=fold) for fold in (0, 1))
    if _on_the_wall(first) == shown:
        return first
    instant = first.replace(second=0, microsecond=0)
    while _on_the_wall(instant) < shown:
        instant += _MINUTE  # clocks are moved on a whole minute
    return instant


def _read(shown: datetime, *, fold: int) -> datetime:
    return shown.replace(tzinfo=COPENHAGEN, fold=fold).astimezone(UTC)


def _on_the_wall(instant: datetime) -> datetime:
    return instant.astimezone(COPENHAGEN).replace(tzinfo=None)
