"""A year of committee meetings as a problem to solve, and a plan as its answer (CAL-1 … CAL-3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.people import CommitteeCode, CommitteeType, PersonId


class Policy(StrEnum):
    """What a committee does in the school holidays (meetings.md §0.1)."""

    PAUSE = "pause"  # it does not meet, and meets less often in the year
    HOLD = "hold"  # it meets all the same, and each such day counts against the plan


class Cadence(StrEnum):
    """How often a committee meets: once in each window of the year (CAL-1)."""

    FORTNIGHT = "fortnight"  # pairs of ISO weeks: 26 windows; a week 53 belongs to the last
    MONTH = "month"  # calendar months: 12
    TWO_MONTHS = "two_months"  # six windows of two calendar months
    QUARTER = "quarter"  # calendar quarters: 4


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class HalfDay:
    """A morning or an afternoon of the week: `weekday` is 1 for Monday to 5 for Friday."""

    weekday: int
    afternoon: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatNeed:
    """A slot of a committee: how many must be there, who sits in it, who stands in for them.

    `least` is 0 for those who sit there beyond the minimum (domain.md §3).
    """

    slot: str
    least: int
    members: tuple[PersonId, ...]
    substitutes: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A committee as the planner sees it.

    :param facilitators: the first leads its meetings: they are in them like a member, and it
        counts in their week. The others lead in their place when they are busy or away.
    :param preferred: half-days it would rather meet on; none means any.
    :param barred: half-days it never meets on.
    :param not_on: days it never meets on.
    """

    code: CommitteeCode
    type: CommitteeType
    cadence: Cadence
    policy: Policy
    minutes: int
    seats: tuple[SeatNeed, ...]
    facilitators: tuple[PersonId, ...] = ()
    preferred: frozenset[HalfDay] = frozenset()
    barred: frozenset[HalfDay] = frozenset()
    not_on: frozenset[date] = frozenset()

    @property
    def members(self) -> tuple[PersonId, ...]:
        """Who must not be elsewhere: who leads the meetings and who has a seat; each once."""
        seated = (person for seat in self.seats for person in seat.members)
        return tuple(dict.fromkeys((*self.facilitators[:1], *seated)))

    @property
    def leader(self) -> PersonId | None:
        """Who leads the meetings, and whose week each of them fills; None where nobody does."""
        return next(iter(self.facilitators), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """A person as the planner sees them: half-days they are busy each week, days they are away."""

    id: PersonId
    busy: frozenset[HalfDay] = frozenset()
    away: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHoliday:
    """Days without school, the last one included, and where that is written (CAL-3)."""

    name: str
    from_on: date
    to_on: date
    source: str

    def days(self) -> frozenset[date]:
        count = (self.to_on - self.from_on).days + 1
        return frozenset(self.from_on + timedelta(days=each) for each in range(count))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each thing that is not as it should be costs, once for each meeting it happens to."""

    off_rhythm: int = 10  # another weekday or hour than the committee's own
    wrong_week: int = 4  # another week of the window than its own
    member_missing: int = 3  # each member who is busy or away, covered or not
    below_minimum: int = 50  # and each place that a slot then lacks, substitutes counted
    school_holiday: int = 20
    deadline_in_holiday: int = 2  # each of SG's three deadlines that is in the school holidays
    managers_day_off: int = 1  # each day from six weeks after SG to the nearest CG (CAL-2)
    not_preferred: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """What must hold for every plan (meetings.md §3); lengths in days, hours on the wall."""

    earliest: time = time(8, 30)
    latest: time = time(16)  # a meeting has ended by then
    starts: tuple[time, ...] = (time(8, 30), time(9), time(10), time(12, 30), time(13), time(14))
    travel: timedelta = timedelta(minutes=30)
    week_load: int = 4  # meetings that somebody leads in one week, at most
    gaps: Mapping[Cadence, tuple[int, int]] = field(
        default_factory=lambda: MappingProxyType(
            {
                Cadence.FORTNIGHT: (7, 21),
                Cadence.MONTH: (14, 49),
                Cadence.TWO_MONTHS: (21, 105),
                Cadence.QUARTER: (49, 133),
            }
        )
    )
    provisional_before: int = 28  # SGF-1
    final_before: int = 14  # SGF-3
    minutes_after: int = 14  # SGF-4
    managers_after: int = 42  # CAL-2: six weeks
    managers_off: int = 14  # so many days from that at most, where it can be
    weights: Weights = Weights()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """All that a plan of a year is made from; the same problem gives the same plan (MTG-8).

    :param closed: days on which nobody meets: weekends need not be named. Deadlines too lie on
        working days, so the winter of the years beside it belongs here as well.
    """

    year: int
    bodies: tuple[Body, ...]
    attendees: tuple[Attendee, ...]
    closed: frozenset[date]
    school_holidays: tuple[SchoolHoliday, ...]
    rules: PlanRules = PlanRules()
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PlannedMeeting:
    """One meeting of a plan: the `number`-th of its committee that year."""

    committee: CommitteeCode
    number: int
    day: date
    starts: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """A committee's own weekday (1 is Monday), hour, and week of its window.

    `week` counts whole weeks from the window's first day: 1 in a month is days 8 to 14, so the
    second Tuesday, and 1 in a fortnight is the second of its two weeks.
    """

    weekday: int
    starts: time
    week: int


class Engine(StrEnum):
    CP_SAT = "cp_sat"
    GREEDY = "greedy"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """What a plan cost and how good it is known to be; said as it is (MTG-4).

    :param bound: no plan costs less, as far as was proven; None where nothing was.
    :param dates_proven: the dates are the best there are for this rhythm.
    :param greedy_cost: what the built-in greedy's plan of the same problem costs; None where it
        finds none.
    """

    engine: Engine
    seconds: float
    cost: int
    greedy_cost: int | None
    bound: int | None
    dates_proven: bool
    on_rhythm: float  # from 0 to 1
    in_school_holidays: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """A whole year, every window of every committee met in (never a part, MTG-9)."""

    year: int
    meetings: tuple[PlannedMeeting, ...]
    rhythms: Mapping[CommitteeCode, Rhythm]
    figures: PlanFigures


class CauseKind(StrEnum):
    """Why there is no plan."""

    NO_DAY = "no_day"  # a committee has no day in a window
    PERSON = "person"  # somebody would have to be in two places
    LOAD = "load"  # somebody leads more meetings than fit into the weeks
    CHAIN = "chain"  # no meeting of CG fits before SG's agenda
    GAP = "gap"  # two meetings of a committee in a row lie too near each other, or too far apart
    FROZEN = "frozen"  # meetings that may not move overlap
    TIME = "time"  # none was found in the time given, and none was ruled out


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One reason, with whom and what it is about; empty where it is about nobody special."""

    kind: CauseKind
    committees: tuple[CommitteeCode, ...] = ()
    persons: tuple[PersonId, ...] = ()
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlan:
    """There is no plan, and why (MTG-9)."""

    causes: tuple[Cause, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """A plan changed as little as can be (MTG-10).

    :param moved: meetings that lie elsewhere now, as they were and as they are.
    :param proven: no plan moves fewer.
    """

    plan: YearPlan
    moved: tuple[tuple[PlannedMeeting, PlannedMeeting], ...]
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """How many must lead the meetings, so that there is a plan of the year at all.

    :param led_by: one way to share the committees out among so many.
    :param proven: with one fewer there is no plan.
    :param one_fewer: why there is none then; empty where one is enough.
    """

    needed: int
    led_by: Mapping[CommitteeCode, PersonId]
    proven: bool
    one_fewer: tuple[Cause, ...]
    seconds: float
