"""Meetings that may not move, and what they break all the same."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TypeVar

from domain.people import CommitteeCode, PersonId
from domain.year_plan import Body, Cause, CauseKind, PlannedMeeting, Problem
from scheduler.yearplan.attendance import overlap
from scheduler.yearplan.days import is_working

_Group = TypeVar("_Group")


def fixed_meetings(
    meetings: Collection[PlannedMeeting],
    *,
    frozen_until: date,
    held: Collection[tuple[CommitteeCode, int]],
) -> tuple[PlannedMeeting, ...]:
    """Give those that stay where they are: up to a day, that day included, and those held."""
    return tuple(
        each
        for each in sorted(meetings)
        if each.day <= frozen_until or (each.committee, each.number) in held
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Meetings that cannot all be where they are, and for whom.

    :param too_many: how many of them would have to be elsewhere.
    """

    meetings: tuple[PlannedMeeting, ...]
    persons: tuple[PersonId, ...] = ()
    too_many: int = 1

    @property
    def cause(self) -> Cause:
        days = [each.day for each in self.meetings]
        return Cause(
            kind=CauseKind.FROZEN,
            committees=tuple(sorted({each.committee for each in self.meetings})),
            persons=self.persons,
            from_on=min(days),
            to_on=max(days),
        )


def clashes(problem: Problem, meetings: Sequence[PlannedMeeting]) -> tuple[Clash, ...]:
    """Find what no meeting may do: a closed day, somebody in two places, a week's load.

    What a committee asks for itself, its days and the distance between them, is not looked at:
    a date that people have set is never refused for that (domain.md K1).
    """
    bodies = {body.code: body for body in problem.bodies}
    return (
        *_on_closed_days(meetings, closed=problem.closed),
        *_in_two_places(meetings, bodies=bodies, travel=problem.rules.travel),
        *_too_many_led(meetings, bodies=bodies, at_most=problem.rules.week_load),
    )


def in_both(
    one: PlannedMeeting,
    other: PlannedMeeting,
    *,
    bodies: Mapping[CommitteeCode, Body],
    travel: timedelta,
) -> tuple[PersonId, ...]:
    """Name who would have to be at two meetings at once."""
    first, second = bodies[one.committee], bodies[other.committee]
    if one.day != other.day or not overlap(
        one.starts, first.minutes, other.starts, second.minutes, travel=travel
    ):
        return ()
    return tuple(person for person in first.members if person in second.members)


def _on_closed_days(
    meetings: Sequence[PlannedMeeting], *, closed: Collection[date]
) -> Iterator[Clash]:
    for each in meetings:
        if not is_working(each.day, closed=closed):
            yield Clash(meetings=(each,))


def _in_two_places(
    meetings: Sequence[PlannedMeeting],
    *,
    bodies: Mapping[CommitteeCode, Body],
    travel: timedelta,
) -> Iterator[Clash]:
    for theirs in _grouped({each: each.day for each in meetings}).values():
        for one, other in combinations(theirs, 2):
            persons = in_both(one, other, bodies=bodies, travel=travel)
            if persons:
                yield Clash(meetings=(one, other), persons=persons)


def _too_many_led(
    meetings: Sequence[PlannedMeeting], *, bodies: Mapping[CommitteeCode, Body], at_most: int
) -> Iterator[Clash]:
    weeks = {
        each: (leader, each.day.isocalendar()[:2])
        for each in meetings
        if (leader := bodies[each.committee].leader) is not None
    }
    for (leader, _), theirs in _grouped(weeks).items():
        if len(theirs) > at_most:
            too_many = len(theirs) - at_most
            yield Clash(meetings=tuple(theirs), persons=(leader,), too_many=too_many)


def _grouped(keys: Mapping[PlannedMeeting, _Group]) -> dict[_Group, list[PlannedMeeting]]:
    groups: defaultdict[_Group, list[PlannedMeeting]] = defaultdict(list)
    for meeting, key in keys.items():
        groups[key].append(meeting)
    return groups
