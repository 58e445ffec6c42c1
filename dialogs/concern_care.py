"""The presses on a concern that has been sent: its reporter's, and those of who handles it."""

from typing import cast
from uuid import UUID

from cards import concerns as cards
from cards import help as help_cards
from cards import reports
from cards.shown import Json, Shown
from dialogs import engine
from dialogs.concern_report import CONCERN_REPORT
from dialogs.concern_ways import ways_on
from dialogs.kinds import YES_NO
from dialogs.offers import Offer, everybody
from dialogs.presses import Aim, Verb, alone
from dialogs.short_forms import ADDITION, ENQUIRY
from dialogs.things import CONCERN
from dialogs.turns import Turn
from domain.access import Action, can
from domain.concerns import Concern, Parts, waits_as
from domain.matters import MatterKind
from domain.people import Office, Seat
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit
from usecases.follow_concern import withdraw_concern
from usecases.handle_concern import (
    Opened,
    name_to_clear,
    open_concern,
    take_up_concern,
)
from usecases.recuse import step_aside


async def _look(tx: Transaction, turn: Turn, action: Action, aim: Aim) -> Concern:
    """Find what the press is about, for a question that shows nothing of it."""
    concern, *_ = await permit.concern(tx, turn.person, action, aim.id, result=None, now=turn.at)
    return concern


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _read(tx, turn, aim, no_relation=False)


