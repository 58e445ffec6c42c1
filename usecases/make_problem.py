"""Make the planner's problem of the register, of who is away and busy, and of what is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from domain.absences import Absence
from domain.cadences import CADENCES, MINUTES
from domain.meeting_year import Habits, halves_of
from domain.people import (
    Committee,
    CommitteeType,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from domain.plan_runs import Terms
from domain.representation import facilitating_slot, required_slots
from domain.year_plan import (
    Attendee,
    Body,
    Policy,
    Problem,
    SeatNeed,
)
from storage.database import Transaction
from usecases.read_register import read_register

_TYPES = tuple(CommitteeType)
_HEAD_LEADS = frozenset({CommitteeType.STEERING, CommitteeType.MANAGERS})  # 003 §5.2.2, §5.3.2
_OWN_SEAT = frozenset({Seat.MEMBER, Seat.CHAIR})


async def make_problem(tx: Transaction, *, year: int, terms: Terms) -> Problem:
    """Read all that a plan is made from, in an order of its own: the same house, the same problem.

    Public holidays are not in it: whoever computes adds them. The winters beside the year are,
    for deadlines reach into them.
    """
    organisation = await read_register(tx)
    habits = await tx.year_calendar.habits()
    busy = await tx.year_calendar.busy()
    first, last = date(year - 1, 12, 1), date(year + 1, 1, 31)
    away = _by_person(await tx.absences.between(first, last))
    bodies = [
        _body(committee, organisation, habits.get(committee.code), terms=terms)
        for committee in sorted(
            organisation.committees, key=lambda each: (_TYPES.index(each.type), each.code)
        )
    ]
    people = sorted({person for body in bodies for person in _everybody_of(body)})
    return Problem(
        year=year,
        bodies=tuple(bodies),
        attendees=tuple(
            Attendee(
                id=person,
                busy=halves_of(busy.get(person, ())),
                away=_days(away[person], first, last),
            )
            for person in people
        ),
        closed=frozenset(each.day for each in await tx.year_calendar.closed(first, last)),
        school_holidays=tuple(
            each.planned for each in await tx.year_calendar.holidays(first, last)
        ),
    )


def facilitators_of(
    committee: Committee, seats: Iterable[Membership], people: Iterable[Person]
) -> tuple[PersonId, ...]:
    """Name who leads a committee's meetings, and then who stands in for them.

    Without a facilitator its chair leads, and SG and CG the head of secretariat.
    """
    own = [each for each in seats if each.committee == committee.code]
    fac = facilitating_slot(committee.type)
    leads = sorted(each.person for each in own if each.seat is Seat.FACILITATOR)
    stands_in = sorted(
        each.person for each in own if each.seat is Seat.SUBSTITUTE and each.slot == fac
    )
    if not leads:
        leads = sorted(each.person for each in own if each.seat is Seat.CHAIR)
    if not leads and committee.type in _HEAD_LEADS:
        leads = sorted(each.id for each in people if Office.HEAD in each.offices)
    return tuple(dict.fromkeys((*leads, *stands_in)))


def _body(
    committee: Committee, organisation: Organisation, habits: Habits | None, *, terms: Terms
) -> Body:
    own = habits or Habits(committee=committee.code)
    by_type = Policy.HOLD if committee.type in terms.holds else Policy.PAUSE
    leave = [each.days for each in terms.leave if each.committee == committee.code]
    return Body(
        code=committee.code,
        type=committee.type,
        cadence=CADENCES[committee.type],
        policy=own.policy or by_type,
        minutes=own.minutes or MINUTES[committee.type],
        seats=_seats(committee, organisation),
        facilitators=facilitators_of(committee, organisation.memberships, organisation.people),
        preferred=halves_of(own.preferred),
        barred=halves_of(own.barred),
        not_on=frozenset(day for days in leave for day in days),
    )


def _seats(committee: Committee, organisation: Organisation) -> tuple[SeatNeed, ...]:
    """Name every slot that somebody sits in or should, with who can stand in."""
    own = [each for each in organisation.memberships if each.committee == committee.code]
    least = {
        each.slot.code: each.least for each in required_slots(committee, organisation.institutions)
    }
    members = _by_slot(each for each in own if each.seat in _OWN_SEAT)
    substitutes = _by_slot(each for each in own if each.seat is Seat.SUBSTITUTE)
    return tuple(
        SeatNeed(
            slot=slot,
            least=least.get(slot, 0),
            members=members.get(slot, ()),
            substitutes=substitutes.get(slot, ()),
        )
        for slot in sorted({slot for slot in least if least[slot]} | members.keys())
    )


def _by_slot(seats: Iterable[Membership]) -> Mapping[str, tuple[PersonId, ...]]:
    found = defaultdict[str, list[PersonId]](list)
    for each in seats:
        found[each.slot].append(each.person)
    return {slot: tuple(sorted(people)) for slot, people in found.items()}


def _everybody_of(body: Body) -> Iterable[PersonId]:
    yield from body.facilitators
    for seat in body.seats:
        yield from (*seat.members, *seat.substitutes)


def _by_person(absences: Sequence[Absence]) -> defaultdict[PersonId, list[Absence]]:
    found = defaultdict[PersonId, list[Absence]](list)
    for each in absences:
        found[each.person].append(each)
    return found


def _days(absences: Iterable[Absence], first: date, last: date) -> frozenset[date]:
    return frozenset(
        day
        for each in absences
        for day in _from_to(max(each.from_on, first), min(each.to_on, last))
    )


def _from_to(from_on: date, to_on: date) -> Iterable[date]:
    return (from_on + timedelta(days=each) for each in range((to_on - from_on).days + 1))
