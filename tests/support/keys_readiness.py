"""The text keys of what readiness draws, prints and exports, and what fills their blanks."""

from collections.abc import Mapping

from cards.figures.gantt import OVERDUE
from cards.plan_tiers import Column, Part
from domain.action_plans import PlanTrack
from domain.alert_figures import MarkKind, Target
from domain.alert_log import LogKind
from domain.alerts import Reply, Via, Why
from domain.escalation import Reason, Rung
from domain.plan_measures import MeasureState
from domain.plan_templates import PlanKind, PlanTier
from tests.support.catalogue import DANISH

COLUMNS = (
    *("drill", "reference", "person", "authority", "areas", "why", "stands_for", "quorum"),
    *("reply", "replied_at", "via", "via_person"),
    *("code", "title", "party", "assists", "owner", "substitute", "due_at", "state"),
    *("overdue", "reason", "ended_at", "target_group", "place", "note"),
    *("number", "at", "by", "words", "corrects"),
)

PATTERNS: Mapping[str, set[str]] = {
    "alert_export.{}": {f"alert_export.{each}" for each in COLUMNS},
    "alert_export.via_{}": {f"alert_export.via_{each}" for each in Via},
    "alert_export.why_{}": {f"alert_export.why_{each}" for each in Why},
    "cap.audience_{}": {f"cap.audience_{each}" for each in PlanTier},
    "cap.restriction_{}": {f"cap.restriction_{each}" for each in PlanTier},
    "figure.answer_{}": {f"figure.answer_{each}" for each in (*Reply, "none")},
    "figure.mark_{}": {f"figure.mark_{each}" for each in MarkKind},
    "figure.measure_{}": {f"figure.measure_{each}" for each in (*MeasureState, OVERDUE)},
    "figure.target_{}": {f"figure.target_{each}" for each in Target},
    "log_line.{}": {f"log_line.{each}" for each in LogKind},
    "log_line.{}_{}": {
        key
        for key in sorted(DANISH.keys())
        if key.startswith(tuple(f"log_line.{each}_" for each in LogKind))
    },
    "log_line.reason_{}": {f"log_line.reason_{each}" for each in Reason},
    "log_line.rung_{}": {f"log_line.rung_{each}" for each in Rung},
    "plan_view.{}": {f"plan_view.{each}" for each in Part},
    "plan_view.column_{}": {f"plan_view.column_{each}" for each in Column},
    "plan_view.kind_{}": {f"plan_view.kind_{each}" for each in PlanKind},
    "plan_view.tier_{}": {f"plan_view.tier_{each}" for each in PlanTier},
    "plan_view.track_{}": {f"plan_view.track_{each}" for each in PlanTrack},
}
