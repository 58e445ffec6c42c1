"""Lay the calendar files that were asked for in the folder: one meeting each (MTG-19)."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path

from cards.papers.calendar import cancellation, invitation, published
from cards.words import Say, speak
from domain.calendar_entries import CalendarEntry
from domain.exports import Export, ExportKind
from domain.notices import Notice, NoticeKind
from scheduler.files import put
from storage.database import Database, Transaction
from usecases.ask_calendar import calendar_page

log = logging.getLogger(__name__)


async def lay_calendars(database: Database, *, folder: Path | None, now: datetime) -> None:
    """Write what waits, each by itself; whoever asked is told where it lies, or why not.

    :param folder: where they are laid; None where no folder has been named.
    """
    async with database.transaction() as tx:
        waiting = await tx.exports.waiting(ExportKind.CALENDAR)
    for each in waiting:
        try:
            async with database.transaction() as tx:
                await _lay(tx, each, folder=folder, now=now)
        except OSError:
            log.exception("export %s could not be written; it is tried again", each.id)


async def _lay(tx: Transaction, export: Export, *, folder: Path | None, now: datetime) -> None:
    page = None if folder is None else await calendar_page(tx, export, now=now)
    if folder is None or page is None:
        why_not = "no_folder" if folder is None else "not_permitted"
        await tx.exports.refused(export.id, why_not=why_not)
    else:
        entry = page.entry
        name = f"{entry.reference}-{entry.sequence}-{export.id.hex[:8]}.ics"
        content = written(entry, now=now, say=speak(page.by.language))
        await asyncio.to_thread(put, folder / name, content)
        await tx.exports.laid(export.id, file=name, at=now)
    ready = Notice(kind=NoticeKind.PAPER_READY, about=export.id, due_at=now, person=export.by)
    await tx.outbox.add([ready])


def written(entry: CalendarEntry, *, now: datetime, say: Say) -> bytes:
    """Write an invitation to who is asked, a cancellation of what is off, else the mere hour."""
    if entry.cancelled:
        return cancellation(entry, stamped_at=now, say=say)
    if any(guest.email for guest in entry.guests):
        return invitation(entry, stamped_at=now, say=say)
    return published([entry], stamped_at=now, say=say)