async def _clear(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _read(tx, turn, aim, no_relation=True)


async def _read(tx: Transaction, turn: Turn, aim: Aim, *, no_relation: bool) -> Shown:
    opened = await open_concern(
        tx, id=aim.id, by=turn.person, no_relation=no_relation, now=turn.at
    )
    if opened is None:
        concern = await _look(tx, turn, Action.OPEN, aim)
        name = await name_to_clear(tx, turn.person, aim.id, now=turn.at)
        return cards.relation_question(concern, name=name, say=turn.say)
    concern = opened.concern
    group = await tx.organisation.committee(concern.group) if concern.group else None
    identity = {key: str(value) for each in opened.parts.values() for key, value in each.items()}
    return cards.reading(
        cards.Reading(
            concern=concern,
            group=group.name if group else turn.say("reading.triage"),
            sections=_sections(opened, turn),
            additions=opened.additions,
            police=turn.person.authority == "KP",
            protected=identity.get("protected") == "yes",
            ways=ways_on(opened.actor, concern, opened.matter),
        ),
        say=turn.say,
    )


def _sections(opened: Opened, turn: Turn) -> list[tuple[str, list[tuple[str, str]]]]:
    """Lay the readable parts out in the order of the form they were written in."""
    answers = _answers(opened.parts)
    say, sections = turn.say, _reporter(opened, turn)
    for flow in (CONCERN_REPORT, ENQUIRY):
        for step in flow.steps:
            given = [
                (say(f"{flow.name}.{field.key}.label"), field.kind.show(answers[field.key], say))
                for field in step.fields
                if field.key in answers
            ]
            if "confirmed" in answers and any(field.key == "offence" for field in step.fields):
                given.append((say("reading.confirmed"), YES_NO.show(answers["confirmed"], say)))
            if given:
                sections.append((say(f"{flow.name}.step.{step.key}"), given))
    return sections


def _reporter(opened: Opened, turn: Turn) -> list[tuple[str, list[tuple[str, str]]]]:
    """Say who reported it and where they are at work, to somebody who may know (D7)."""
    say, who = turn.say, opened.reporter
    if who is None:
        return []
    told = [
        (say("reading.reporter_name"), who.name),
        (say("reading.reporter_work"), f"{who.function}, {say(f'authority.{who.authority}')}"),
        (say("reading.reporter_contact"), who.email),
    ]
    return [(say("reading.reporter"), told)]


def _answers(parts: Parts) -> dict[str, Json]:
    return {k: cast("Json", value) for each in parts.values() for k, value in each.items()}


async def _take_up(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    taken = await take_up_concern(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    _, matter, actor = await permit.concern(
        tx, turn.person, Action.TAKE_UP, aim.id, result=None, now=turn.at
    )
    return cards.taken_up(taken, ways_on(actor, taken, matter), say=turn.say)


async def _step_aside(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    concern = await _look(tx, turn, Action.STEP_ASIDE, aim)
    await step_aside(tx, kind=MatterKind.CONCERN, id=aim.id, by=turn.person, now=turn.at)
    return cards.handled(concern, "stepped_aside", say=turn.say)


async def _withdraw(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    concern = await withdraw_concern(tx, id=aim.id, by=turn.person, now=turn.at)
    return reports.withdrawn(concern, say=turn.say)


async def _stand(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Draw the task as things stand; asking for it reads nothing that was confided."""
    concern, matter, actor = await permit.concern(
        tx, turn.person, Action.OPEN, aim.id, result=None, now=turn.at
    )
    may_take_up = can(actor, Action.TAKE_UP, matter)
    return cards.stands(
        concern,
        by_me=concern.taken_up_by == turn.person.id,
        waits_as=waits_as(concern, may_take_up=may_take_up, now=turn.at),
        say=turn.say,
    )


async def receipt(tx: Transaction, turn: Turn, id: UUID) -> Shown | None:
    """Show the receipt again on a form's card that has been sent already."""
    added_to = await tx.concerns.of_addition(id)
    concern = added_to or await tx.concerns.find(id)
    if concern is None or concern.reporter != turn.person.id:
        return None
    if added_to is not None:
        return reports.added(added_to, say=turn.say)
    group = await tx.organisation.committee(concern.group) if concern.group else None
    if "route.enquiry" in concern.reasons:
        return reports.enquiry_received(concern, say=turn.say)
    return reports.received(concern, group=group.name if group else None, say=turn.say)


async def _mine(tx: Transaction, turn: Turn) -> Shown:
    if not turn.person.s115_covered:
        return help_cards.not_covered(say=turn.say)
    return reports.mine(await tx.concerns.of_reporter(turn.person.id), say=turn.say)


async def _waiting(tx: Transaction, turn: Turn) -> Shown:
    """List the concerns that wait for this person, by reference and area only."""
    actor = await permit.actor_of(tx, turn.person)
    places = [m.committee for m in actor.memberships if m.seat is Seat.FACILITATOR]
    triage = [None] if Office.SEK in turn.person.offices else []
    waiting = [
        concern for place in (*places, *triage) for concern in await tx.concerns.waiting_in(place)
    ]
    matters = await tx.matters.of_concerns(waiting, now=turn.at)
    found = [each for each in waiting if can(actor, Action.TAKE_UP, matters[each.id])]
    return cards.waiting(found, say=turn.say)


def _handles(actor: Actor) -> bool:
    seats = any(m.seat is Seat.FACILITATOR for m in actor.memberships)
    return seats or bool(actor.person.offices)


OFFER = Offer(
    verbs={
        "concern.open": Verb(take=_open, about=CONCERN, words=("åbn", "open")),
        "concern.clear": Verb(take=_clear, about=CONCERN, words=("nej", "no")),
        "concern.step_aside": Verb(
            take=_step_aside, about=CONCERN, words=("ja", "yes", "inhabil", "recuse")
        ),
        "concern.take_up": Verb(take=_take_up, about=CONCERN, words=("tag op", "take up")),
        "concern.withdraw": Verb(
            take=_withdraw, about=CONCERN, words=("træk tilbage", "withdraw")
        ),
        "concern.add": Verb(take=engine.begins(ADDITION), about=CONCERN, words=("tilføj", "add")),
        "concern.stand": Verb(take=_stand, about=CONCERN),
        "concern.mine": Verb(
            take=alone(_mine), words=("mine bekymringer", "my concerns", "status")
        ),
        "addition.begin": Verb(take=alone(_mine)),
        "concern.waiting": Verb(take=alone(_waiting), words=("nye bekymringer", "new concerns")),
    },
    flows=(ADDITION,),
    helps={"help.mine": everybody, "help.waiting": _handles},
)
