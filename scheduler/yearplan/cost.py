"""What a plan costs: the one function by which the greedy and CP-SAT are judged alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from domain.people import CommitteeCode, CommitteeType
from domain.year_plan import Body, PlannedMeeting, Problem, Rhythm
from scheduler.yearplan.attendance import Diary, halves_touched, overlap
from scheduler.yearplan.days import is_working
from scheduler.yearplan.windows import Window, met_windows, school_days_off


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A slot that would have too few at a meeting, and how many places it lacks (MTG-7)."""

    meeting: PlannedMeeting
    slot: str
    short: int


class Costs:
    """The costs of one problem."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._weights = problem.rules.weights
        self._off = school_days_off(problem)
        self._diary = Diary(problem)

    def place(self, body: Body, *, day: date, starts: time) -> int:
        """Price a day and an hour of a committee by itself: all but rhythm and neighbours."""
        attendance = self._diary.attendance(body, day=day, starts=starts)
        touched = halves_touched(day, starts=starts, minutes=body.minutes)
        weights = self._weights
        return (
            weights.member_missing * attendance.missing
            + weights.below_minimum * sum(attendance.short.values())
            + weights.school_holiday * (day in self._off)
            + weights.not_preferred * bool(body.preferred and not touched <= body.preferred)
            + weights.deadline_in_holiday * self._deadlines_off(body, day)
        )

    def short(self, body: Body, *, day: date, starts: time) -> Mapping[str, int]:
        """Give the slots that lack places then, and how many (the leader's slot too)."""
        return self._diary.attendance(body, day=day, starts=starts).short

    def rhythm(self, *, off: int, wrong: int) -> int:
        """Price so many meetings off their weekday and hour, and so many in the wrong week."""
        return self._weights.off_rhythm * off + self._weights.wrong_week * wrong

    def _deadlines_off(self, body: Body, day: date) -> int:
        if body.type is not CommitteeType.STEERING:
            return 0
        return sum(each in self._off for each in deadlines(self._problem, day))


def deadlines(problem: Problem, day: date) -> tuple[date, date, date]:
    """Give SG's provisional agenda, final agenda and minutes (SGF-1, 3, 4).

    Each is rolled back to a working day, so none is later than it should be (MTG-6).
    """
    rules = problem.rules
    provisional, final, minutes = (
        _rolled_back(problem, day + timedelta(days=days))
        for days in (-rules.provisional_before, -rules.final_before, rules.minutes_after)
    )
    return provisional, final, minutes


def cost(problem: Problem, meetings: Iterable[PlannedMeeting]) -> int:
    """Price a plan; a committee's rhythm is what most of its meetings keep."""
    every = tuple(meetings)
    return priced(problem, every, rhythms=rhythms(problem, every))


def priced(
    problem: Problem,
    meetings: Iterable[PlannedMeeting],
    *,
    rhythms: Mapping[CommitteeCode, Rhythm],
) -> int:
    """Price meetings by rhythms that are settled: part of a year, or all of it."""
    every = tuple(meetings)
    costs = Costs(problem)
    bodies = {body.code: body for body in problem.bodies}
    within = _windows_of(problem)
    total = 0
    for each in every:
        body, kept = bodies[each.committee], rhythms[each.committee]
        window = within[each.committee][each.number - 1]
        total += costs.place(body, day=each.day, starts=each.starts)
        total += costs.rhythm(
            off=(each.day.isoweekday(), each.starts) != (kept.weekday, kept.starts),
            wrong=window.week(each.day) != kept.week,
        )
    off_days = sum(managers_off(problem, every).values())
    return total + off_days * problem.rules.weights.managers_day_off


def rhythms(problem: Problem, meetings: Iterable[PlannedMeeting]) -> dict[CommitteeCode, Rhythm]:
    """Find each committee's rhythm: the commonest weekday with hour, and the commonest week."""
    within = _windows_of(problem)
    slots: defaultdict[CommitteeCode, Counter[tuple[int, time]]] = defaultdict(Counter)
    weeks: defaultdict[CommitteeCode, Counter[int]] = defaultdict(Counter)
    for each in meetings:
        slots[each.committee][each.day.isoweekday(), each.starts] += 1
        weeks[each.committee][within[each.committee][each.number - 1].week(each.day)] += 1
    return {
        code: Rhythm(
            weekday=(slot := min(theirs, key=lambda each: (-theirs[each], each)))[0],
            starts=slot[1],
            week=min(weeks[code], key=lambda each: (-weeks[code][each], each)),
        )
        for code, theirs in slots.items()
    }


def managers_off(
    problem: Problem, meetings: Iterable[PlannedMeeting]
) -> dict[PlannedMeeting, int]:
    """Say for each SG meeting how many days the nearest CG is off six weeks after it (CAL-2)."""
    days: defaultdict[CommitteeCode, list[PlannedMeeting]] = defaultdict(list)
    for each in meetings:
        days[each.committee].append(each)
    wanted = timedelta(days=problem.rules.managers_after)
    return {
        meeting: min(abs((each.day - meeting.day - wanted).days) for each in days[managers.code])
        for steering, managers in chained(problem)
        if days[managers.code]
        for meeting in days[steering.code]
    }


def chained(problem: Problem) -> tuple[tuple[Body, Body], ...]:
    """Pair each SG with the CG that prepares its meetings: the first with the first, and so on."""
    steering, managers = (
        [body for body in problem.bodies if body.type is kind]
        for kind in (CommitteeType.STEERING, CommitteeType.MANAGERS)
    )
    return tuple(zip(steering, managers, strict=False))


def shortfalls(problem: Problem, meetings: Iterable[PlannedMeeting]) -> tuple[Shortfall, ...]:
    """List every slot that would have too few (MTG-7).

    A substitute who is a member of another meeting just then is not there either.
    """
    diary = Diary(problem)
    bodies = {body.code: body for body in problem.bodies}
    by_day: defaultdict[date, list[PlannedMeeting]] = defaultdict(list)
    for each in meetings:
        by_day[each.day].append(each)
    found = []
    for day in sorted(by_day):
        for each in sorted(by_day[day]):
            body = bodies[each.committee]
            elsewhere = {
                person
                for other in by_day[day]
                if other != each and _at_once(problem, bodies, (each, other))
                for person in bodies[other.committee].members
            } - set(body.members)
            there = diary.attendance(body, day=day, starts=each.starts, elsewhere=elsewhere)
            found += [
                Shortfall(meeting=each, slot=slot, short=short)
                for slot, short in sorted(there.short.items())
            ]
    return tuple(found)


def _at_once(
    problem: Problem, bodies: Mapping[CommitteeCode, Body], pair: Sequence[PlannedMeeting]
) -> bool:
    (one, other) = pair
    return overlap(
        one.starts,
        bodies[one.committee].minutes,
        other.starts,
        bodies[other.committee].minutes,
        travel=problem.rules.travel,
    )


def _windows_of(problem: Problem) -> dict[CommitteeCode, tuple[Window, ...]]:
    return {body.code: met_windows(problem, body) for body in problem.bodies}


def _rolled_back(problem: Problem, day: date) -> date:
    while not is_working(day, closed=problem.closed):
        day -= timedelta(days=1)
    return day
