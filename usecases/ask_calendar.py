"""Ask for a meeting as a calendar file, and read what goes into it (MTG-19, MTG-20)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from domain.access import Action
from domain.calendar_entries import CalendarEntry, Guest, GuestReply
from domain.committee_meetings import CommitteeMeeting, MeetingState, Reply
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.people import Person
from storage.database import Transaction
from usecases import permit
from usecases.ask_once import ask_once
from usecases.prepare_meeting import runners

_ANSWERED = {
    Reply.ASKED: GuestReply.WAITING,
    Reply.COMING: GuestReply.ACCEPTED,
    Reply.SUBSTITUTE: GuestReply.DECLINED,
    Reply.DECLINED: GuestReply.DECLINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """A meeting for somebody's own calendar; their own invitation is all it says of people."""

    entry: CalendarEntry = field(repr=False)
    by: Person


async def ask_calendar(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Export:
    """Ask for the file; of the same meeting on the same day there is one.

    :raises RuleBroken: `committee_meeting.not_found`
    """
    meeting, _, _ = await permit.meeting(tx, by, Action.READ_MEETING, id, now=now)
    name = uuid5(id, f"calendar/{meeting.sequence}/{by.id}/{local_date(now)}")
    export = Export(id=name, kind=ExportKind.CALENDAR, about=id, reason=name, by=by.id, at=now)
    return await ask_once(tx, export)


async def calendar_page(tx: Transaction, export: Export, *, now: datetime) -> CalendarPage | None:
    """Read the meeting as its asker may read it now; None if they may not."""
    by = await tx.people.get(export.by)
    try:
        meeting, _, _ = await permit.meeting(tx, by, Action.READ_MEETING, export.about, now=now)
    except RuleBroken:
        return None
    return CalendarPage(entry=await entry_for(tx, meeting, by), by=by)


async def entry_for(tx: Transaction, meeting: CommitteeMeeting, person: Person) -> CalendarEntry:
    """Lay a meeting out for somebody's calendar, whatever they may."""
    own = await tx.committee_meetings.invitation(meeting.id, person.id)
    runs = (await runners(tx, meeting))[:1]
    organizer = await tx.people.get(runs[0]) if runs else person
    return CalendarEntry(
        id=meeting.id,
        reference=meeting.reference,
        committee=(await tx.organisation.committee(meeting.committee)).name,
        day=meeting.day,
        starts=meeting.starts,
        minutes=meeting.minutes,
        place=meeting.place,
        sequence=meeting.sequence,
        organizer=_guest(organizer, GuestReply.ACCEPTED),
        guests=() if own is None else (_guest(person, _ANSWERED[own.reply]),),
        cancelled=meeting.state is MeetingState.CANCELLED,
        link=await tx.outlook.join_link(meeting.id),
    )


def _guest(person: Person, reply: GuestReply) -> Guest:
    return Guest(name=person.name, email=person.email, reply=reply)
