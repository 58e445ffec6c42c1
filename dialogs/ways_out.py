"""Ways out of a form that is not sent, and the way on from any that has ended."""

from uuid import UUID

from cards import forms
from cards.shown import Json, Shown
from dialogs.flow import Diversion, Flow
from dialogs.presses import NOBODY, Button
from dialogs.questions import Here
from dialogs.turns import Turn
from storage.database import Transaction


def diverted(here: Here, to: Diversion) -> Shown:
    """Say that the form is not the way, and what is."""
    say = here.say
    enquiry = [(say("button.enquiry.begin"), "enquiry.begin", dict[str, Json]())]
    again = [(say("button.concern.begin"), "concern.begin", dict[str, Json]())]
    return forms.message(
        say(f"{to.text}.title"),
        say(f"{to.text}.body"),
        say("form.nothing_stored"),
        say=say,
        actions=(enquiry if to.offers_enquiry else []) + again,
    )


async def wiped(tx: Transaction, here: Here) -> Shown:
    """Delete what was written, and say so."""
    await tx.drafts.close(here.draft, keep_key=False)
    say = here.say
    return forms.message(
        say("form.cancelled_title"),
        say("form.cancelled_text"),
        say=say,
        actions=[await way_on(tx, here.flow, here.turn, here.draft.about)],
    )


async def way_on(tx: Transaction, flow: Flow, turn: Turn, about: UUID | None) -> Button:
    """Lead back to what the form was about, or to another such form."""
    say = turn.say
    again = await flow.about.again(tx, turn, about or NOBODY) if flow.about else None
    if again is not None:
        return again
    verb = f"{flow.name}.begin"
    verb = verb if say.has(f"button.{verb}") else "help"
    return say(f"button.{verb}"), verb, {}
