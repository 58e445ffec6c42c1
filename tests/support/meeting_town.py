"""Committees of every kind with all their seats, and the meetings they hold in a year."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from domain.committee_meetings import CommitteeMeeting, meeting_id
from domain.people import (
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from domain.representation import SLOTS, facilitating_slot
from domain.working_days import is_working_day

BEGUN = datetime(2026, 11, 2, 9, tzinfo=UTC)  # when the year is published
# How many of each kind there are, and how many days lie between two meetings (CAL-1).
WHOLE: tuple[tuple[CommitteeType, int, int], ...] = (
    (CommitteeType.STEERING, 1, 91),
    (CommitteeType.MANAGERS, 1, 61),
    (CommitteeType.LEADER, 5, 30),
    (CommitteeType.SSP_PLUS_LEADER, 1, 91),
    (CommitteeType.LOCAL, 15, 30),
    (CommitteeType.COORDINATION, 7, 14),
    (CommitteeType.SSP_PLUS_COORDINATION, 1, 14),
)
FEW: tuple[tuple[CommitteeType, int, int], ...] = (
    (CommitteeType.STEERING, 1, 91),
    (CommitteeType.LOCAL, 1, 30),
    (CommitteeType.COORDINATION, 1, 14),
)
_LED = {CommitteeType.COORDINATION, CommitteeType.SSP_PLUS_COORDINATION}
_HOURS = (time(8, 30), time(9), time(10), time(12, 30), time(13))


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days of the story, both included."""

    from_on: date
    to_on: date

    def working_days(self) -> Iterator[date]:
        for number in range((self.to_on - self.from_on).days + 1):
            day = self.from_on + timedelta(days=number)
            if is_working_day(day):
                yield day


YEAR = Period(from_on=date(2027, 1, 1), to_on=date(2027, 12, 31))


def organisation(kinds: Sequence[tuple[CommitteeType, int, int]]) -> Organisation:
    """Fill every slot of every committee with people of their own, and half with a substitute."""
    numbers = count(1)
    committees = [
        Committee(code=CommitteeCode(f"{kind}{number}"), type=kind, name=f"{kind} {number}")
        for kind, many, _ in kinds
        for number in range(1, many + 1)
    ]
    people = [_person(next(numbers), Authority.SOF, Office.SEK)]
    seats: list[Membership] = []
    for committee in committees:
        for each in (slot for slot in SLOTS if slot.committee is committee.type):
            held = [Seat.MEMBER] * each.least
            for seat in [*held, *([Seat.SUBSTITUTE] if next(numbers) % 2 else [])]:
                person = _person(next(numbers), each.authority or Authority.SOF)
                people.append(person)
                seats.append(_seat(committee, person, each.code, seat))
        if committee.type in _LED:
            person = _person(next(numbers), Authority.SOF)
            people.append(person)
            slot = facilitating_slot(committee.type)
            seats.append(_seat(committee, person, slot, Seat.FACILITATOR))
    return Organisation(people=people, committees=committees, memberships=seats)


def meetings(
    kinds: Sequence[tuple[CommitteeType, int, int]], period: Period, *, seed: int
) -> list[CommitteeMeeting]:
    """Let each committee meet at its own hour, so often, on working days."""
    chance = random.Random(seed)  # noqa: S311
    references = count(1)
    found: list[CommitteeMeeting] = []
    for kind, many, days in kinds:
        for number in range(1, many + 1):
            code, starts = CommitteeCode(f"{kind}{number}"), chance.choice(_HOURS)
            day = period.from_on + timedelta(days=chance.randrange(1, days))
            for place in count(1):
                if day > period.to_on:
                    break
                found.append(_meeting(code, place, _worked(day), starts, next(references)))
                day += timedelta(days=days)
    return [each for each in found if each.day <= period.to_on]


def _worked(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _meeting(
    code: CommitteeCode, number: int, day: date, starts: time, reference: int
) -> CommitteeMeeting:
    return CommitteeMeeting(
        id=meeting_id(code, day.year, number),
        reference=f"M{day.year}-{reference:04}",
        committee=code,
        year=day.year,
        number=number,
        day=day,
        starts=starts,
        minutes=60,
        called_at=BEGUN,
    )


def _person(number: int, authority: Authority, *offices: Office) -> Person:
    return Person(
        id=PersonId(f"p{number}"),
        aad_id=f"a0000000-0000-4000-8000-{number:012}",
        name=f"Person {number}",
        authority=authority,
        function="Medarbejder",
        email=f"p{number}@ssp-demo.example",
        s115_covered=True,
        offices=frozenset(offices),
    )


def _seat(committee: Committee, person: Person, slot: str, seat: Seat) -> Membership:
    return Membership(committee=committee.code, person=person.id, slot=slot, seat=seat)
