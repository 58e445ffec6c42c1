"""Faults put into a plan that has none, each of a kind that the checker must name (MTG-2)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise
from random import Random

from bench.support.plan_checker import Checker, Violation
from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.year_plan import Body, Cadence, HalfDay, PlannedMeeting, Policy, Problem

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Green:
    """A problem, and a plan of it without a fault."""

    problem: Problem
    meetings: tuple[PlannedMeeting, ...]
    checker: Checker

    def body(self, code: CommitteeCode) -> Body:
        """Give one of the committees.

        :raises KeyError: when there is none of that code.
        """
        return {body.code: body for body in self.problem.bodies}[code]

    def of(self, code: CommitteeCode) -> list[PlannedMeeting]:
        return sorted(each for each in self.meetings if each.committee == code)

    def with_(self, *changed: tuple[PlannedMeeting, PlannedMeeting]) -> list[PlannedMeeting]:
        """Put other meetings in the place of some."""
        new = dict(changed)
        return [new.get(each, each) for each in self.meetings]


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A plan with one fault in it.

    :param about: the committee or person that the checker must name.
    :param problem: where the fault is that the plan is now one of another problem.
    """

    meetings: Sequence[PlannedMeeting]
    about: str
    problem: Problem | None = None


def is_found(green: Green, kind: str, chance: Random) -> bool:
    """Break the plan in one way, and tell whether the checker names it where it is."""
    broken = DEFECTS[kind](green, chance)
    checker = green.checker if broken.problem is None else Checker(broken.problem)
    return is_named(checker.violations(broken.meetings), kind, broken.about)


def is_named(violations: Iterable[Violation], kind: str, about: str) -> bool:
    named = kind.partition(":")[0]
    return any(
        each.kind == named and (each.committee == about or about in each.words)
        for each in violations
    )


def _any(green: Green, chance: Random, *, but: Callable[[Body], bool] = bool) -> PlannedMeeting:
    codes = {body.code for body in green.problem.bodies if but(body)}
    return chance.choice([each for each in green.meetings if each.committee in codes])


def _moved(green: Green, one: PlannedMeeting, day: date) -> Broken:
    return Broken(meetings=green.with_((one, replace(one, day=day))), about=one.committee)


def _at(green: Green, one: PlannedMeeting, starts: time) -> Broken:
    return Broken(meetings=green.with_((one, replace(one, starts=starts))), about=one.committee)


def _leave_out(green: Green, chance: Random) -> Broken:
    one = _any(green, chance)
    return Broken(meetings=[each for each in green.meetings if each != one], about=one.committee)


def _once_more(green: Green, chance: Random) -> Broken:
    one = _any(green, chance)
    more = replace(one, day=_same_window(one, chance), number=one.number + 1)
    return Broken(meetings=[*green.meetings, more], about=one.committee)


def _same_window(one: PlannedMeeting, chance: Random) -> date:
    """Give another day of the same week and the same month."""
    monday = one.day - one.day.weekday() * DAY
    days = [monday + number * DAY for number in range(7)]
    return chance.choice([day for day in days if day.month == one.day.month and day != one.day])


def _no_such_committee(green: Green, chance: Random) -> Broken:
    one, code = _any(green, chance), CommitteeCode("XX-99")
    return Broken(meetings=green.with_((one, replace(one, committee=code))), about=code)


def _number_twice(green: Green, chance: Random) -> Broken:
    one = _any(green, chance)
    other = replace(one, number=one.number + chance.choice((-1, 1)))
    return Broken(meetings=green.with_((one, other)), about=one.committee)


def _on_a_weekend(green: Green, chance: Random) -> Broken:
    one = _any(green, chance)
    saturday = one.day + (SATURDAY - one.day.weekday()) * DAY
    return _moved(green, one, saturday + chance.randrange(2) * DAY)


def _on_a_holiday(green: Green, chance: Random) -> Broken:
    days = [day for day in green.problem.closed if day.year == green.problem.year]
    return _moved(green, _any(green, chance), chance.choice(sorted(days)))


def _holiday_forgotten(green: Green, chance: Random) -> Broken:
    """Let the problem itself not know a holiday, and meet on it."""
    year = green.problem.year
    days = [date(year, 1, 1), date(year, 12, 24), date(year, 12, 31), date(year, 5, 1)]
    one, day = _any(green, chance), chance.choice(days)
    return replace(
        _moved(green, one, day),
        problem=replace(green.problem, closed=green.problem.closed - {day}),
    )


def _in_the_school_holidays(green: Green, chance: Random) -> Broken:
    one = _any(green, chance, but=lambda body: body.policy is Policy.PAUSE)
    days = [day for holiday in green.problem.school_holidays for day in holiday.days()]
    return _moved(green, one, chance.choice(sorted(days)))


def _out_of_the_year(green: Green, chance: Random) -> Broken:
    return _moved(
        green, _any(green, chance), date(green.problem.year + 1, 1, chance.choice((4, 9)))
    )


def _early(green: Green, chance: Random) -> Broken:
    return _at(green, _any(green, chance), time(7, chance.choice((0, 15, 30))))


def _late(green: Green, chance: Random) -> Broken:
    return _at(green, _any(green, chance), time(chance.choice((15, 16, 17)), 15))


def _at_an_odd_time(green: Green, chance: Random) -> Broken:
    return _at(green, _any(green, chance), time(11, chance.choice((5, 10, 20))))


