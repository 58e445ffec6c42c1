"""What is seen of actions: the list of a case, one action, and the letters about it."""

from collections.abc import Mapping, Sequence
from datetime import date

from cards.cases import Names, here, one_action
from cards.delivery import Button, aside, for_police, said, sheet
from cards.forms import message
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.case_actions import ActionStatus, CaseAction
from domain.cases import Case
from domain.notices import NoticeKind
from domain.people import Authority

MOST_LISTED = 12
MOST_OPENED = 4  # buttons beside the way back and the way to a new one

LETTERS: Mapping[NoticeKind, str] = {
    NoticeKind.ACTION_AGREED: "agreed",
    NoticeKind.ACTION_SOON: "soon",
    NoticeKind.ACTION_DUE: "due",
    NoticeKind.ACTION_OVERDUE: "overdue",
}


def where(action: CaseAction) -> dict[str, Json]:
    """Say what a button carries: which action, and which version was seen (AC-CARD-01)."""
    return about("action", action.id, action.version)


def listed(
    case: Case,
    agreed: Sequence[CaseAction],
    *,
    names: Names,
    may_add: bool,
    today: date,
    reader: Authority,
    say: Say,
) -> Shown:
    """Show what was agreed on a case, with a way to each that is open."""
    parts = [*for_police(reader, say), *([] if agreed else [aside(say("action.none"))])]
    left = len(agreed) - MOST_LISTED
    for number, each in enumerate(agreed[:MOST_LISTED], start=1):
        parts += one_action(each, number=number, names=names, today=today, say=say)
    waiting = [
        (number, each)
        for number, each in enumerate(agreed, start=1)
        if each.status is ActionStatus.OPEN
    ]
    buttons: list[Button] = [
        (say("action.open_numbered", number=number), "action.open", where(each))
        for number, each in waiting[:MOST_OPENED]
    ]
    if may_add:
        buttons.append((say("button.action.add"), "action.add", here(case)))
    buttons.append((say("button.case.back"), "case.open", here(case)))
    if left > 0:
        parts.append(aside(say("action.left_out", count=left)))
    if len(waiting) > MOST_OPENED:
        parts.append(aside(say("action.typing", reference=case.reference)))
    return sheet(
        say("action.list_title", reference=case.reference), parts, say=say, actions=buttons
    )


def one(
    action: CaseAction,
    *,
    reference: str,
    names: Names,
    may: Sequence[str],
    case: Case | None,
    today: date,
    reader: Authority,
    say: Say,
) -> Shown:
    """Show one action and what this person may do with it now; the way to its case, if any."""
    back = [] if case is None else [(say("button.case.open"), "case.open", here(case))]
    return sheet(
        say("action.title", reference=reference),
        [
            *for_police(reader, say),
            said(say("action.intro")),
            *one_action(action, number=1, names=names, today=today, say=say),
        ],
        say=say,
        actions=[*((say(f"button.{verb}"), verb, where(action)) for verb in may), *back],
    )


def letter(action: CaseAction, kind: NoticeKind, *, reference: str, say: Say) -> Shown:
    """Tell of an action by its case's number and its day; what it is, one opens (AC-OUT-05)."""
    name = LETTERS[kind]
    return message(
        say(f"action.{name}_title", reference=reference),
        say(f"action.{name}_body", date=say.day(action.due_on)),
        say=say,
        actions=[(say("button.action.open"), "action.open", where(action))],
    )
