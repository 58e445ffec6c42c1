"""A problem laid out: every meeting that is to be placed, and every place it could have."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from domain.people import CommitteeCode, PersonId
from domain.year_plan import Body, PlannedMeeting, Policy, Problem
from scheduler.yearplan.attendance import halves_touched, minute
from scheduler.yearplan.cost import Costs
from scheduler.yearplan.days import is_working
from scheduler.yearplan.windows import Window, met_windows, school_days_off, windows


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A place that a meeting could have.

    :param week: of its window.
    :param cost: by itself, whatever the rhythm and the other meetings.
    """

    day: date
    starts: time
    week: int
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A meeting that is to be placed: the `number`-th of its committee."""

    body: Body
    number: int
    window: Window
    options: tuple[Option, ...]

    @property
    def key(self) -> tuple[CommitteeCode, int]:
        return self.body.code, self.number

    def at(self, option: Option) -> PlannedMeeting:
        return PlannedMeeting(
            committee=self.body.code, number=self.number, day=option.day, starts=option.starts
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How many days a meeting lies after the one before it, at least and at most."""

    before: Sitting
    after: Sitting
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Committees that the same people sit in, so that no two of them meet at once."""

    bodies: tuple[Body, ...]
    persons: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The sittings of a problem, a committee's own side by side and in order."""

    problem: Problem
    sittings: tuple[Sitting, ...]

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Give the committees that there are sittings of."""
        return tuple({each.body.code: each.body for each in self.sittings}.values())

    def of(self, body: Body) -> tuple[Sitting, ...]:
        return tuple(each for each in self.sittings if each.body.code == body.code)

    def gaps(self) -> Iterator[Gap]:
        """Give the gaps between neighbours; where windows are paused between, it may be longer."""
        for before, after in zip(self.sittings, self.sittings[1:], strict=False):
            if before.body.code != after.body.code:
                continue
            least, most = self.problem.rules.gaps[before.body.cadence]
            paused = windows(before.body.cadence, self.problem.year)
            between = paused[before.window.number : after.window.number - 1]
            yield Gap(
                before=before,
                after=after,
                least=least,
                most=most + sum(len(window.days) for window in between),
            )


def board(problem: Problem) -> Board:
    """Lay a problem out. A sitting without options says that there can be no plan."""
    costs = Costs(problem)
    off = school_days_off(problem)
    sittings = []
    for body in problem.bodies:
        starts = _starts(problem, body)
        shut = problem.closed | body.not_on
        if body.policy is Policy.PAUSE:
            shut |= off
        for number, window in enumerate(met_windows(problem, body), 1):
            options = tuple(
                Option(
                    day=day,
                    starts=each,
                    week=window.week(day),
                    cost=costs.place(body, day=day, starts=each),
                )
                for day in window.days
                if is_working(day, closed=shut)
                for each in starts
                if not halves_touched(day, starts=each, minutes=body.minutes) & body.barred
            )
            sittings.append(Sitting(body=body, number=number, window=window, options=options))
    return Board(problem=problem, sittings=tuple(sittings))


def shared(bodies: Sequence[Body]) -> tuple[Shared, ...]:
    """Find the largest sets of committees that somebody sits in: the smaller lie in them."""
    committees: defaultdict[PersonId, list[Body]] = defaultdict(list)
    for body in bodies:
        for person in body.members:
            committees[person].append(body)
    persons: defaultdict[tuple[CommitteeCode, ...], list[PersonId]] = defaultdict(list)
    for person, theirs in committees.items():
        if len(theirs) > 1:
            persons[tuple(body.code for body in theirs)].append(person)
    by_code = {body.code: body for body in bodies}
    sets = [frozenset(codes) for codes in persons]
    return tuple(
        Shared(bodies=tuple(by_code[code] for code in codes), persons=tuple(theirs))
        for codes, theirs in persons.items()
        if not any(frozenset(codes) < other for other in sets)
    )


def moments(
    bodies: Sequence[Body], *, starts: Sequence[time], travel: timedelta
) -> Iterator[frozenset[tuple[CommitteeCode, time]]]:
    """Give the largest sets of (committee, start) of which a person can be at one only, on a day.

    Meetings that overlap two by two overlap all at once when the last of them starts.
    """
    gap = int(travel.total_seconds()) // 60
    sets = []
    for moment in starts:
        at = minute(moment)
        running = frozenset(
            (body.code, each)
            for body in bodies
            for each in starts
            if minute(each) <= at < minute(each) + body.minutes + gap
        )
        sets.append(running)
    for running in dict.fromkeys(sets):
        if not any(running < other for other in sets):
            yield running


def _starts(problem: Problem, body: Body) -> tuple[time, ...]:
    rules = problem.rules
    return tuple(
        each
        for each in rules.starts
        if each >= rules.earliest and minute(each) + body.minutes <= minute(rules.latest)
    )
