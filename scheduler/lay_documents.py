"""Lay the documents that were asked for in a folder; they are never e-mailed (NOT-3)."""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path

from cards import matter_document as drawn
from cards.document import Document, as_html
from cards.words import Say, speak
from domain.exports import Export, ExportKind
from domain.notices import Notice, NoticeKind
from scheduler.files import put
from storage.database import Database, Transaction
from usecases.make_document import Content, read_content

KINDS = (ExportKind.FILING, ExportKind.CASE)

log = logging.getLogger(__name__)


async def lay_documents(
    database: Database, *, folder: Path | None, mailbox: str, now: datetime
) -> None:
    """Write what waits, each by itself; whoever asked is told where it lies, or why not.

    :param folder: where they are laid; None where no folder has been named.
    :param mailbox: the secure function mailbox that the page names.
    """
    async with database.transaction() as tx:
        waiting = [each for kind in KINDS for each in await tx.exports.waiting(kind)]
    for each in waiting:
        try:
            async with database.transaction() as tx:
                await _lay(tx, each, folder=folder, mailbox=mailbox, now=now)
        except OSError:
            log.exception("export %s could not be written; it is tried again", each.id)


async def _lay(
    tx: Transaction, export: Export, *, folder: Path | None, mailbox: str, now: datetime
) -> None:
    why_not = "no_folder" if folder is None else ""
    content = None if folder is None else await read_content(tx, export, now=now)
    if folder is None or content is None:
        await tx.exports.refused(export.id, why_not=why_not or "not_permitted")
    else:
        name = file_name(content, now)
        say = speak(content.by.language)
        text = as_html(_document(content, mailbox=mailbox, now=now, say=say), say=say)
        await asyncio.to_thread(put, folder / name, text)
        await tx.exports.laid(export.id, file=name, at=now)
    ready = Notice(kind=NoticeKind.EXPORT_READY, about=export.id, due_at=now, person=export.by)
    await tx.outbox.add([ready])


def file_name(content: Content, now: datetime) -> str:
    """Name the file by its number and the moment: nothing of anybody's (AC-OUT-04)."""
    moment = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{content.matter.reference}-{moment}-{content.export.id.hex[:8]}.html"


def _document(content: Content, *, mailbox: str, now: datetime, say: Say) -> Document:
    names = {id_: person.name for id_, person in content.people.items()}
    sections = [
        drawn.notes(content.notes, names=names, say=say),
        *(drawn.parts(content.parts, content.additions, say=say) if content.parts else []),
        *drawn.records(content.records, names=names, reader=content.by.authority, say=say),
    ]
    if content.actions:
        sections.append(drawn.actions(content.actions, names=names, say=say))
    return Document(
        title=say(f"document.title_{content.export.kind}"),
        reference=content.matter.reference,
        reason=content.reason,
        made_by=content.by.name,
        made_at=now,
        mailbox=mailbox or say("document.no_mailbox"),
        sections=sections,
    )
