"""Who is too near to a matter: the list to decide from, one of them, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cards.delivery import Button, aside, lined, moment, said, sheet
from cards.forms import message
from cards.plain import unmarked
from cards.shown import Json, Shown
from cards.words import Say
from domain.dates import local_date
from domain.people import Person
from domain.recusals import Recusal

MOST_LISTED = 5
CODES = ("self", "named_by_reporter")  # reasons that are no words of anybody's


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A recusal in a list, and the number of what it bars from."""

    recusal: Recusal
    reference: str


def here(recusal: Recusal) -> Mapping[str, Json]:
    """Say what a button carries."""
    return {"recusal": str(recusal.id)}


def to_decide(waiting: Sequence[Waiting], *, say: Say) -> Shown:
    """List what waits for a decision, by number only; the names are behind the buttons."""
    if not waiting:
        return message(
            say("recusal.list_title"),
            say("recusal.none"),
            say=say,
            actions=[(say("button.help"), "help", {})],
        )
    lines = [
        said(
            say(
                f"recusal.line_{'upheld' if each.recusal.upheld else 'open'}",
                number=number,
                reference=each.reference,
                since=say.day(local_date(each.recusal.at)),
            )
        )
        for number, each in enumerate(waiting[:MOST_LISTED], start=1)
    ]
    left = len(waiting) - MOST_LISTED
    more = [aside(say("recusal.more", count=left))] if left > 0 else []
    buttons = [
        (say("button.recusal.look_at", number=number), "recusal.open", here(each.recusal))
        for number, each in enumerate(waiting[:MOST_LISTED], start=1)
    ]
    return sheet(say("recusal.list_title"), [*lines, *more], say=say, actions=buttons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One recusal as somebody who decides about it reads it."""

    recusal: Recusal
    reference: str
    person: Person
    said_by: Person
    reason: str = field(repr=False)
    may_lift: bool


def question(asked: Question, *, say: Say) -> Shown:
    """Show why somebody is barred, and ask whether they stay so; nothing of the matter itself."""
    reason = asked.reason
    why = say(f"recusal.reason_{reason}") if reason in CODES else reason
    lines = [
        *lined(
            [
                (say("recusal.person"), asked.person.name),
                (say("recusal.work"), _work(asked.person, say)),
                (say("recusal.said_by"), asked.said_by.name),
                (say("recusal.since"), moment(asked.recusal.at, say)),
                (say("recusal.why"), why),
            ]
        ),
        said(say("recusal.rule")),
    ]
    ways: list[Button] = []
    if not asked.recusal.upheld:
        ways.append((say("button.recusal.uphold"), "recusal.uphold", here(asked.recusal)))
    if asked.may_lift:
        ways.append((say("button.recusal.lift"), "recusal.lift", here(asked.recusal)))
    ways.append((say("button.recusal.list"), "recusal.list", {}))
    return sheet(say("recusal.title", reference=asked.reference), lines, say=say, actions=ways)


def _work(person: Person, say: Say) -> str:
    return f"{unmarked(person.function)}, {say(f'authority.{person.authority}')}"


def stepped_aside(reference: str, *, say: Say) -> Shown:
    """Confirm that one's own way in is shut, and that another has what one had to do."""
    return message(
        say("recusal.stepped_aside_title", reference=reference),
        say("recusal.stepped_aside_body"),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def waits(reference: str, *, say: Say) -> Shown:
    """Tell the Secretariat that there is something to decide, by number only (AC-OUT-05)."""
    return message(
        say("recusal.waits_title", reference=reference),
        say("recusal.waits_body"),
        say=say,
        actions=[(say("button.recusal.list"), "recusal.list", {})],
    )


def decided(reference: str, *, lifted: bool, say: Say) -> Shown:
    """Tell whom it was about what was decided; no word of the matter."""
    name = "lifted" if lifted else "upheld"
    return message(
        say(f"recusal.told_{name}_title", reference=reference),
        say(f"recusal.told_{name}_body"),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def nobody_left(reference: str, *, say: Say) -> Shown:
    """Tell the Secretariat that a case has no facilitator who may see it (INH-4)."""
    return message(
        say("recusal.nobody_left_title", reference=reference),
        say("recusal.nobody_left_body"),
        say=say,
        actions=[(say("button.recusal.list"), "recusal.list", {})],
    )
