"""The text keys about cases and their meetings that are put together, and what fills them."""

from collections.abc import Iterable, Mapping

from cards.case_actions import LETTERS as ACTION_LETTERS
from cards.case_letters import LETTERS as CASE_LETTERS
from domain.action_catalogue import CATALOGUE
from domain.case_actions import ActionStatus, DropReason
from domain.case_meetings import ItemState, Why
from domain.case_transitions import Obstacle
from domain.cases import CaseState, CloseReason
from domain.coordination import LifeArea, Seen
from domain.countersigns import CountersignKind, CountersignState
from domain.levels import LEVELS
from scheduler.draw_cases import KINDS

NOTICES = frozenset(KINDS)
_ANSWERS = (CountersignState.GIVEN, CountersignState.REFUSED)
_ENDED = set(CountersignState) - {CountersignState.ASKED}


def _filled(pattern: str, values: Iterable[str]) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "action.line_{}": _filled("action.line_{}", (*ActionStatus, "late")),
    "action.{}_title": _filled("action.{}_title", ACTION_LETTERS.values()),
    "action.{}_body": _filled("action.{}_body", ACTION_LETTERS.values()),
    "drop_reason.{}": _filled("drop_reason.{}", DropReason),
    "close_reason.{}": _filled("close_reason.{}", CloseReason),
    "closing.{}": _filled("closing.{}", Obstacle),
    "case.state_{}": _filled("case.state_{}", CaseState),
    "case.level_{}": _filled("case.level_{}", map(str, LEVELS)),
    "case.waits_for_{}": _filled("case.waits_for_{}", set(CountersignKind) - {"grant_role"}),
    "case.{}": _filled("case.{}", ("born", "cpr", "school", "custody", "language")),
    "case.{}_title": _filled("case.{}_title", CASE_LETTERS.values()),
    "case.{}_body": _filled("case.{}_body", CASE_LETTERS.values()),
    "life_area.{}": _filled("life_area.{}", LifeArea),
    "view.{}_{}": {
        f"view.{side}_{seen}"
        for side in ("risks", "protections")
        for seen in (Seen.YES, Seen.UNKNOWN)
    },
    "view.{}_words": _filled("view.{}_words", ("risks", "protections")),
    "child_view.{}": _filled("child_view.{}", ("heard", "not_heard")),
    "catalogue.{}": {each.text for each in CATALOGUE},
    "coordination.inform_{}": _filled("coordination.inform_{}", ("undecided", "exempted")),
    "coordination.then_{}": _filled("coordination.then_{}", ("follow_up", "ready")),
    "history.{}": _filled("history.{}", ("closing", "reopening")),
    "history.action_{}": _filled("history.action_{}", ("done", "dropped")),
    "countersign.kind_{}": _filled("countersign.kind_{}", CountersignKind),
    "countersign.title_{}": _filled("countersign.title_{}", CountersignKind),
    "countersign.state_{}": _filled("countersign.state_{}", _ENDED),
    "countersign.{}_title": _filled("countersign.{}_title", _ENDED),
    "countersign.{}_body": _filled("countersign.{}_body", _ENDED),
    "countersign.told_{}_title": _filled("countersign.told_{}_title", _ANSWERS),
    "countersign.told_{}_body": _filled("countersign.told_{}_body", _ANSWERS),
    "meeting.why_{}": _filled("meeting.why_{}", Why),
    "meeting.item_{}": _filled("meeting.item_{}", ItemState),
    "meeting.{}_title": _filled("meeting.{}_title", ("own", "own_one", "decided")),
    "meeting.{}_body": _filled("meeting.{}_body", ("own", "own_one", "decided")),
}
