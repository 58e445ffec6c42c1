"""The text keys about efforts that are put together, and what can stand in their blanks."""

from collections.abc import Mapping

from cards.efforts import TASKS
from domain.effort_dues import Due
from domain.efforts import EffortKind, EffortState, Stage
from domain.notices import NoticeKind

DONE = (
    "sent",
    "approved",
    "withdrawn",
    "told_refused",
    *(f"told_{each}" for each in TASKS.values()),
)
NOTICES: frozenset[NoticeKind] = frozenset(TASKS)

PATTERNS: Mapping[str, set[str]] = {
    "effort.kind.{}": {f"effort.kind.{kind}" for kind in EffortKind},
    "effort_evaluate.stage.{}": {f"effort_evaluate.stage.{stage}" for stage in Stage},
    "efforts.due_{}": {f"efforts.due_{due}" for due in Due},
    "efforts.state_{}": {f"efforts.state_{state}" for state in EffortState},
    "efforts.{}_title": {f"efforts.{what}_title" for what in DONE},
    "efforts.{}_body": {f"efforts.{what}_body" for what in DONE},
}
