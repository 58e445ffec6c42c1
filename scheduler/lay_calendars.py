"""The calendar files that are asked for: one meeting, or all of one's own (MTG-19)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cards.papers.calendar import cancellation, invitation, published
from cards.words import Say, speak
from domain.calendar_entries import CalendarEntry
from domain.exports import Export, ExportKind
from domain.notices import NoticeKind
from scheduler.lay import File, Kind, Make, called
from storage.database import Transaction
from usecases.ask_calendar import calendar_page
from usecases.ask_readiness_calendar import readiness_page
from usecases.my_meetings import my_calendar


async def _one(tx: Transaction, export: Export, now: datetime) -> Make | None:
    page = await calendar_page(tx, export, now=now)
    if page is None:
        return None
    say = speak(page.by.language)
    name = called(f"{page.entry.reference}-{page.entry.sequence}", export, "ics")
    return lambda: [File(name, written(page.entry, now=now, say=say))]


async def _readiness(tx: Transaction, export: Export, now: datetime) -> Make | None:
    page = await readiness_page(tx, export)
    if page is None:
        return None
    say = speak(page.by.language)
    number = page.entry.reference.replace("/", "-")
    name = called(f"{number}-{page.entry.sequence}", export, "ics")
    return lambda: [File(name, written(page.entry, now=now, say=say))]


async def _own(tx: Transaction, export: Export, now: datetime) -> Make | None:
    by = await tx.people.get(export.by)
    if not by.active:
        return None
    entries = await my_calendar(tx, by, now=now)
    name, say = called("moeder", export, "ics"), speak(by.language)
    return lambda: [File(name, published(entries, stamped_at=now, say=say))]


def written(entry: CalendarEntry, *, now: datetime, say: Say) -> bytes:
    """Write an invitation to who is asked, a cancellation of what is off, else the mere hour.

    Nobody is asked or let off by an organizer without an address (RFC 5546 §3.2).
    """
    if not entry.organizer.email:
        return published([entry], stamped_at=now, say=say)
    if entry.cancelled:
        return cancellation(entry, stamped_at=now, say=say)
    if any(guest.email for guest in entry.guests):
        return invitation(entry, stamped_at=now, say=say)
    return published([entry], stamped_at=now, say=say)


CALENDARS: Final[Mapping[ExportKind, Kind]] = {
    ExportKind.CALENDAR: Kind(read=_one, tells=NoticeKind.PAPER_READY, handed_out=True),
    ExportKind.READINESS_CALENDAR: Kind(
        read=_readiness, tells=NoticeKind.PAPER_READY, handed_out=True
    ),
    ExportKind.OWN_CALENDAR: Kind(read=_own, tells=NoticeKind.OWN_CALENDAR_LAID, handed_out=True),
}
