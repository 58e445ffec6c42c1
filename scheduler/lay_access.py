"""Lay the documents for who asked what is kept about them; nothing lies there for long."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cards.access_document import Page, as_document
from cards.document import as_html
from cards.words import speak
from domain.access_requests import AccessState
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.notices import Notice, NoticeKind
from scheduler.files import put
from storage.database import Database, Transaction
from usecases.answer_access import look

LIES_FOR: Final = timedelta(days=14)

log = logging.getLogger(__name__)


async def lay_access(
    database: Database, *, folder: Path | None, mailbox: str, now: datetime
) -> None:
    """Write what waits, each by itself; whoever asked is told where it lies, or why not.

    :param folder: where they are laid; None where no folder has been named.
    :param mailbox: the secure function mailbox that the page names.
    """
    async with database.transaction() as tx:
        waiting = await tx.exports.waiting(ExportKind.ACCESS)
    for each in waiting:
        try:
            async with database.transaction() as tx:
                await _lay(tx, each, folder=folder, mailbox=mailbox, now=now)
        except OSError:
            log.exception("export %s could not be written; it is tried again", each.id)


async def _lay(
    tx: Transaction, export: Export, *, folder: Path | None, mailbox: str, now: datetime
) -> None:
    by = await tx.people.get(export.by)
    try:
        looked = await look(tx, id=export.about, by=by, now=now)
    except RuleBroken:
        looked = None
    if folder is None or looked is None:
        why_not = "no_folder" if folder is None else "not_permitted"
        await tx.exports.refused(export.id, why_not=why_not)
    else:
        say = speak(by.language)
        draft = looked.request.state is not AccessState.RELEASED
        page = Page(
            request=looked.request,
            everything=looked.everything,
            marks=looked.marks,
            draft=draft,
            made_by=by.name,
            made_at=now,
            mailbox=mailbox or say("document.no_mailbox"),
        )
        name = file_name(looked.request.reference, export, now, draft=draft)
        await asyncio.to_thread(put, folder / name, as_html(as_document(page, say=say), say=say))
        await tx.exports.laid(export.id, file=name, at=now)
    ready = Notice(kind=NoticeKind.EXPORT_READY, about=export.id, due_at=now, person=export.by)
    await tx.outbox.add([ready])


def file_name(reference: str, export: Export, now: datetime, *, draft: bool) -> str:
    """Name the file by its number and the moment: nothing of anybody's (AC-OUT-04)."""
    moment = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    kind = "draft-" if draft else ""
    return f"{reference}-{kind}{moment}-{export.id.hex[:8]}.html"


async def clear_documents(database: Database, folder: Path, *, now: datetime) -> None:
    """Remove every document that has lain there for two weeks: whoever needs it has it.

    :raises OSError: when one cannot be removed.
    """
    async with database.transaction() as tx:
        names = await tx.exports.laid_before(now - LIES_FOR)
    for name in (file for each in names for file in each.split()):
        await asyncio.to_thread((folder / name).unlink, missing_ok=True)
