"""What the Secretariat sees of requests for access: numbers, days and counts; never content."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from cards.countersigns import Asked
from cards.delivery import counted, headed, said, sheet, warned
from cards.forms import message
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.access_requests import AccessRequest, LeftOut, Mark

MOST_LISTED = 12
MOST_BUTTONS = 5
WORKED_ON = ("access.draft", "access.mark", "access.review", "access.close")


def here(request: AccessRequest) -> dict[str, Json]:
    return about("access", request.id, request.version)


def listed(requests: Sequence[AccessRequest], *, today: date, say: Say) -> Shown:
    """List what waits, what is due first in front."""
    return sheet(
        say("access.title"),
        [
            *(headed(_line(each, today=today, say=say)) for each in requests[:MOST_LISTED]),
            *([] if requests else [said(say("access.none"))]),
        ],
        say=say,
        actions=[
            *(
                (say("access.open_it", reference=each.reference), "access.open", here(each))
                for each in requests[:MOST_BUTTONS]
            ),
            (say("button.help"), "help", {}),
        ],
    )


def _line(request: AccessRequest, *, today: date, say: Say) -> str:
    late = "late" if request.due_on < today else "line"
    return say(
        f"access.{late}",
        reference=request.reference,
        state=say(f"access.state_{request.state}"),
        date=say.day(request.due_on),
    )


def opened(
    request: AccessRequest,
    marks: Mapping[UUID, Mark],
    *,
    case: str,
    pieces: int,
    today: date,
    say: Say,
) -> Shown:
    """Show how far a request is, and what can be done with it."""
    facts = [
        (say("access.case_label"), case),
        (say("access.kind"), say(f"access.kind_{request.kind}")),
        (say("access.received"), say.day(request.received_on)),
        (say("access.due"), say.day(request.due_on)),
        (say("access.state"), say(f"access.state_{request.state}")),
        (say("access.pieces_label"), str(pieces)),
        *_left_out(marks, say=say),
    ]
    late = request.is_open and request.due_on < today
    return sheet(
        say("access.opened", reference=request.reference),
        [
            *([warned(say("access.overdue"))] if late else []),
            counted(facts),
            said(say("access.how" if request.is_open else "access.how_sent")),
        ],
        say=say,
        actions=[
            *(
                (say(f"button.{verb}"), verb, here(request))
                for verb in WORKED_ON
                if request.is_open
            ),
            (say("button.access.list"), "access.list", {}),
        ],
    )


def _left_out(marks: Mapping[UUID, Mark], *, say: Say) -> list[tuple[str, str]]:
    return [
        (say(f"access.why_{why}"), str(count))
        for why in LeftOut
        if (count := sum(mark.why is why for mark in marks.values()))
    ]


def question(request: AccessRequest, marks: Mapping[UUID, Mark], *, say: Say) -> Asked:
    """Tell the second person what they are to look through."""
    return Asked(
        reference=request.reference,
        lines=[
            (say("access.kind"), say(f"access.kind_{request.kind}")),
            (say("access.due"), say.day(request.due_on)),
            *_left_out(marks, say=say),
            (say("access.look_label"), say("access.look_through")),
        ],
    )


def confirmed(request: AccessRequest, outcome: str, *, say: Say) -> Shown:
    """Confirm what was just done with it."""
    return message(
        say(f"access.{outcome}_title", reference=request.reference),
        say(f"access.{outcome}_body"),
        say=say,
        actions=[
            (say("access.open_it", reference=request.reference), "access.open", here(request))
        ],
    )


def letter(request: AccessRequest, *, say: Say) -> Shown:
    """Remind of a request: its number and its day."""
    return message(
        say("access.letter_title", reference=request.reference),
        say("access.letter_body", date=say.day(request.due_on)),
        say=say,
        actions=[
            (say("access.open_it", reference=request.reference), "access.open", here(request))
        ],
    )
