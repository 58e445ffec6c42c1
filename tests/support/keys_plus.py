"""The text keys about SSP+ that are put together, and what can stand in their blanks."""

from collections.abc import Iterable, Mapping

from cards.plus import NUMBER_ONLY
from domain.assessments import Verdict
from domain.case_actions import ActionStatus
from domain.cases import Kif, PlusType
from domain.informings import Addressee, InformState
from domain.notices import NoticeKind
from domain.outcomes import KpiKey
from domain.plus import Criterion, Focus
from scheduler.draw_plus import KINDS
from usecases.keep_plan import Consent

NOTICES: frozenset[NoticeKind] = frozenset(KINDS)
_DONE = ("withdrawn", "escalated")


def _filled(pattern: str, values: Iterable[str]) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "assess.verdict.{}": _filled("assess.verdict.{}", Verdict),
    "focus.{}": _filled("focus.{}", Focus),
    "kif.kif.{}": _filled("kif.kif.{}", Kif),
    "kpi.{}": _filled("kpi.{}", KpiKey),
    "plan.consent.{}": _filled("plan.consent.{}", Consent),
    "plan_card.status.{}": _filled("plan_card.status.{}", ActionStatus),
    "plus.addressee.{}": _filled("plus.addressee.{}", Addressee),
    "plus.criterion.{}": _filled("plus.criterion.{}", Criterion),
    "plus.informed.{}": _filled("plus.informed.{}", InformState),
    "plus_done.{}_body": _filled("plus_done.{}_body", _DONE),
    "plus_done.{}_title": _filled("plus_done.{}_title", _DONE),
    "plus_notice.{}_body": _filled("plus_notice.{}_body", {*NOTICES, *NUMBER_ONLY.values()}),
    "plus_notice.{}_title": _filled("plus_notice.{}_title", NOTICES),
    "plus_type.plus_type.{}": _filled("plus_type.plus_type.{}", PlusType),
}
