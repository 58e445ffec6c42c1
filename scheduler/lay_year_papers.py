"""The year's plan on paper: as PDF, as docx and as a calendar file."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from cards.papers.calendar import published
from cards.papers.year import year_plan_docx, year_plan_pdf
from cards.words import Say, speak
from domain.calendar_entries import CalendarEntry, Guest
from domain.exports import Export, ExportKind
from domain.meeting_years import year_of
from domain.notices import NoticeKind
from domain.people import Person
from scheduler.lay import File, Kind, Make, called
from storage.database import Transaction
from usecases.ask_plan import may_plan
from usecases.read_year import YearView, read_year


async def _read(tx: Transaction, export: Export, now: datetime) -> Make | None:
    by = await tx.people.get(export.by)
    if not await may_plan(tx, by):
        return None
    view = await read_year(tx, by=by, year=year_of(export.about))
    say = speak(by.language)
    return lambda: [
        File(called(f"aarsplan-{view.year}", export, suffix), content)
        for suffix, content in written(view, by, now, say).items()
    ]


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


YEAR_PAPERS: Final[Mapping[ExportKind, Kind]] = {
    ExportKind.YEAR_PLAN: Kind(read=_read, tells=NoticeKind.YEAR_PAPERS_LAID)
}