def _soon_after(green: Green, chance: Random) -> Broken:
    least = {cadence: gap[0] for cadence, gap in green.problem.rules.gaps.items()}
    one = _any(green, chance)
    first, second = chance.choice(list(pairwise(green.of(one.committee))))
    near = first.day + chance.randrange(1, least[green.body(one.committee).cadence]) * DAY
    return _moved(green, second, near)


def _long_after(green: Green, chance: Random) -> Broken:
    """Draw two fortnightly meetings of neighbouring periods as far apart as those reach."""
    one = _any(green, chance, but=lambda body: body.cadence is Cadence.FORTNIGHT)
    first, second = chance.choice(
        [
            (before, after)
            for before, after in pairwise(green.of(one.committee))
            if (after.day - before.day).days <= green.problem.rules.gaps[Cadence.FORTNIGHT][1]
            and _pair(after.day) == _pair(before.day) + 1
        ]
    )
    monday = (
        first.day - first.day.weekday() * DAY - (first.day.isocalendar().week + 1) % 2 * 7 * DAY
    )
    early, late = monday, monday + 24 * DAY + chance.randrange(1, 4) * DAY
    return Broken(
        meetings=green.with_(
            (first, replace(first, day=early)), (second, replace(second, day=late))
        ),
        about=one.committee,
    )


def _pair(day: date) -> int:
    return (day.isocalendar().week + 1) // 2


def _meeting_together(green: Green, chance: Random) -> tuple[PlannedMeeting, PlannedMeeting]:
    """Give two meetings of different committees that somebody belongs to both of."""
    while True:
        one, other = _any(green, chance), _any(green, chance)
        ours, theirs = green.body(one.committee), green.body(other.committee)
        if ours.code != theirs.code and set(ours.members) & set(theirs.members):
            return one, other


def _in_two_places(green: Green, chance: Random) -> Broken:
    one, other = _meeting_together(green, chance)
    same = replace(one, day=other.day, starts=other.starts)
    return Broken(meetings=green.with_((one, same)), about=one.committee)


def _no_time_to_travel(green: Green, chance: Random) -> Broken:
    one, other = _meeting_together(green, chance)
    ends = other.starts.hour * 60 + other.starts.minute + green.body(other.committee).minutes
    soon = ends + chance.randrange(30)
    after = replace(one, day=other.day, starts=time(soon // 60, soon % 60))
    return Broken(meetings=green.with_((one, after)), about=one.committee)


def _too_much_for_one(green: Green, chance: Random) -> Broken:
    """Put so many meetings of one who leads into one week that it is one too many."""
    some = green.problem.rules.week_load + 1
    led: dict[PersonId, list[PlannedMeeting]] = {}
    for each in green.meetings:
        if (leader := green.body(each.committee).leader) is not None:
            led.setdefault(leader, []).append(each)
    who = chance.choice([leader for leader, theirs in led.items() if len(theirs) >= some])
    crowded = chance.sample(led[who], some)
    monday = crowded[0].day - crowded[0].day.weekday() * DAY
    moved = [(each, replace(each, day=monday + chance.randrange(5) * DAY)) for each in crowded]
    return Broken(meetings=green.with_(*moved), about=who)


def _on_a_barred_half_day(green: Green, chance: Random) -> Broken:
    one = _any(green, chance)
    half = HalfDay(weekday=one.day.isoweekday(), afternoon=one.starts >= time(12))
    return _forbidding(green, one, replace(green.body(one.committee), barred=frozenset({half})))


def _on_a_day_it_never_meets(green: Green, chance: Random) -> Broken:
    one = _any(green, chance)
    return _forbidding(green, one, replace(green.body(one.committee), not_on=frozenset({one.day})))


def _forbidding(green: Green, one: PlannedMeeting, instead: Body) -> Broken:
    bodies = tuple(instead if body.code == instead.code else body for body in green.problem.bodies)
    return Broken(
        meetings=green.meetings,
        about=one.committee,
        problem=replace(green.problem, bodies=bodies),
    )


def _no_managers_between(green: Green, chance: Random) -> Broken:
    """Move every CG meeting between two SG meetings to after the second one's agenda is sent."""
    codes = {body.type: body.code for body in green.problem.bodies}
    steering = green.of(codes[CommitteeType.STEERING])
    new_year = replace(steering[0], day=date(green.problem.year, 1, 1))
    before, after = chance.choice(list(pairwise([new_year, *steering])))
    agenda = after.day - green.problem.rules.provisional_before * DAY
    between = [
        each for each in green.of(codes[CommitteeType.MANAGERS]) if before.day < each.day < agenda
    ]
    late = agenda + chance.randrange(28) * DAY
    return Broken(
        meetings=green.with_(*((each, replace(each, day=late)) for each in between)),
        about=after.committee,
    )


DEFECTS: dict[str, Callable[[Green, Random], Broken]] = {
    "missing": _leave_out,
    "too_many": _once_more,
    "unknown": _no_such_committee,
    "number": _number_twice,
    "free_day:weekend": _on_a_weekend,
    "free_day:holiday": _on_a_holiday,
    "free_day:forgotten": _holiday_forgotten,
    "school_holiday": _in_the_school_holidays,
    "outside": _out_of_the_year,
    "hours:early": _early,
    "hours:late": _late,
    "start": _at_an_odd_time,
    "too_soon": _soon_after,
    "too_late": _long_after,
    "two_places": _in_two_places,
    "two_places:travel": _no_time_to_travel,
    "load": _too_much_for_one,
    "barred": _on_a_barred_half_day,
    "not_on": _on_a_day_it_never_meets,
    "chain": _no_managers_between,
}
