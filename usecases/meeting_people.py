"""Whom a committee's agenda and minutes concern: who reads them, approves them, gets them."""

from collections.abc import Iterable, Sequence

from domain.appointments import appoints
from domain.committee_meetings import CommitteeMeeting, Reply
from domain.leadership import Roster
from domain.minutes import APPROVED_BY, DISTRIBUTED_TO, Approval, Receiver
from domain.people import (
    Committee,
    CommitteeCode,
    CommitteeType,
    Membership,
    Office,
    Person,
    PersonId,
    Seat,
)
from domain.roles import Actor
from storage.database import Transaction
from usecases.read_roster import read_roster

STANDING = frozenset({Seat.MEMBER, Seat.CHAIR})


async def who_reads(tx: Transaction, meeting: CommitteeMeeting) -> list[PersonId]:
    """Name those an agenda is for: who sits there, and the substitutes who are asked."""
    members = await tx.organisation.members(meeting.committee)
    seated = [each.id for seat, each in members if seat.seat is not Seat.SUBSTITUTE]
    coming = {
        each.person
        for each in await tx.committee_meetings.invitations(meeting.id)
        if each.reply is not Reply.DECLINED
    }
    substitutes = [
        each.id for seat, each in members if seat.seat is Seat.SUBSTITUTE and each.id in coming
    ]
    return list(dict.fromkeys([*seated, *substitutes, *await who_leads(tx, meeting)]))


async def who_leads(tx: Transaction, meeting: CommitteeMeeting) -> list[PersonId]:
    """Name who leads a meeting: its facilitator, the chair, or the head of the Secretariat.

    Of several facilitators the one who is named leads, for as long as they are one (APP-2).
    """
    matter = await tx.matters.of_meeting(meeting)
    members = await tx.organisation.members(meeting.committee)
    facilitating = [each.id for seat, each in members if seat.seat is Seat.FACILITATOR]
    chairs = [each.id for seat, each in members if seat.seat is Seat.CHAIR]
    named = [each for each in facilitating if matter.lead in {None, each}]
    if matter.head_leads or not (named or chairs):
        named += [each.id for each in await tx.people.of_office(Office.HEAD)]
    return list(dict.fromkeys([*named, *chairs]))


async def who_approves(tx: Transaction, meeting: CommitteeMeeting) -> list[PersonId]:
    """Name whose word makes the minutes final (SGF-4)."""
    committee = await tx.organisation.committee(meeting.committee)
    if APPROVED_BY[committee.type] is Approval.LEADER:
        return await who_leads(tx, meeting)
    members = await tx.organisation.members(meeting.committee)
    return list(dict.fromkeys(each.id for seat, each in members if seat.seat in STANDING))


async def who_else_receives(tx: Transaction, meeting: CommitteeMeeting) -> list[PersonId]:
    """Name the other relevant actors, who get the minutes once they are approved (SGF-4)."""
    committee = await tx.organisation.committee(meeting.committee)
    chosen = await tx.minutes.receivers(meeting.committee)
    wanted = DISTRIBUTED_TO[committee.type] if chosen is None else chosen
    roster = await read_roster(tx)
    found = [each for receiver in sorted(wanted) for each in _named(receiver, committee, roster)]
    return list(dict.fromkeys(found))


def _named(receiver: Receiver, committee: Committee, roster: Roster) -> Sequence[PersonId]:
    match receiver:
        case Receiver.SECRETARIAT:
            offices = {Office.SEK, Office.HEAD}
            return [each.id for each in roster.people.values() if each.offices & offices]
        case Receiver.SUBSTITUTES:
            seats = _seats(roster, [committee.code])
            return [each.person for each in seats if each.seat is Seat.SUBSTITUTE]
        case Receiver.MANAGERS:
            return [
                each
                for each in roster.people
                if any(
                    roster.committees[seat.committee].type is CommitteeType.MANAGERS
                    and seat.seat in STANDING
                    for seat in roster.seats[each]
                )
            ]
        case Receiver.APPOINTING:
            members = {each.person for each in _seats(roster, [committee.code])}
            authorities = {roster.people[each].authority for each in members}
            return [
                each
                for each, person in roster.people.items()
                if each not in members
                and person.authority in authorities
                and appoints(_actor(person, roster), person.authority, committee)
            ]


def _seats(roster: Roster, codes: Iterable[CommitteeCode]) -> list[Membership]:
    wanted = set(codes)
    return [seat for held in roster.seats.values() for seat in held if seat.committee in wanted]


def _actor(person: Person, roster: Roster) -> Actor:
    seats = roster.seats[person.id]
    return Actor(
        person=person,
        memberships=seats,
        committees={each.committee: roster.committees[each.committee] for each in seats},
    )
