"""Agreeing in the chat to what a colleague wants done, or not (`medunderskriv`)."""

from uuid import UUID

from cards import countersigns as cards
from cards.shown import Shown
from dialogs.countersign_kinds import KINDS
from dialogs.offers import Offer, everybody
from dialogs.presses import Aim, Button, Thing, Verb, alone
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.countersign import (
    asked_by,
    give,
    must_be_cleared_of,
    refuse,
    to_answer,
    to_read,
    waiting_for,
    withdraw,
)


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    """Lead back to it; to its case first where the recusal question is not answered yet."""
    try:
        asked = await to_read(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    try:
        await must_be_cleared_of(tx, turn.person, asked, now=turn.at)
    except RuleBroken:
        return await CASE.again(tx, turn, asked.about)
    return turn.say("button.countersign.open"), "countersign.open", cards.where(asked)


COUNTERSIGN = Thing(name="countersign", again=_again)


async def _list(tx: Transaction, turn: Turn) -> Shown:
    return cards.listed(
        await waiting_for(tx, turn.person, now=turn.at),
        await asked_by(tx, turn.person, now=turn.at),
        say=turn.say,
    )


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    asked = await to_read(tx, id=aim.id, by=turn.person, now=turn.at)
    is_own = asked.asked_by == turn.person.id
    await must_be_cleared_of(tx, turn.person, asked, now=turn.at)
    told = await KINDS[asked.kind].asks_about(tx, turn, asked)
    asker = await tx.people.get(asked.asked_by)
    return cards.question(
        asked,
        told,
        asker=asker.name,
        is_own=is_own,
        reader=turn.person.authority,
        say=turn.say,
    )


async def _give(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    asked = await to_answer(tx, id=aim.id, by=turn.person, now=turn.at)
    await must_be_cleared_of(tx, turn.person, asked, now=turn.at)
    given = await give(
        tx,
        id=aim.id,
        seen=aim.version,
        by=turn.person,
        then=KINDS[asked.kind].then,
        now=turn.at,
    )
    return cards.answered(given, say=turn.say)


async def _refuse(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    refused = await refuse(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.answered(refused, say=turn.say)


async def _withdraw(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    withdrawn = await withdraw(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.answered(withdrawn, say=turn.say)


OFFER = Offer(
    verbs={
        "countersign.list": Verb(take=alone(_list), words=("medunderskriv", "countersign")),
        "countersign.open": Verb(take=_open, about=COUNTERSIGN),
        "countersign.give": Verb(take=_give, about=COUNTERSIGN),
        "countersign.refuse": Verb(take=_refuse, about=COUNTERSIGN),
        "countersign.withdraw": Verb(take=_withdraw, about=COUNTERSIGN),
    },
    helps={"help.countersign": everybody},
)
