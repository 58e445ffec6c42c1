"""Lay agendas and minutes that were asked for in the folder, as PDF or docx (MTG-27)."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from cards.papers import meeting as papers
from cards.words import Say, speak
from domain.exports import AGENDAS, MEETING_PAPERS, Export, ExportKind
from domain.notices import Notice, NoticeKind
from scheduler.files import put
from storage.database import Database, Transaction
from usecases.meeting_papers import Written, write_paper

log = logging.getLogger(__name__)

Make = Callable[[Written, datetime, Say], bytes]


async def lay_meeting_papers(database: Database, *, folder: Path | None, now: datetime) -> None:
    """Write what waits, each by itself; whoever asked is told where it lies, or why not.

    :param folder: where they are laid; None where no folder has been named.
    """
    async with database.transaction() as tx:
        waiting = [
            each for kind in sorted(MEETING_PAPERS) for each in await tx.exports.waiting(kind)
        ]
    for each in waiting:
        try:
            async with database.transaction() as tx:
                await _lay(tx, each, folder=folder, now=now)
        except OSError:
            log.exception("export %s could not be written; it is tried again", each.id)


async def _lay(tx: Transaction, export: Export, *, folder: Path | None, now: datetime) -> None:
    written = None if folder is None else await write_paper(tx, export, now=now)
    if folder is None or written is None:
        why_not = "no_folder" if folder is None else "not_permitted"
        await tx.exports.refused(export.id, why_not=why_not)
    else:
        name = file_name(written, export, now)
        make = partial(_MAKE[export.kind], written, now, speak(written.by.language))
        await asyncio.to_thread(put, folder / name, await asyncio.to_thread(make))
        await tx.exports.laid(export.id, file=name, at=now)
    ready = Notice(kind=NoticeKind.PAPER_READY, about=export.id, due_at=now, person=export.by)
    await tx.outbox.add([ready])


def file_name(written: Written, export: Export, now: datetime) -> str:
    """Name the file by the meeting's number and the moment: no word of the agenda (MTG-20)."""
    what = "dagsorden" if export.kind in AGENDAS else "referat"
    suffix = export.kind.value.rpartition("_")[2]
    moment = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    named = f"{what}-{moment}-{export.id.hex[:8]}"
    return papers.file_name(written.paper, what=named, suffix=suffix)


def _agenda(draw: Callable[..., bytes]) -> Make:
    return lambda written, now, say: draw(
        written.paper, final=written.is_final, made_at=now, say=say
    )


def _minutes(draw: Callable[..., bytes]) -> Make:
    return lambda written, now, say: draw(
        written.paper, approved=written.is_final, made_at=now, say=say
    )


_MAKE: Mapping[ExportKind, Make] = {
    ExportKind.AGENDA_PDF: _agenda(papers.agenda_pdf),
    ExportKind.AGENDA_DOCX: _agenda(papers.agenda_docx),
    ExportKind.MINUTES_PDF: _minutes(papers.minutes_pdf),
    ExportKind.MINUTES_DOCX: _minutes(papers.minutes_docx),
}
