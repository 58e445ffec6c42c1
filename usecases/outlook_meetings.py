"""Which meetings Outlook is to know of: those to come, and what was called off meanwhile."""

from datetime import datetime
from uuid import UUID

from domain.calendar_entries import CalendarEntry, Guest
from domain.readiness_meetings import LASTS, ReadinessMeeting, day_of, hour_of
from storage.database import Transaction
from usecases.read_readiness_meeting import reference_of

_NOBODY = Guest(name="", email="")


async def outlook_meetings(tx: Transaction, *, now: datetime) -> list[CalendarEntry]:
    """List the meetings to come, the next first, without guests; what has begun stays as it is."""
    readiness = [
        await readiness_entry(tx, each) for each in await tx.outlook.readiness_hours(now=now)
    ]
    entries = [*await tx.outlook.hours(now=now), *(each for each in readiness if each)]
    ahead = [each for each in entries if each.begins_at > now]
    return sorted(ahead, key=lambda each: (each.begins_at, each.id))


async def readiness_entry(tx: Transaction, id: UUID) -> CalendarEntry | None:
    """Lay out a readiness meeting for the mailbox's calendar; None where there is none."""
    meeting = await tx.readiness_meetings.find(id)
    alert = None if meeting is None else await tx.alerts.find(meeting.alert)
    if meeting is None or alert is None:
        return None
    return _entry(meeting, reference=reference_of(alert, meeting), drill=alert.drill)


async def named(tx: Transaction, id: UUID) -> CalendarEntry | None:
    """Name a meeting of either kind, by its id in Outlook's rows."""
    meeting = await tx.committee_meetings.find(id)
    if meeting is None:
        return await readiness_entry(tx, id)
    return CalendarEntry(
        id=meeting.id,
        reference=meeting.reference,
        committee=(await tx.organisation.committee(meeting.committee)).name,
        day=meeting.day,
        starts=meeting.starts,
        minutes=meeting.minutes,
        place=meeting.place,
        sequence=meeting.sequence,
        organizer=_NOBODY,
    )


def _entry(meeting: ReadinessMeeting, *, reference: str, drill: bool) -> CalendarEntry:
    return CalendarEntry(
        id=meeting.id,
        reference=reference,
        committee="",
        day=day_of(meeting.begins_at),
        starts=hour_of(meeting.begins_at),
        minutes=LASTS,
        place=meeting.place,
        link=meeting.link,
        sequence=meeting.sequence,
        organizer=_NOBODY,
        cancelled=meeting.is_off,
        readiness=True,
        drill=drill,
    )
