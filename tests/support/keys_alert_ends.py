"""The text keys about how alerts end that are put together, and what can stand in their blanks."""

from collections.abc import Mapping

from cards.alert_ends import TASKS
from domain.alert_figures import Target
from domain.evaluation_figures import COUNTS
from domain.evaluations import EvaluationState, LearningState
from domain.notices import NoticeKind

DECIDED = (
    *("extended", "asked", "refused", "normalising", "handed_on"),
    *("closed", "reopened", "filed"),
)
TOLD = (
    *(each for each in TASKS.values() if each != "extension_answered"),
    *("extension_extended", "extension_refused", "stood_down"),
)
NOTICES: frozenset[NoticeKind] = frozenset(
    {
        *TASKS,
        NoticeKind.EVALUATION_DUE,
        NoticeKind.LEARNING_GIVEN,
        NoticeKind.LEARNING_DUE,
    }
)
ENDED = (LearningState.DONE, LearningState.DROPPED)

PATTERNS: Mapping[str, set[str]] = {
    "alertend.{}_title": {f"alertend.{each}_title" for each in DECIDED},
    "alertend.{}_body": {f"alertend.{each}_body" for each in DECIDED},
    "alertend.told_{}_title": {f"alertend.told_{each}_title" for each in TOLD},
    "alertend.told_{}_body": {f"alertend.told_{each}_body" for each in TOLD},
    "alertend.{}": {"alertend.quiet", "alertend.not_quiet"},
    "alertend.left_{}": {
        "alertend.left_measures",
        "alertend.left_reports",
        "alertend.left_not_briefed",
    },
    "evaluation.state_{}": {f"evaluation.state_{each}" for each in EvaluationState},
    "evaluation.figure_{}": {f"evaluation.figure_{each}" for each in (*Target, *COUNTS)},
    "evaluation.{}_title": {"evaluation.call_title", "evaluation.late_title"},
    "evaluation.{}_body": {"evaluation.call_body", "evaluation.late_body"},
    "evaluation.{}": {"evaluation.days", "evaluation.hours", "evaluation.minutes"},
    "learning.state_{}": {f"learning.state_{each}" for each in LearningState},
    "learning.{}_title": {"learning.given_title", "learning.due_title"},
    "learning.{}_body": {"learning.given_body", "learning.due_body"},
    "learning.ended_{}_title": {f"learning.ended_{each}_title" for each in ENDED},
    "learning.ended_{}_body": {f"learning.ended_{each}_body" for each in ENDED},
}
