"""The agendas and minutes that are asked for, as PDF or docx (MTG-27)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from cards.papers import meeting as papers
from cards.words import Say, speak
from domain.exports import AGENDAS, Export, ExportKind
from domain.notices import NoticeKind
from scheduler.lay import File, Kind, Make, called
from storage.database import Transaction
from usecases.meeting_papers import Written, write_paper

Write = Callable[[Written, datetime, Say], bytes]


async def _read(tx: Transaction, export: Export, now: datetime) -> Make | None:
    written = await write_paper(tx, export, now=now)
    if written is None:
        return None
    what = "dagsorden" if export.kind in AGENDAS else "referat"
    suffix = export.kind.value.rpartition("_")[2]
    name = called(f"{written.paper.reference}-{what}", export, suffix)
    write = partial(_WRITE[export.kind], written, now, speak(written.by.language))
    return lambda: [File(name, write())]


def _agenda(draw: Callable[..., bytes]) -> Write:
    return lambda written, now, say: draw(
        written.paper, final=written.is_final, made_at=now, say=say
    )


def _minutes(draw: Callable[..., bytes]) -> Write:
    return lambda written, now, say: draw(
        written.paper, approved=written.is_final, made_at=now, say=say
    )


_WRITE: Mapping[ExportKind, Write] = {
    ExportKind.AGENDA_PDF: _agenda(papers.agenda_pdf),
    ExportKind.AGENDA_DOCX: _agenda(papers.agenda_docx),
    ExportKind.MINUTES_PDF: _minutes(papers.minutes_pdf),
    ExportKind.MINUTES_DOCX: _minutes(papers.minutes_docx),
}
MEETING_PAPERS: Final[Mapping[ExportKind, Kind]] = dict.fromkeys(
    _WRITE, Kind(read=_read, tells=NoticeKind.PAPER_READY, handed_out=True)
)
