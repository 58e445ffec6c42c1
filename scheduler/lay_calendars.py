"""Lay the calendar files asked for in the folder: one meeting, or all of one's own (MTG-19)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from cards.papers.calendar import cancellation, invitation, published
from cards.words import Say, speak
from domain.calendar_entries import CalendarEntry
from domain.exports import Export, ExportKind
from domain.notices import Notice, NoticeKind
from scheduler.files import put
from storage.database import Database, Transaction
from usecases.ask_calendar import calendar_page
from usecases.my_meetings import my_calendar

log = logging.getLogger(__name__)


class File(NamedTuple):
    """What a file is called, and what is in it."""

    name: str
    content: bytes


async def lay_calendars(database: Database, *, folder: Path | None, now: datetime) -> None:
    """Write what waits, each by itself; whoever asked is told where it lies, or why not.

    :param folder: where they are laid; None where no folder has been named.
    """
    async with database.transaction() as tx:
        waiting = [each for kind in _KINDS for each in await tx.exports.waiting(kind)]
    for each in waiting:
        try:
            async with database.transaction() as tx:
                await _lay(tx, each, folder=folder, now=now)
        except OSError:
            log.exception("export %s could not be written; it is tried again", each.id)


async def _lay(tx: Transaction, export: Export, *, folder: Path | None, now: datetime) -> None:
    write, kind = _KINDS[export.kind]
    file = None if folder is None else await write(tx, export, now)
    if folder is None or file is None:
        why_not = "no_folder" if folder is None else "not_permitted"
        await tx.exports.refused(export.id, why_not=why_not)
    else:
        await asyncio.to_thread(put, folder / file.name, file.content)
        await tx.exports.laid(export.id, file=file.name, at=now)
    ready = Notice(kind=kind, about=export.id, due_at=now, person=export.by)
    await tx.outbox.add([ready])


async def _one(tx: Transaction, export: Export, now: datetime) -> File | None:
    page = await calendar_page(tx, export, now=now)
    if page is None:
        return None
    entry = page.entry
    name = f"{entry.reference}-{entry.sequence}-{export.id.hex[:8]}.ics"
    return File(name, written(entry, now=now, say=speak(page.by.language)))


async def _own(tx: Transaction, export: Export, now: datetime) -> File | None:
    by = await tx.people.get(export.by)
    if not by.active:
        return None
    entries = await my_calendar(tx, by, now=now)
    name = f"moeder-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{export.id.hex[:8]}.ics"
    return File(name, published(entries, stamped_at=now, say=speak(by.language)))


Write = Callable[[Transaction, Export, datetime], Awaitable[File | None]]
_KINDS: Mapping[ExportKind, tuple[Write, NoticeKind]] = {
    ExportKind.CALENDAR: (_one, NoticeKind.PAPER_READY),
    ExportKind.OWN_CALENDAR: (_own, NoticeKind.OWN_CALENDAR_LAID),
}


def written(entry: CalendarEntry, *, now: datetime, say: Say) -> bytes:
    """Write an invitation to who is asked, a cancellation of what is off, else the mere hour."""
    if entry.cancelled:
        return cancellation(entry, stamped_at=now, say=say)
    if any(guest.email for guest in entry.guests):
        return invitation(entry, stamped_at=now, say=say)
    return published([entry], stamped_at=now, say=say)
