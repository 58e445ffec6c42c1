"""What readiness writes, kept as files: `python -m tests.support.readiness_golden` writes them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

from cards.alert_cap import cap_xml
from cards.alert_exports import as_json, log_csv, measures_csv, recipients_csv
from cards.alert_logs import log_html, log_text
from cards.figures.comparison import drill_beside_live
from cards.figures.curve import acknowledgement_curve
from cards.figures.gantt import measure_chart
from cards.figures.incidents import incidents_figure
from cards.figures.matrix import answer_matrix
from cards.figures.svg import Figure
from cards.figures.timeline import timeline
from cards.plan_views import PlanView, as_text, plan_view
from domain.alert_figures import stands_of
from domain.alert_papers import CapKind, CapMessage, CapReference
from domain.alerts import QUORUM
from domain.plan_templates import PlanTier
from tests.support.alerts_written import (
    COMPARED,
    INCIDENTS,
    LEFT_AT,
    NAMES,
    NOW,
    a_file,
    a_plan,
    an_alert,
    answers,
    marks,
    recipients,
)
from tests.support.catalogue import DANISH
from tests.support.repository import ROOT

FOLDER = ROOT / "tests" / "papers" / "golden"
SENDER = "ssp.example.dk"


def figures(*, drill: bool = False) -> dict[str, Figure]:
    return {
        "curve": acknowledgement_curve(
            recipients(),
            answers=answers(recipients()),
            left_at=LEFT_AT,
            until=LEFT_AT + timedelta(minutes=25),
            drill=drill,
            id="curve",
            say=DANISH,
        ),
        "matrix": answer_matrix(
            stands_of(recipients(), QUORUM), drill=drill, id="matrix", say=DANISH
        ),
        "gantt": measure_chart(a_plan(drill=drill), now=NOW, id="gantt", say=DANISH),
        "timeline": timeline(marks(), drill=drill, id="timeline", say=DANISH),
        "incidents": incidents_figure(INCIDENTS, drill=drill, id="incidents", say=DANISH),
        "comparison": drill_beside_live(COMPARED, id="comparison", say=DANISH),
    }


def view(tier: PlanTier, *, drill: bool = False) -> PlanView:
    return plan_view(
        a_plan(drill=drill),
        tier=tier,
        reference="R2026-0007",
        names=NAMES,
        now=NOW,
        say=DANISH,
    )


def message(
    kind: CapKind = CapKind.ALERT, *, drill: bool = False, all_clear: bool = False
) -> CapMessage:
    """Make a first message, or a second one that refers to it."""
    first = kind is CapKind.ALERT
    return CapMessage(
        alert=an_alert(drill=drill),
        kind=kind,
        number=1 if first else 2,
        sent=LEFT_AT if first else NOW,
        references=() if first else (CapReference(number=1, sent=LEFT_AT),),
        expires=LEFT_AT + timedelta(weeks=4) if first else None,
        all_clear=all_clear,
    )


def _cap(kind: CapKind, *, drill: bool = False, all_clear: bool = False) -> str:
    written = cap_xml(message(kind, drill=drill, all_clear=all_clear), sender=SENDER, say=DANISH)
    return written.decode()


def _svg(name: str) -> str:
    return f"{figures()[name].svg}\n"


def _plan(tier: PlanTier) -> str:
    return as_text(view(tier), say=DANISH)


def _kept() -> Mapping[str, Callable[[], str]]:
    kept: dict[str, Callable[[], str]] = {f"{name}.svg": partial(_svg, name) for name in figures()}
    kept["curve-drill.svg"] = lambda: f"{figures(drill=True)['curve'].svg}\n"
    for tier in PlanTier:
        kept[f"plan-{tier}.txt"] = partial(_plan, tier)
    return kept | {
        "plan-drill-external.txt": lambda: as_text(
            view(PlanTier.EXTERNAL, drill=True), say=DANISH
        ),
        "cap-alert.xml": lambda: _cap(CapKind.ALERT),
        "cap-drill.xml": lambda: _cap(CapKind.ALERT, drill=True),
        "cap-all-clear.xml": lambda: _cap(CapKind.UPDATE, all_clear=True),
        "cap-cancel.xml": lambda: _cap(CapKind.CANCEL),
        "log.txt": lambda: log_text(a_file(), made_at=NOW, say=DANISH),
        "log-drill.txt": lambda: log_text(a_file(drill=True), made_at=NOW, say=DANISH),
        "log.html": lambda: log_html(a_file(), made_at=NOW, say=DANISH),
        "alert.json": lambda: as_json(a_file(), made_at=NOW, say=DANISH).decode(),
        "recipients.csv": lambda: _table(recipients_csv(a_file(drill=True), say=DANISH)),
        "measures.csv": lambda: _table(measures_csv(a_file(), now=NOW, say=DANISH)),
        "log.csv": lambda: _table(log_csv(a_file(), say=DANISH)),
    }


def _table(written: bytes) -> str:
    """Read a table without its mark and with the ends of lines that git keeps."""
    return written.decode("utf-8-sig").replace("\r\n", "\n")


KEPT = _kept()


def file_of(name: str) -> Path:
    return FOLDER / name


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, write in KEPT.items():
        file_of(name).write_text(write(), encoding="utf-8")
