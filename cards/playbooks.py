"""A level's playbook: what the Secretariat says about it, and what each authority can offer."""

from collections.abc import Sequence

from cards import blocks
from cards.delivery import Button, Part, headed, said, sheet
from cards.plain import plain
from cards.presses import about
from cards.shown import Shown
from cards.words import Say
from domain.action_catalogue import Contribution
from domain.cases import Case


def playbook(
    level: int,
    text: str,
    offered: Sequence[Contribution],
    *,
    top: Sequence[Part],
    buttons: Sequence[Button],
    say: Say,
) -> Shown:
    """Show it, under what has just been done if anything."""
    own = [Part(piece=blocks.quote(text), words=plain(text))] if text else []
    by_authority: dict[str, list[str]] = {}
    for each in offered:
        by_authority.setdefault(say(f"authority.{each.authority}"), []).append(say(each.text))
    lines = [
        said(f"**{authority}**: {'; '.join(what)}") for authority, what in by_authority.items()
    ]
    return sheet(
        say("playbook.title", level=level),
        [*top, *own, headed(say("playbook.offered")), *lines],
        say=say,
        actions=buttons,
    )


def after_level(case: Case, *, say: Say) -> tuple[list[Part], list[Button]]:
    """Say that the level was saved, and lead on to what it asks for."""
    here = about("case", case.id, case.version)
    return (
        [said(say("level.done_title")), said(say("level.done_body"))],
        [
            (say("button.action.add"), "action.add", here),
            (say("button.case.back"), "case.open", here),
        ],
    )
