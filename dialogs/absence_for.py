"""Somebody else's absence: noted and ended by the Secretariat, by name (BER-28)."""

from dataclasses import replace
from uuid import UUID

from cards import absence as cards
from cards.plain import unmarked
from cards.roles import found
from cards.shown import Shown
from dialogs.absence import DAYS
from dialogs.engine import begins, done
from dialogs.flow import Asking, Flow, Given
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Verb
from dialogs.roles import COLLEAGUE
from dialogs.sent import Sent
from dialogs.turns import Turn
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases.note_absence import Away, absence_of, end_absence, find_colleagues, note_absence


async def _again(_: Transaction, turn: Turn, id: UUID) -> Button | None:
    return turn.say("button.absence.show"), "absence.show", {"colleague": str(id)}


WHO = replace(COLLEAGUE, again=_again)


async def _find(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    people = await find_colleagues(tx, named=aim.rest, by=turn.person)
    if len(people) == 1:
        return await _show(tx, turn, replace(aim, id=UUID(people[0].aad_id)))
    return found(people, say=turn.say, verb="absence.show")


async def _show(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return _shown(await absence_of(tx, aad_id=aim.id, by=turn.person, now=turn.at), turn)


async def _recall(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return _shown(await end_absence(tx, aad_id=aim.id, by=turn.person, now=turn.at), turn)


def _shown(away: Away, turn: Turn) -> Shown:
    return cards.of_colleague(away.person, away.noted, say=turn.say)


async def _load(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    away = await absence_of(tx, aad_id=asking.about, by=turn.person, now=turn.at)
    noted = [cards.days_of(each, say=turn.say) for each in away.noted]
    return Given(notes=[unmarked(away.person.name), *noted])


async def _note(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    away = await note_absence(
        tx,
        id=sent.id,
        aad_id=sent.about,
        from_on=sent.day("from_on") or turn.today,
        to_on=sent.day("to_on") or turn.today,
        by=turn.person,
        mail=turn.mail,
        now=turn.at,
    )
    return await done(tx, ABSENCE_FOR, sent, turn, name=unmarked(away.person.name))


ABSENCE_FOR = Flow(
    name="absence_for",
    about=WHO,
    load=_load,
    steps=(DAYS,),
    finish=_note,
    keeps_key=False,
)


def _notes(actor: Actor) -> bool:
    return may(actor, OfficeAction.NOTE_ABSENCE)


OFFER = Offer(
    verbs={
        "absence.find": Verb(
            take=_find,
            words=("fravær for", "absence for"),
            rest=r" .{2,80}",
            typed_only=True,
        ),
        "absence.show": Verb(take=_show, about=WHO),
        "absence.note": Verb(take=begins(ABSENCE_FOR), about=WHO),
        "absence.recall": Verb(take=_recall, about=WHO),
    },
    flows=(ABSENCE_FOR,),
    helps={"help.absence_for": _notes},
)
