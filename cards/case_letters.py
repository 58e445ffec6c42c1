"""Letters about a case: its number, and what is to be seen to; nothing that was confided."""

from collections.abc import Mapping

from cards.cases import here
from cards.forms import message
from cards.shown import Shown
from cards.words import Say
from domain.cases import Case
from domain.notices import NoticeKind

LETTERS: Mapping[NoticeKind, str] = {
    NoticeKind.CASE_LEAD: "lead",
    NoticeKind.CASE_NO_LEAD: "no_lead",
    NoticeKind.CASE_IDLE: "idle",
}


def letter(case: Case, kind: NoticeKind, *, days: int, say: Say) -> Shown:
    """Tell of a case by its number (AC-OUT-05).

    :param days: how long nothing has happened, where it is about that.
    """
    name = LETTERS[kind]
    return message(
        say(f"case.{name}_title", reference=case.reference),
        say(f"case.{name}_body", days=days),
        say=say,
        actions=[(say("button.case.open"), "case.open", here(case))],
    )
