"""What somebody has begun: go on with it, choose between several, or let it go."""

from collections.abc import Sequence

from cards import forms
from cards import help as help_cards
from cards.shown import Shown
from dialogs import engine
from dialogs.offers import Offer, everybody
from dialogs.presses import Aim, Thing, Verb, alone
from dialogs.progress import Progress
from dialogs.questions import Here, broken
from dialogs.registry import FLOWS
from dialogs.turns import Turn
from domain.drafts import Draft
from domain.errors import RuleBroken
from storage.database import Transaction

DRAFT = Thing(name="draft", versioned=False)


async def _resume(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Go on with the only form that was begun, or ask with which."""
    begun = await _begun(tx, turn)
    if not begun:
        raise RuleBroken("draft.none")
    if aim.rest or len(begun) == 1:
        number = int(aim.rest or 1)
        if not 1 <= number <= len(begun):
            return _choose(begun, turn)
        return await engine.resume(tx, begun[number - 1])
    return _choose(begun, turn)


async def _begun(tx: Transaction, turn: Turn) -> list[Here]:
    """List the forms that can be gone on with; one whose object is out of reach is wiped."""
    begun: list[Here] = []
    for draft in await tx.drafts.all_of(turn.person.id, now=turn.at):
        try:
            begun.append(await engine.at(tx, FLOWS[draft.flow], draft, turn))
        except RuleBroken:
            await tx.drafts.close(draft, keep_key=False)
    return begun


def _choose(begun: Sequence[Here], turn: Turn) -> Shown:
    say = turn.say
    return help_cards.begun(
        [(each.draft.id, say(f"{each.flow.name}.begun"), each.given.title) for each in begun],
        say=say,
    )


async def _pick(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    for draft in await tx.drafts.all_of(turn.person.id, now=turn.at):
        if draft.id == aim.id:
            return await engine.resume(tx, await engine.at(tx, FLOWS[draft.flow], draft, turn))
    return gone(turn, has_another=False)


async def _discard(tx: Transaction, turn: Turn) -> Shown:
    """Say no to the offer: what was written is deleted at once."""
    draft = await tx.drafts.of(turn.person.id, now=turn.at)
    if draft is not None and Progress.of(draft).answers:
        return await _resume(tx, turn, Aim())
    if draft is not None:
        await tx.drafts.close(draft, keep_key=False)
    say = turn.say
    return forms.message(
        say("offer.discarded_title"),
        say("offer.discarded_body"),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


async def out_of_reach(tx: Transaction, turn: Turn, draft: Draft, problem: RuleBroken) -> Shown:
    """Wipe a form whose object is not the person's any more, and say so as of any other."""
    await tx.drafts.close(draft, keep_key=False)
    say = turn.say
    return forms.message(
        say("refusal.title"),
        broken(problem, say),
        say=say,
        actions=[(say("button.help"), "help", {})],
    )


def gone(turn: Turn, *, has_another: bool) -> Shown:
    """Answer a card whose form has ended."""
    say = turn.say
    verb = "form.resume" if has_another else "help"
    return forms.message(
        say("form.gone_title"),
        say("form.gone_elsewhere" if has_another else "form.gone_text"),
        say=say,
        actions=[(say(f"button.{verb}"), verb, {})],
    )


OFFER = Offer(
    verbs={
        "form.resume": Verb(
            take=_resume, words=("fortsæt", "continue", "resume"), rest=r"(?: \d)?"
        ),
        "form.discard": Verb(take=alone(_discard)),
        "draft.pick": Verb(take=_pick, about=DRAFT),
    },
    helps={"help.resume": everybody},
)
