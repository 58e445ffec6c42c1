"""Asking where a concern belongs, and why."""

from collections.abc import Iterable, Mapping

from cards import blocks
from cards.concerns import about
from cards.shown import Piece, Shown
from cards.words import Say
from domain.concerns import Concern


def reroute_question(
    concern: Concern,
    *,
    groups: Mapping[str, str],
    reasons: Mapping[str, str],
    given: Mapping[str, str],
    problem: str | None,
    say: Say,
) -> Shown:
    """Ask where the concern belongs, and why; what was answered already stays."""
    title = say("reroute.title", reference=concern.reference)
    to, reason, note = (given.get(key, "") for key in ("to", "reason", "note"))
    body: list[Piece] = [blocks.heading(title)]
    if problem:
        body.append(blocks.warning(problem))
    body += [
        blocks.choice_input(
            "to",
            say("reroute.to"),
            groups,
            value=_one_of(groups, to),
            hint=say("reroute.placeholder"),
        ),
        blocks.choice_input(
            "reason", say("reroute.reason"), reasons, value=_one_of(reasons, reason)
        ),
        blocks.text_input(
            "note", say("reroute.note"), value=note, hint="", at_most=500, lines=True
        ),
    ]
    typing = say("reroute.typing", reference=concern.reference)
    lines = [
        *(say("reroute.to"), *numbered(groups.values())),
        *(say("reroute.reason"), *numbered(reasons.values())),
    ]
    return Shown(
        words="\n".join(filter(None, [title, problem, *lines, typing])),
        summary=title,
        card=blocks.card(
            *body,
            blocks.small(typing),
            say=say,
            summary=title,
            actions=[
                blocks.button(say("button.concern.move"), "concern.move", about(concern)),
                blocks.button(
                    say("button.concern.open_again"), "concern.open", about(concern), inputs=False
                ),
            ],
        ),
    )


def numbered(titles: Iterable[str]) -> list[str]:
    return [f"{n}. {title}" for n, title in enumerate(titles, start=1)]


def _one_of(options: Mapping[str, str], chosen: str) -> str:
    return chosen if chosen in options else ""
