"""The text keys of the register and of one's own meetings that are put together."""

from collections.abc import Mapping

from cards.my_meetings import NOT_ASKED
from domain.committee_meetings import Reply
from domain.representation import INSTITUTION_KINDS
from scheduler.draw_register import KINDS

NOTICES = frozenset(KINDS)


def _filled(pattern: str, *values: str) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "my_meetings.reply_{}": _filled("my_meetings.reply_{}", *Reply, NOT_ASKED),
    **{
        key: _filled(key, "asked", "laid", "refused")
        for key in ("my_meetings.calendar_{}_title", "my_meetings.calendar_{}_body")
    },
    "place.kind.{}": _filled("place.kind.{}", *INSTITUTION_KINDS),
    "register.not_made_{}": _filled("register.not_made_{}", "no_folder", "not_permitted"),
}
