"""Who of a committee could be at a meeting: who is busy or away, and where a slot falls short."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from domain.people import PersonId
from domain.year_plan import Attendee, Body, HalfDay, Problem

NOON = 12 * 60
LEADING = "leading"
"""The slot of whoever leads a meeting; the others are named by domain.md §3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How many members are missing, and how many places each slot then lacks."""

    missing: int
    short: Mapping[str, int]


class Diary:
    """When the people of a problem are busy or away; who is not in it never is."""

    def __init__(self, problem: Problem) -> None:
        self._people = {each.id: each for each in problem.attendees}
        self._known: dict[tuple[object, ...], Attendance] = {}

    def attendance(
        self,
        body: Body,
        *,
        day: date,
        starts: time,
        elsewhere: Collection[PersonId] = frozenset(),
    ) -> Attendance:
        """Tell who could be there; `elsewhere` are people that another meeting needs."""
        halves = halves_touched(day, starts=starts, minutes=body.minutes)
        away = frozenset(
            each.id for each in self._of(body) if day in each.away or each.id in elsewhere
        )
        key = (body.code, halves, away)
        if key not in self._known:
            self._known[key] = self._attendance(body, halves=halves, away=away)
        return self._known[key]

    def _of(self, body: Body) -> Iterator[Attendee]:
        for person in concerned(body):
            if person in self._people:
                yield self._people[person]

    def _attendance(
        self, body: Body, *, halves: frozenset[HalfDay], away: frozenset[PersonId]
    ) -> Attendance:
        gone = away | {each.id for each in self._of(body) if each.busy & halves}
        missing = 0
        short = {}
        standing_in: set[PersonId] = set(body.members)
        places = [(seat.slot, seat.least, seat.members, seat.substitutes) for seat in body.seats]
        if body.facilitators:
            places.append((LEADING, 1, body.facilitators[:1], body.facilitators[1:]))
        for slot, least, members, substitutes in places:
            there = sum(person not in gone for person in members)
            missing += len(members) - there
            free = [each for each in substitutes if each not in gone and each not in standing_in]
            called = free[: max(0, least - there)]
            standing_in.update(called)
            if there + len(called) < least:
                short[slot] = least - there - len(called)
        return Attendance(missing=missing, short=short)


def concerned(body: Body) -> tuple[PersonId, ...]:
    """Name everybody whose absence can matter: members, substitutes, who leads; each once."""
    seated = (each for seat in body.seats for each in (*seat.members, *seat.substitutes))
    return tuple(dict.fromkeys((*body.facilitators, *seated)))


def halves_touched(day: date, *, starts: time, minutes: int) -> frozenset[HalfDay]:
    begin = minute(starts)
    touched = {begin >= NOON, begin + minutes > NOON}
    return frozenset(
        HalfDay(weekday=day.isoweekday(), afternoon=afternoon) for afternoon in touched
    )


def minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def overlap(
    starts: time, minutes: int, other_starts: time, other_minutes: int, *, travel: timedelta
) -> bool:
    """Tell whether somebody cannot be at both of two meetings on one day."""
    gap = int(travel.total_seconds()) // 60
    begin, other = minute(starts), minute(other_starts)
    return begin < other + other_minutes + gap and other < begin + minutes + gap
