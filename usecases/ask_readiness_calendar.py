"""Ask for a readiness meeting as a calendar file, and read what goes into it (BER-41)."""

from datetime import datetime
from uuid import UUID, uuid5

from domain.calendar_entries import CalendarEntry, Guest, GuestReply
from domain.committee_meetings import Reply
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.people import Person
from domain.readiness_meetings import LASTS, day_of, hour_of
from storage.database import Transaction
from usecases.ask_calendar import CalendarPage
from usecases.ask_once import ask_once
from usecases.read_readiness_meeting import reference_of, see_readiness_meeting

_ANSWERED = {
    Reply.ASKED: GuestReply.WAITING,
    Reply.COMING: GuestReply.ACCEPTED,
    Reply.SUBSTITUTE: GuestReply.DECLINED,
    Reply.DECLINED: GuestReply.DECLINED,
}


async def ask_readiness_calendar(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> Export:
    """Ask for the file; of the same meeting, as it stands, there is one.

    :raises RuleBroken: `readiness_meeting.not_found`
    """
    seen = await see_readiness_meeting(tx, id=id, by=by)
    name = uuid5(id, f"calendar/{seen.meeting.version}/{by.id}/{local_date(now)}")
    export = Export(
        id=name,
        kind=ExportKind.READINESS_CALENDAR,
        about=id,
        reason=name,
        by=by.id,
        at=now,
    )
    return await ask_once(tx, export)


async def readiness_number(tx: Transaction, id: UUID) -> tuple[str, bool]:
    """Give the number of a readiness meeting, empty where there is none; and if it is a drill."""
    meeting = await tx.readiness_meetings.find(id)
    alert = await tx.alerts.find(meeting.alert) if meeting else None
    return (reference_of(alert, meeting), alert.drill) if alert and meeting else ("", False)


async def readiness_page(tx: Transaction, export: Export) -> CalendarPage | None:
    """Read the meeting as its asker may read it now; None if they may not."""
    by = await tx.people.get(export.by)
    try:
        seen = await see_readiness_meeting(tx, id=export.about, by=by)
    except RuleBroken:
        return None
    meeting, own = seen.meeting, seen.own
    caller = seen.people.get(meeting.called_by, by)
    entry = CalendarEntry(
        id=meeting.id,
        reference=seen.reference,
        committee="",
        readiness=True,
        drill=seen.alert.drill,
        day=day_of(meeting.begins_at),
        starts=hour_of(meeting.begins_at),
        minutes=LASTS,
        place=meeting.link or meeting.place,
        sequence=meeting.sequence,
        organizer=_guest(caller, GuestReply.ACCEPTED),
        guests=() if own is None else (_guest(by, _ANSWERED[own.reply]),),
        cancelled=meeting.is_off,
    )
    return CalendarPage(entry=entry, by=by)


def _guest(person: Person, reply: GuestReply) -> Guest:
    return Guest(name=person.name, email=person.email, reply=reply)
