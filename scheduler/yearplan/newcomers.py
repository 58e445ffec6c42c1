"""Committees that have come since a plan was made: what is left of the year for them (MTG-10)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from domain.people import CommitteeCode
from domain.year_plan import PlannedMeeting, Problem, Rhythm
from scheduler.yearplan.board import Option, Sitting
from scheduler.yearplan.cost import Costs
from scheduler.yearplan.frozen import in_both


def newcomers(
    problem: Problem, meetings: Iterable[PlannedMeeting], *, before: Problem
) -> frozenset[CommitteeCode]:
    """Name the committees that the old problem did not have, and that never met that year."""
    known = {body.code for body in before.bodies} | {each.committee for each in meetings}
    return frozenset(body.code for body in problem.bodies) - known


def still_to_come(sittings: Iterable[Sitting], *, frozen_until: date) -> Iterator[Sitting]:
    """Give those of the windows of which at least half lies after the frozen days, placed there.

    One that has begun is left out where nothing of it can be used.
    """
    for each in sittings:
        left = sum(day > frozen_until for day in each.window.days)
        late = tuple(option for option in each.options if option.day > frozen_until)
        begun = left < len(each.window.days)
        if not begun or (late and 2 * left >= len(each.window.days)):
            yield replace(each, options=late)


def first_rhythm(
    problem: Problem, sittings: Sequence[Sitting], here: Collection[PlannedMeeting]
) -> Rhythm:
    """Choose the cheapest weekday, hour and week for a newcomer while the others stay.

    :param sittings: the newcomer's, each with a place to choose.
    :param here: where the others' meetings lie.
    """
    costs = Costs(problem)
    free = [_beside(problem, each, _by_day(here)) or each.options for each in sittings]

    def price(rhythm: Rhythm) -> int:
        return sum(
            min(
                option.cost
                + costs.rhythm(
                    off=(option.day.isoweekday(), option.starts)
                    != (rhythm.weekday, rhythm.starts),
                    wrong=option.week != rhythm.week,
                )
                for option in options
            )
            for options in free
        )

    every = {
        Rhythm(weekday=option.day.isoweekday(), starts=option.starts, week=option.week)
        for options in free
        for option in options
    }
    return min(every, key=lambda each: (price(each), each.weekday, each.starts, each.week))


def _by_day(meetings: Iterable[PlannedMeeting]) -> Mapping[date, Sequence[PlannedMeeting]]:
    found: defaultdict[date, list[PlannedMeeting]] = defaultdict(list)
    for each in meetings:
        found[each.day].append(each)
    return found


def _beside(
    problem: Problem, sitting: Sitting, that_day: Mapping[date, Sequence[PlannedMeeting]]
) -> tuple[Option, ...]:
    """Give the places at which nobody would have to be elsewhere too."""
    bodies = {body.code: body for body in problem.bodies}
    return tuple(
        option
        for option in sitting.options
        if not any(
            in_both(sitting.at(option), other, bodies=bodies, travel=problem.rules.travel)
            for other in that_day.get(option.day, ())
        )
    )
