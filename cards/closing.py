"""Closing a case: everything that stands in the way, each with its way on (CASE-9)."""

from collections.abc import Mapping, Sequence

from cards.cases import here
from cards.delivery import Button, aside, said, sheet
from cards.shown import Shown
from cards.words import Say
from domain.case_transitions import Obstacle
from domain.cases import Case

# Where each obstacle is seen to; a card has room for six buttons.
WAYS: Mapping[Obstacle, str] = {
    Obstacle.NOT_COORDINATED: "case.coordinate",
    Obstacle.NO_LEVEL: "case.set_level",
    Obstacle.OPEN_ACTIONS: "action.list",
    Obstacle.INFORM_PENDING: "inform.list",
    Obstacle.ASSESSMENT_OPEN: "plus.assess",
    Obstacle.NOT_QUEUED: "case.history",
    Obstacle.HANDOVER_OPEN: "case.open",
}
MOST = 4


def guards(case: Case, obstacles: Sequence[Obstacle], *, say: Say) -> Shown:
    """Name all that is left to do before a case can be closed, in plain words."""
    ways = dict.fromkeys(WAYS[each] for each in obstacles)
    buttons: list[Button] = [(say(f"button.{verb}"), verb, here(case)) for verb in [*ways][:MOST]]
    back: Button = (say("button.case.back"), "case.open", here(case))
    return sheet(
        say("closing.title", reference=case.reference),
        [
            said(say("closing.body")),
            *(said(f"- {say(f'closing.{obstacle}')}") for obstacle in obstacles),
            aside(say("closing.typing", reference=case.reference)),
        ],
        say=say,
        actions=[*buttons, back] if back[1] not in ways else buttons,
    )


def waits(case: Case, *, kind: str, say: Say) -> Shown:
    """Say that a colleague's agreement is waited for."""
    return sheet(
        say("closing.title", reference=case.reference),
        [said(say(f"case.waits_for_{kind}")), aside(say("closing.waits"))],
        say=say,
        actions=[
            (say("button.countersign.list"), "countersign.list", {}),
            (say("button.case.back"), "case.open", here(case)),
        ],
    )
