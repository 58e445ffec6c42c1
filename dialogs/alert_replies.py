"""Answering an alert: one tap, or a few typed words; for oneself, and for who was telephoned."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from cards import alert_calls, alert_letters
from cards.alert_letters import Letter
from cards.delivery import WHO, Part
from cards.plain import unmarked
from cards.shown import Shown
from dialogs.offers import Offer
from dialogs.presses import Aim, Take, Verb, alone
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alerts import Level, Reply, Via
from domain.errors import RuleBroken
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.answer_alert import answer_alert, answer_for
from usecases.my_alerts import Mine, my_alerts, one_of_mine
from usecases.redraw_alert import redraw_alert
from usecases.see_alert import AlertSeen
from usecases.see_silent import see_silent

LONGEST_NAME = 80
MOST_NAMES = 5
ASKS = frozenset({WHO, alert_calls.REPLY, alert_calls.VIA})

# What may be typed for each answer; `send til …` is what the button says.
SAID: Mapping[str, Reply] = {
    "jeg deltager": Reply.JOINING,
    "deltager": Reply.JOINING,
    "i am joining": Reply.JOINING,
    "joining": Reply.JOINING,
    "modtaget": Reply.RECEIVED,
    "received": Reply.RECEIVED,
    "kan ikke – send til min suppleant": Reply.SUBSTITUTE,
    "kan ikke – send til suppleant": Reply.SUBSTITUTE,
    "send til min suppleant": Reply.SUBSTITUTE,
    "send til suppleant": Reply.SUBSTITUTE,
    "suppleant": Reply.SUBSTITUTE,
    "cannot – send to my substitute": Reply.SUBSTITUTE,
    "send to my substitute": Reply.SUBSTITUTE,
    "substitute": Reply.SUBSTITUTE,
    "kan ikke": Reply.UNABLE,
    "cannot": Reply.UNABLE,
}
SAID_BY: Mapping[str, Via] = {
    "telefon": Via.PHONE,
    "telephone": Via.PHONE,
    "c3": Via.C3,
    "radio": Via.RADIO,
}


async def _reply(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Note the answer that was pressed; the card becomes the letter with it (BER-23)."""
    return await _answered(tx, turn, aim, Reply(aim.inputs["reply"]))


