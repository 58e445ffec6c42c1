"""Meetings of Valby's group as they stand in the database, who is asked, and who is away."""

from datetime import date, time
from uuid import uuid4

from domain.absences import Absence
from domain.committee_meetings import CommitteeMeeting, Invitation, MeetingState
from domain.people import Committee, Membership, Person, Seat
from tests.support.town import VALBY_GROUP, Town


async def a_meeting(
    town: Town,
    day: date,
    *,
    committee: Committee = VALBY_GROUP,
    starts: time = time(9),
    asks: tuple[Person, ...] = (),
    state: MeetingState = MeetingState.PLANNED,
) -> CommitteeMeeting:
    """Let there be a meeting, to which these are asked."""
    async with town.remembers() as tx:
        meeting = CommitteeMeeting(
            id=uuid4(),
            reference=await tx.committee_meetings.next_reference(day.year),
            committee=committee.code,
            year=day.year,
            number=None,
            day=day,
            starts=starts,
            minutes=120,
            state=state,
            called_at=town.hour.now,
        )
        await tx.committee_meetings.add([meeting])
        slots = {
            person.id: seat.slot for seat, person in await tx.organisation.members(committee.code)
        }
        await tx.committee_meetings.invite(
            [
                Invitation(
                    meeting=meeting.id,
                    person=person.id,
                    slot=slots.get(person.id, "KG.opt"),
                    asked_at=town.hour.now,
                )
                for person in asks
            ]
        )
    return meeting


async def asked(town: Town, meeting: CommitteeMeeting) -> set[str]:
    async with town.remembers() as tx:
        return {each.person for each in await tx.committee_meetings.invitations(meeting.id)}


def substitute(person: Person, *, slot: str = "KG.3") -> Membership:
    return Membership(
        committee=VALBY_GROUP.code, person=person.id, slot=slot, seat=Seat.SUBSTITUTE
    )


def standing_in(
    town: Town, meeting: CommitteeMeeting, person: Person, member: Person
) -> Invitation:
    return Invitation(
        meeting=meeting.id,
        person=person.id,
        slot="KG.3",
        stands_for=member.id,
        asked_at=town.hour.now,
    )


def away(town: Town, person: Person, day: date) -> Absence:
    return Absence(id=uuid4(), person=person.id, from_on=day, to_on=day, noted_at=town.hour.now)
