"""Searching for people: in a field of a card, or typed, which stays in the chat."""

from cards import searching as cards
from cards.shown import Shown
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.questions import broken
from dialogs.turns import Turn
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases.permit_office import permit_office
from usecases.search_people import search_people


async def _search(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Offer the field, or look for what was typed after the word."""
    await permit_office(tx, turn.person, OfficeAction.SEARCH)
    if not aim.rest:
        return cards.asking(say=turn.say)
    return await _look_for(tx, turn, aim.rest, typed=True)


async def _find(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _look_for(tx, turn, aim.inputs.get(cards.WHO, ""), typed=False)


async def _look_for(tx: Transaction, turn: Turn, said: str, *, typed: bool) -> Shown:
    try:
        hits = await search_people(tx, said=said, by=turn.person, now=turn.at)
    except RuleBroken as problem:
        if not problem.code.startswith(("search.", "cpr.")):
            raise
        return cards.asking(problem=broken(problem, turn.say), say=turn.say)
    return cards.found(
        [cards.Found(case=hit.case, name=hit.name) for hit in hits.shown],
        complete=hits.complete,
        typed=typed,
        say=turn.say,
    )


def _searches(actor: Actor) -> bool:
    return may(actor, OfficeAction.SEARCH)


OFFER = Offer(
    verbs={
        "case.search": Verb(
            take=_search, words=("søg", "search"), rest=r"(?: .{1,200})?", typed_only=True
        ),
        "case.find": Verb(take=_find, asks=frozenset({cards.WHO})),
    },
    helps={"help.search": _searches},
)
