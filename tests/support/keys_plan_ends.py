"""The text keys about the end of a plan of the calendar that are put together."""

from collections.abc import Mapping

from cards.plan_ends import TASKS
from domain.alert_log import DecisionKind
from domain.notices import NoticeKind

NOTICES: frozenset[NoticeKind] = frozenset(TASKS)
STANDS = ("waits", "runs", "expired", "closed")
DONE = ("extended", "asked", "refused", "closed")
TOLD = (
    *(each for each in TASKS.values() if each != "answered"),
    *(DecisionKind.EXTENDED, DecisionKind.EXTENSION_REFUSED),
)
LINES = (DecisionKind.CLOSED, DecisionKind.EXTENDED)

PATTERNS: Mapping[str, set[str]] = {
    "action_plan.{}": {f"action_plan.{each}" for each in STANDS},
    "plan_calendar.{}": {f"plan_calendar.{each}" for each in STANDS},
    "planend.{}_title": {f"planend.{each}_title" for each in DONE},
    "planend.{}_body": {f"planend.{each}_body" for each in DONE},
    "planend.told_{}_title": {f"planend.told_{each}_title" for each in TOLD},
    "planend.told_{}_body": {f"planend.told_{each}_body" for each in TOLD},
    "planend.line_{}": {f"planend.line_{each}" for each in LINES},
}
