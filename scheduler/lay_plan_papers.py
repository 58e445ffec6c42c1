"""The action plans that are asked for as documents: in full, without names, reduced (BER-68)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cards.papers.readiness import plan_pdf
from cards.plan_views import plan_view
from cards.words import speak
from domain.exports import Export, ExportKind
from domain.notices import NoticeKind
from domain.plan_templates import PlanTier
from scheduler.lay import File, Kind, Make, called
from storage.database import Transaction
from usecases.plan_papers import KIND, write_plan

_NAMED: Final[Mapping[PlanTier, str]] = {
    PlanTier.FULL: "handleplan",
    PlanTier.ORIENTATION: "handleplan-uden-navne",
    PlanTier.EXTERNAL: "handleplan-reduceret",
}


async def _read(tx: Transaction, export: Export, now: datetime) -> Make | None:
    paper = await write_plan(tx, export)
    if paper is None:
        return None
    read, say = paper.read, speak(paper.by.language)
    view = plan_view(
        read.said,
        tier=paper.tier,
        reference=read.reader.reference,
        names=read.names if paper.tier is PlanTier.FULL else {},
        now=now,
        say=say,
    )
    drill = "oevelse-" if read.said.drill else ""
    stem = f"{drill}{read.reader.reference}-{_NAMED[paper.tier]}-v{read.version.number}"
    name = called(stem, export, "pdf")
    return lambda: [File(name, plan_pdf(view, made_at=now, say=say))]


PLAN_PAPERS: Final[Mapping[ExportKind, Kind]] = dict.fromkeys(
    KIND.values(), Kind(read=_read, tells=NoticeKind.PLAN_PAPER_READY, handed_out=True)
)