async def _typed(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Note the answer that was typed after a number; the letter shows it too."""
    if aim.rest not in SAID:
        raise RuleBroken("alert.no_such_reply")
    shown = await _answered(tx, turn, aim, SAID[aim.rest])
    await redraw_alert(tx, aim.id, now=turn.at, people=[turn.person.id])
    return shown


async def _answered(tx: Transaction, turn: Turn, aim: Aim, reply: Reply) -> Shown:
    """Note it where the alert is open; an old card shows how it ended."""
    if (await one_of_mine(tx, id=aim.id, by=turn.person, now=turn.at)).alert.is_open:
        await answer_alert(tx, id=aim.id, by=turn.person, reply=reply, mail=turn.mail, now=turn.at)
    return await _letter(tx, turn, aim)


async def _letter(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    mine = await one_of_mine(tx, id=aim.id, by=turn.person, now=turn.at)
    others = any(
        each.own.reply is None and each.alert.id != aim.id
        for each in await my_alerts(tx, by=turn.person, now=turn.at)
    )
    return alert_letters.letter(_written(mine), others=others, say=turn.say)


async def _join(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Join one of several, and see the others again (BER-20)."""
    await _answered(tx, turn, aim, Reply.JOINING)
    return await _all(tx, turn)


async def _all(tx: Transaction, turn: Turn) -> Shown:
    """Show the alerts that are open to somebody: one as a letter, several on one card."""
    letters = [_written(each) for each in await my_alerts(tx, by=turn.person, now=turn.at)]
    if not letters:
        raise RuleBroken("alert.none_to_you")
    if len(letters) == 1:
        return alert_letters.letter(letters[0], say=turn.say)
    return alert_letters.several(letters, say=turn.say)


async def _said(tx: Transaction, turn: Turn, reply: Reply) -> Shown:
    """Note what was typed without a number, where only one alert can be meant (BER-20).

    :raises RuleBroken: `alert.none_to_you`
    """
    mine = await my_alerts(tx, by=turn.person, now=turn.at)
    waiting = [each for each in mine if each.own.reply is None] or mine
    if len(waiting) != 1:
        return await _all(tx, turn)
    aim = Aim(id=waiting[0].alert.id)
    shown = await _answered(tx, turn, aim, reply)
    await redraw_alert(tx, aim.id, now=turn.at, people=[turn.person.id])
    return shown


async def received(tx: Transaction, turn: Turn) -> Shown | None:
    """Note »modtaget« for an alert that waits for an answer; None where none does."""
    mine = await my_alerts(tx, by=turn.person, now=turn.at)
    if all(each.own.reply is not None for each in mine):
        return None
    return await _said(tx, turn, Reply.RECEIVED)


async def _silent(tx: Transaction, turn: Turn, aim: Aim, *, news: Sequence[Part] = ()) -> Shown:
    """Show whom to telephone, and ask what they said."""
    alert, silent = await see_silent(tx, id=aim.id, by=turn.person)
    return alert_calls.to_call(alert, silent, news=news, say=turn.say)


async def _confirm(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Note what somebody said who was chosen on the card (BER-21)."""
    person = PersonId(aim.inputs.get(WHO, "")[:LONGEST_NAME])
    if not person:
        mend = alert_calls.to_mend(turn.say("call_list.choose"))
        return await _silent(tx, turn, aim, news=[mend])
    reply, via = aim.inputs.get(alert_calls.REPLY, ""), aim.inputs.get(alert_calls.VIA, "")
    if reply not in {*Reply} or via not in {*alert_calls.BY_VOICE}:
        raise RuleBroken("press.not_ours")
    return await _noted(tx, turn, aim, person=person, reply=Reply(reply), via=Via(via))


async def _confirm_named(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Note what somebody said whose name was typed; that they are joining, if nothing is added."""
    name, via = _last(aim.rest, SAID_BY, Via.PHONE)
    name, reply = _last(name, SAID, Reply.JOINING)
    person = await _meant(tx, turn, aim, name)
    return await _noted(tx, turn, aim, person=person.id, reply=reply, via=via)


async def _noted(
    tx: Transaction, turn: Turn, aim: Aim, *, person: PersonId, reply: Reply, via: Via
) -> Shown:
    await answer_for(
        tx,
        id=aim.id,
        by=turn.person,
        person=person,
        reply=reply,
        via=via,
        mail=turn.mail,
        now=turn.at,
    )
    named = await tx.people.of_ids([person])
    news = alert_calls.noted(unmarked(named[person].name), reply, via, say=turn.say)
    return await _silent(tx, turn, aim, news=[news])


_V = TypeVar("_V")


def _last(typed: str, words: Mapping[str, _V], otherwise: _V) -> tuple[str, _V]:
    """Take the last words off what was typed where they say something, the longest first."""
    for each in sorted(words, key=len, reverse=True):
        rest = typed.removesuffix(f" {each}")
        if rest != typed:
            return rest.strip(), words[each]
    return typed, otherwise


async def _meant(tx: Transaction, turn: Turn, aim: Aim, name: str) -> Person:
    """Find whom it was sent to and who is called that.

    :raises RuleBroken: `alert.not_told`, `trial.several`, or as `see_silent` does.
    """
    await see_silent(tx, id=aim.id, by=turn.person)
    rows = await tx.recipients.of(aim.id)
    people = await tx.people.of_ids([each.person for each in rows])
    found = [each for each in people.values() if name in each.name.casefold()]
    exactly = [each for each in found if each.name.casefold() == name]
    found = exactly or found
    if not found:
        raise RuleBroken("alert.not_told", about=str(aim.id))
    if len(found) > 1:
        found.sort(key=lambda each: each.name)
        names = ", ".join(unmarked(each.name) for each in found[:MOST_NAMES])
        raise RuleBroken("trial.several", names=names)
    return found[0]


def _written(mine: Mine) -> Letter:
    return Letter(
        alert=mine.alert,
        own=mine.own,
        by=mine.by,
        instead_of=mine.instead_of,
        because=mine.because,
    )


def _says(reply: Reply) -> Take:
    return alone(lambda tx, turn: _said(tx, turn, reply))


async def own_answer(_: Transaction, turn: Turn, seen: AlertSeen) -> Sequence[Part]:
    """Say on the page of an alert what they have answered themselves, or that they have not."""
    if seen.own is None or not is_asked(seen):
        return ()
    return [alert_letters.own_answer(seen.own, say=turn.say)]


def is_asked(seen: AlertSeen) -> bool:
    """Whether an answer of theirs is waited for, or can be changed."""
    asks = seen.alert.level is not Level.ORIENTATION
    return seen.own is not None and seen.is_open and seen.has_left and asks


def calls(seen: AlertSeen) -> bool:
    """Whether they may write down what others said, and somebody is left to telephone."""
    asks = seen.alert.level is not Level.ORIENTATION
    return seen.acts and seen.is_open and seen.has_left and asks


OFFER = Offer(
    verbs={
        "alert.reply": Verb(
            take=_reply, about=ALERT, carries={"reply": frozenset(map(str, Reply))}
        ),
        "alert.join": Verb(take=_join, about=ALERT),
        "alert.mine": Verb(take=_letter, about=ALERT, words=("mit svar", "my answer")),
        "alert.answer": Verb(
            take=_typed,
            about=ALERT,
            words=("svar", "answer"),
            rest=r" .{2,60}",
            typed_only=True,
        ),
        "alert.unanswered": Verb(take=alone(_all), words=("svar", "answer")),
        "alert.joins": Verb(
            take=_says(Reply.JOINING), words=("jeg deltager", "i am joining"), typed_only=True
        ),
        "alert.passes": Verb(
            take=_says(Reply.SUBSTITUTE),
            words=("send til min suppleant", "send to my substitute"),
            typed_only=True,
        ),
        "alert.cannot": Verb(
            take=_says(Reply.UNABLE), words=("kan ikke", "cannot"), typed_only=True
        ),
        "alert.silent": Verb(take=_silent, about=ALERT, words=("ring op", "call up")),
        "alert.confirm": Verb(take=_confirm, about=ALERT, asks=ASKS),
        "alert.confirm_named": Verb(
            take=_confirm_named,
            about=ALERT,
            words=("bekræft", "confirm"),
            rest=r" .{2,120}",
            typed_only=True,
        ),
    },
)
