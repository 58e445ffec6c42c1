"""A steering group in the town: three who decide, a substitute, and the meetings of a spring."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_OID, uuid5

from domain.committee_meetings import CommitteeMeeting
from domain.dates import COPENHAGEN
from domain.people import (
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Organisation,
    Person,
    Seat,
)
from storage.database import Transaction
from tests.support.organisation_changes import with_people
from tests.support.town import HENRIETTE, LARS, OLE, ORGANISATION, RUTH, Town
from tests.support.townspeople import MANAGERS
from usecases.prepare_meeting import prepare

STEERING = Committee(
    code=CommitteeCode("SG"), type=CommitteeType.STEERING, name="SSP-styregruppen"
)
MEETS = date(2026, 4, 16)  # 45 days after the Monday the stories begin
NEXT = date(2026, 7, 2)
MANAGERS_MEET = date(2026, 3, 17)
PROPOSAL = {
    "recommendation": "1. at styregruppen godkender den fælles folder\nAt den trykkes i foråret",
    "problem": "Forældre spørger forskellige steder og får forskellige svar.",
    "solution": "Én folder, som alle myndigheder deler ud.",
    "economy": "Udgiften holdes inden for rammen.",
    "process": "Sekretariatet trykker den i maj.",
    "managers": "Chefgruppen drøftede folderen i marts og bakker op.",
}
ITEM = {
    "kind": "decision",
    "title": "Fælles folder til forældre",
    "words": "Udkastet er klar.",
    "annexes": "Udkast til folder https://intranet.example/folder",
}


def _seat(person: Person, slot: str, seat: Seat = Seat.MEMBER) -> Membership:
    return Membership(committee=STEERING.code, person=person.id, slot=slot, seat=seat)


def with_steering(*changed: Person) -> Organisation:
    """Give the town's register with a steering group in it."""
    return with_people(
        replace(
            ORGANISATION,
            committees=(*ORGANISATION.committees, STEERING),
            memberships=(
                *ORGANISATION.memberships,
                _seat(LARS, "SG.2"),
                _seat(RUTH, "SG.6"),
                _seat(OLE, "SG.6", Seat.SUBSTITUTE),
                _seat(HENRIETTE, "SG.7", Seat.CHAIR),
            ),
        ),
        *changed,
    )


def a_meeting(
    committee: Committee, day: date, number: int, *, called_at: datetime
) -> CommitteeMeeting:
    return CommitteeMeeting(
        id=uuid5(NAMESPACE_OID, f"{committee.code}/{number}"),
        reference=f"M{day.year}-{number:04}",
        committee=committee.code,
        year=day.year,
        number=number,
        day=day,
        starts=time(9),
        minutes=60,
        place="Rådhuset",
        called_at=called_at,
    )


async def plan(tx: Transaction, *meetings: CommitteeMeeting, now: datetime) -> None:
    await tx.committee_meetings.add(meetings)
    for each in meetings:
        await prepare(tx, each, now=now)


async def until(town: Town, day: date, hour: int = 9) -> None:
    """Let the house's clock run on to just past that hour in Copenhagen.

    What falls due is done in the first minute, and told in those after it.
    """
    there = datetime(day.year, day.month, day.day, hour, 1, tzinfo=COPENHAGEN)
    await town.passes(there - town.hour.now)
    for _ in range(3):
        await town.passes(timedelta(minutes=2))


async def a_spring(town: Town) -> CommitteeMeeting:
    """Let the steering group meet twice, and the managers' group before it; give the first."""
    now = town.hour.now
    await town.reorganises(with_steering())
    meetings = [
        a_meeting(STEERING, MEETS, 1, called_at=now),
        a_meeting(STEERING, NEXT, 2, called_at=now),
        a_meeting(MANAGERS, MANAGERS_MEET, 3, called_at=now),
    ]
    async with town.remembers() as tx:
        await plan(tx, *meetings, now=now)
    return meetings[0]
