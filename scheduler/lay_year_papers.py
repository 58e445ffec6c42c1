"""Lay the year's plan in the folder, as PDF, as docx and as a calendar file."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from cards.papers.calendar import published
from cards.papers.year import year_plan_docx, year_plan_pdf
from cards.words import Say, speak
from domain.calendar_entries import CalendarEntry, Guest
from domain.exports import Export, ExportKind
from domain.notices import Notice, NoticeKind
from domain.people import Person
from scheduler.files import put
from storage.database import Database, Transaction
from usecases.ask_plan import may_plan
from usecases.ask_year_papers import year_on
from usecases.read_year import YearView, read_year

log = logging.getLogger(__name__)


async def lay_year_papers(database: Database, *, folder: Path | None, now: datetime) -> None:
    """Write what waits, each by itself; whoever asked is told where it lies, or why not.

    :param folder: where they are laid; None where no folder has been named.
    """
    async with database.transaction() as tx:
        waiting = await tx.exports.waiting(ExportKind.YEAR_PLAN)
    for each in waiting:
        try:
            async with database.transaction() as tx:
                await _lay(tx, each, folder=folder, now=now)
        except OSError:
            log.exception("export %s could not be written; it is tried again", each.id)


async def _lay(tx: Transaction, export: Export, *, folder: Path | None, now: datetime) -> None:
    by = await tx.people.get(export.by)
    if folder is None or not await may_plan(tx, by):
        why_not = "no_folder" if folder is None else "not_permitted"
        await tx.exports.refused(export.id, why_not=why_not)
    else:
        view = await read_year(tx, by=by, year=year_on(export.about))
        say = speak(by.language)
        papers = await asyncio.to_thread(written, view, by, now, say)
        stem = f"aarsplan-{view.year}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        for suffix, content in papers.items():
            await asyncio.to_thread(put, folder / f"{stem}.{suffix}", content)
        names = " ".join(f"{stem}.{suffix}" for suffix in papers)
        await tx.exports.laid(export.id, file=names, at=now)
    laid = Notice(kind=NoticeKind.YEAR_PAPERS_LAID, about=export.id, due_at=now, person=by.id)
    await tx.outbox.add([laid])


_PAPERS: Mapping[str, Callable[..., bytes]] = {"pdf": year_plan_pdf, "docx": year_plan_docx}


def written(view: YearView, by: Person, now: datetime, say: Say) -> dict[str, bytes]:
    """Write the year in every form, by what its file is called at the end."""
    papers = {suffix: write(view.paper, made_at=now, say=say) for suffix, write in _PAPERS.items()}
    names = {each.code: each.name for each in view.committees}
    entries = [
        CalendarEntry(
            id=each.id,
            reference=each.reference,
            committee=names[each.committee],
            day=each.day,
            starts=each.starts,
            minutes=each.minutes,
            place=each.place,
            sequence=each.sequence,
            organizer=Guest(name=by.name, email=by.email),
        )
        for each in view.meetings
    ]
    return {**papers, "ics": published(entries, stamped_at=now, say=say)}
