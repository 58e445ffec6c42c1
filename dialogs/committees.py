"""The committees (`udvalg`): who sits where, since when, and what is missing (REP-1, REP-2)."""

from uuid import UUID

from cards import committees as cards
from cards.committees import WHICH
from cards.shown import Shown
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Thing, Verb, alone
from dialogs.turns import Turn
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.people import committee_id
from domain.roles import Actor
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.see_committee import (
    find_committees,
    look_at,
    see_committee,
    see_committees,
    see_history,
)
from usecases.see_gaps import see_gaps


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        found = await look_at(tx, id=id, by=turn.person)
    except RuleBroken:
        return None
    return turn.say("button.committee.open"), "committee.open", cards.about(found)


COMMITTEE = Thing(name="committee", versioned=False, again=_again)


async def _list(tx: Transaction, turn: Turn) -> Shown:
    committees, missing = await see_committees(tx, by=turn.person)
    return cards.every(committees, missing, keeps=await _keeps(tx, turn), say=turn.say)


async def _keeps(tx: Transaction, turn: Turn) -> bool:
    return may(await actor_of(tx, turn.person), OfficeAction.KEEP_REGISTER)


async def _find(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    named = aim.rest or aim.inputs.get(WHICH, "")
    committees = await find_committees(tx, named=named, by=turn.person)
    if len(committees) == 1:
        return await _shown(tx, turn, committee_id(committees[0].code))
    return cards.found(committees, say=turn.say)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _shown(tx, turn, aim.id)


async def _shown(tx: Transaction, turn: Turn, id: UUID) -> Shown:
    seen = await see_committee(tx, id=id, by=turn.person)
    return cards.seating(
        seen.committee,
        seen.required,
        seen.members,
        seen.gaps,
        keeps=await _keeps(tx, turn),
        say=turn.say,
    )


async def _history(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    committee, changes, people = await see_history(tx, id=aim.id, by=turn.person)
    return cards.history(committee, changes, people, say=turn.say)


async def _gaps(tx: Transaction, turn: Turn) -> Shown:
    found = await see_gaps(tx, by=turn.person)
    committees = {each.code: each for each in await tx.organisation.committees()}
    return cards.gaps(found, committees, say=turn.say)


def _secretariat(actor: Actor) -> bool:
    return may(actor, OfficeAction.SEE_REGISTER)


OFFER = Offer(
    verbs={
        "committee.list": Verb(take=alone(_list), words=("udvalg", "committees")),
        "committee.find": Verb(
            take=_find, words=("udvalg", "committee"), rest=r" .{2,80}", typed_only=True
        ),
        "committee.pick": Verb(take=_find, asks=frozenset({WHICH})),
        "committee.open": Verb(take=_open, about=COMMITTEE),
        "committee.history": Verb(take=_history, about=COMMITTEE),
        "gaps.see": Verb(take=alone(_gaps), words=("huller", "gaps", "mangler")),
    },
    helps={
        "help.committees": _secretariat,
        "help.gaps": lambda actor: may(actor, OfficeAction.SEE_GAPS),
    },
)
