"""What somebody who searches sees: the field to write in, and who was found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cards import blocks
from cards.delivery import Button, Part, aside, lined, said, sheet, warned
from cards.plain import plain
from cards.presses import about
from cards.shown import Shown
from cards.words import Say
from domain.cases import RUNNING, Case
from domain.searching import LONGEST_SEARCH

WHO = "who"  # the input that says whom to look for
MOST_BUTTONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody found, as it is listed."""

    case: Case
    name: str = field(repr=False)


def asking(*, problem: str = "", say: Say) -> Shown:
    """Ask whom to look for, in a field that leaves no trace in the chat."""
    return sheet(
        say("search.title"),
        [*([warned(problem)] if problem else []), said(say("search.body")), _field(say)],
        say=say,
        actions=_again(say),
        asking="case.find",
    )


def found(hits: Sequence[Found], *, complete: bool, typed: bool, say: Say) -> Shown:
    """List who was found, by case number and name, and ask for more where there may be others."""
    if hits:
        pairs = [
            (_line(each.case, say), plain(each.name) or say("search.no_name")) for each in hits
        ]
        parts: list[Part] = [*lined(pairs), aside(say("search.typing"))]
    else:
        parts = [said(say("search.none"))]
    if not complete:
        parts.append(said(say("search.more")))
    if typed:
        parts.append(aside(say("search.in_chat")))
    opening: list[Button] = [
        (
            say("button.matching.open", reference=each.case.reference),
            "case.open",
            about("case", each.case.id, each.case.version),
        )
        for each in hits[:MOST_BUTTONS]
    ]
    return sheet(
        say("search.found_title", count=len(hits)),
        [*parts, _field(say)],
        say=say,
        actions=[*opening, *_again(say)],
        asking="case.find",
    )


def _line(case: Case, say: Say) -> str:
    state = "open" if case.state in RUNNING else "ended"
    return say("search.line", reference=case.reference, state=say(f"search.{state}"))


def _field(say: Say) -> Part:
    piece = blocks.text_input(
        WHO,
        say("search.who"),
        value="",
        hint=say("search.hint"),
        at_most=LONGEST_SEARCH,
        lines=False,
    )
    return Part(piece=piece, words="")


def _again(say: Say) -> list[Button]:
    return [(say("button.case.find"), "case.find", {})]
