"""What is written about an alert, for who may have it: prints, tables, data, CAP (BER-70)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cards.alert_cap import cap_xml
from cards.alert_exports import as_json, file_name, log_csv, measures_csv, recipients_csv
from cards.alert_logs import log_html, log_text
from cards.board_alert import figures_of
from cards.papers.action_cards import action_cards_pdf
from cards.papers.readiness import call_list_pdf, figures_pdf, log_pdf, plan_pdf
from cards.plan_views import plan_view
from cards.words import Say, speak
from domain.action_plans import ActionPlan
from domain.alert_messages import latest_message
from domain.alert_papers import AlertFile
from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.notices import NoticeKind
from domain.parties import Party
from domain.plan_templates import ActionCard
from scheduler.alert_papers import call_list_of, file_of, looked, names
from scheduler.lay import File, Kind, Make
from storage.database import Transaction
from usecases.export_alert import permit_paper
from usecases.read_action_cards import cards_of
from usecases.see_board import Closer

SENDER: Final = "ssp.kk.dk"  # by which CAP tells us apart from all others in the world


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """All that a paper of an alert is made of."""

    closer: Closer
    cards: Mapping[Party, ActionCard]
    now: datetime
    say: Say

    @property
    def file(self) -> AlertFile:
        return file_of(self.closer, say=self.say)

    @property
    def drill(self) -> bool:
        return self.closer.seen.alert.drill

    @property
    def reference(self) -> str:
        return self.closer.seen.alert.reference

    @property
    def plan(self) -> ActionPlan:
        """Give the plan, which `permit_paper` has seen to."""
        if self.closer.seen.plan is None:
            raise LookupError("an alert without a plan")
        return self.closer.seen.plan


async def _read(tx: Transaction, export: Export, now: datetime) -> Make | None:
    by = await tx.people.get(export.by)
    try:
        closer = await permit_paper(tx, alert=export.about, kind=export.kind, by=by, now=now)
    except RuleBroken:
        return None
    say = speak(by.language)
    writing = Writing(closer=closer, cards=await cards_of(tx), now=now, say=say)
    what, suffix, write = _WRITE[export.kind]
    name = file_name(closer.seen.alert, what=what, suffix=suffix)
    return lambda: [File(name, write(writing))]


def _plan(at: Writing) -> bytes:
    view = plan_view(
        at.plan,
        tier=at.closer.sight.plan,
        reference=at.reference,
        names=names(at.closer),
        now=at.now,
        say=at.say,
    )
    return plan_pdf(view, made_at=at.now, say=at.say)


def _cards(at: Writing) -> bytes:
    return action_cards_pdf(
        at.cards,
        plan=at.plan,
        reference=at.reference,
        names=names(at.closer),
        made_at=at.now,
        say=at.say,
    )


def _call_list(at: Writing) -> bytes:
    sections = call_list_of(at.closer)
    return call_list_pdf(sections, made_at=at.now, drill=at.drill, say=at.say)


def _figures(at: Writing) -> bytes:
    drawn = figures_of(looked(at.closer), now=at.now, say=at.say)
    return figures_pdf(drawn, reference=at.reference, drill=at.drill, made_at=at.now, say=at.say)


def _cap(at: Writing) -> bytes:
    closer = at.closer
    message = latest_message(closer.seen.alert, closer.happened, tier=closer.sight.plan)
    return cap_xml(message, sender=SENDER, say=at.say)


_K = ExportKind
_WRITE: Mapping[ExportKind, tuple[str, str, Callable[[Writing], bytes]]] = {
    _K.ALERT_PLAN: ("handleplan", "pdf", _plan),
    _K.ALERT_CARDS: ("actionkort", "pdf", _cards),
    _K.ALERT_CALL_LIST: ("ringeliste", "pdf", _call_list),
    _K.ALERT_FIGURES: ("figurer", "pdf", _figures),
    _K.ALERT_LOG_PDF: ("log", "pdf", lambda at: log_pdf(at.file, made_at=at.now, say=at.say)),
    _K.ALERT_LOG_HTML: (
        "log",
        "html",
        lambda at: log_html(at.file, made_at=at.now, say=at.say).encode(),
    ),
    _K.ALERT_LOG_TEXT: (
        "log",
        "txt",
        lambda at: log_text(at.file, made_at=at.now, say=at.say).encode(),
    ),
    _K.ALERT_LOG_CSV: ("log", "csv", lambda at: log_csv(at.file, say=at.say)),
    _K.ALERT_RECIPIENTS: ("modtagere", "csv", lambda at: recipients_csv(at.file, say=at.say)),
    _K.ALERT_MEASURES: (
        "tiltag",
        "csv",
        lambda at: measures_csv(at.file, now=at.now, say=at.say),
    ),
    _K.ALERT_JSON: ("data", "json", lambda at: as_json(at.file, made_at=at.now, say=at.say)),
    _K.ALERT_CAP: ("cap", "xml", _cap),
}
ALERT_PAPERS: Final[Mapping[ExportKind, Kind]] = dict.fromkeys(
    _WRITE, Kind(read=_read, tells=NoticeKind.ALERT_PAPER_READY, handed_out=True)
)
