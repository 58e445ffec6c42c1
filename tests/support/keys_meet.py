"""The text keys about committee meetings that are put together, and what can stand in them."""

from collections.abc import Mapping

from domain.committee_meetings import DeadlineKind, Reply
from domain.meeting_deadlines import AGENDAS
from domain.notices import NoticeKind
from scheduler.draw_meet import KINDS

NOTICES: frozenset[NoticeKind] = frozenset(KINDS)
TOLD = {
    kind.removeprefix("meet_")
    for kind in KINDS.keys() - {NoticeKind.MEET_LATE, NoticeKind.MEET_NOT_NEEDED}
}
CHANGES = ("call", "move", "cancel")


def _filled(pattern: str, *values: str) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "meet.{}_title": _filled("meet.{}_title", *TOLD),
    "meet.{}_body": _filled("meet.{}_body", *TOLD),
    "meet.{}_done": _filled("meet.{}_done", *CHANGES),
    "meet.due_{}": _filled("meet.due_{}", *DeadlineKind),
    "meet.{}_line": _filled("meet.{}_line", "missing", "unsure"),
    "meet.{}_other": _filled("meet.{}_other", "missing", "unsure"),
    "meet.late_{}": _filled("meet.late_{}", *AGENDAS),
    "meet.reply_{}": _filled("meet.reply_{}", Reply.ASKED, Reply.COMING, Reply.DECLINED),
}
