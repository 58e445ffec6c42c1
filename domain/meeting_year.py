"""What a year of meetings is planned around: school holidays, closed days, habits, busy halves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from domain.errors import RuleBroken
from domain.people import CommitteeCode, PersonId
from domain.year_plan import HalfDay, Policy, SchoolHoliday

LONGEST = timedelta(days=70)
HALVES: Mapping[str, HalfDay] = MappingProxyType(
    {
        f"{weekday}{half}": HalfDay(weekday=weekday, afternoon=half == "p")
        for weekday in range(1, 6)
        for half in "ap"
    }
)
"""Half-days by their code: `1a` is Monday morning, `5p` Friday afternoon."""


def halves_of(codes: Iterable[str]) -> frozenset[HalfDay]:
    return frozenset(HALVES[code] for code in codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHoliday:
    """A line of the table of school holidays, and who noted it; nobody: it came with the house."""

    id: UUID
    name: str = field(repr=False)
    from_on: date
    to_on: date
    source: str = field(repr=False)
    noted_by: PersonId | None = None
    noted_at: datetime
    version: int = 0

    @property
    def planned(self) -> SchoolHoliday:
        return SchoolHoliday(
            name=self.name, from_on=self.from_on, to_on=self.to_on, source=self.source
        )


def in_order(holiday: KeptHoliday) -> KeptHoliday:
    """Let a line pass that ends after it begins, and in time.

    :raises RuleBroken: `holiday.backwards` or `holiday.long`
    """
    if holiday.to_on < holiday.from_on:
        raise RuleBroken("holiday.backwards")
    if holiday.to_on - holiday.from_on > LONGEST:
        raise RuleBroken("holiday.long", days=LONGEST.days)
    return holiday


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """A day on which nobody meets, beside weekends and public holidays."""

    day: date
    why: str = field(repr=False)
    noted_by: PersonId | None
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a committee wants of its year, where that is not what its type says.

    :param policy: None is what its type does; `minutes` likewise.
    :param preferred: codes of the half-days it would rather meet on; none is any.
    :param barred: codes of those it never meets on.
    """

    committee: CommitteeCode
    policy: Policy | None = None
    minutes: int | None = None
    preferred: tuple[str, ...] = field(default=(), repr=False)
    barred: tuple[str, ...] = field(default=(), repr=False)
    place: str = field(default="", repr=False)
    noted_by: PersonId | None = None
    noted_at: datetime | None = None
    version: int = 0  # 0: never written

    def barring(self, codes: Iterable[str], *, by: PersonId, at: datetime) -> "Habits":
        """Bar more half-days, and prefer them no longer."""
        barred = {*self.barred, *codes}
        return replace(
            self,
            barred=tuple(sorted(barred)),
            preferred=tuple(each for each in self.preferred if each not in barred),
            noted_by=by,
            noted_at=at,
        )


def sensible(habits: Habits) -> Habits:
    """Let habits pass that leave a half-day to meet on.

    :raises RuleBroken: `habits.both` or `habits.never`
    """
    if {*habits.preferred} & {*habits.barred}:
        raise RuleBroken("habits.both")
    if {*habits.barred} >= HALVES.keys():
        raise RuleBroken("habits.never")
    return habits


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """The half-days on which somebody is busy each week; why is nobody's business here."""

    person: PersonId
    halves: tuple[str, ...] = field(repr=False)
    noted_at: datetime
