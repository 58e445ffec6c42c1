"""The text keys of the register and of one's own meetings that are put together."""

from collections.abc import Mapping

from cards.directory import CLASSES, FIGURES
from cards.my_meetings import NOT_ASKED
from domain.committee_meetings import Reply
from domain.directory import DifferenceKind
from domain.representation import INSTITUTION_KINDS
from scheduler.draw_register import KINDS

NOTICES = frozenset(KINDS)


def _filled(pattern: str, *values: str) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "my_meetings.reply_{}": _filled("my_meetings.reply_{}", *Reply, NOT_ASKED),
    "my_meetings.calendar_{}_title": _filled("my_meetings.calendar_{}_title", "laid", "refused"),
    "directory.class.{}": _filled("directory.class.{}", *CLASSES),
    "directory.figure.{}": _filled("directory.figure.{}", *FIGURES),
    "directory.line.{}": _filled("directory.line.{}", *DifferenceKind),
    "directory.told_{}": _filled("directory.told_{}", *CLASSES),
    "directory_agree.which.all_{}": _filled("directory_agree.which.all_{}", *CLASSES),
    "place.kind.{}": _filled("place.kind.{}", *INSTITUTION_KINDS),
}
