"""Requests for access in the chat: registered, looked through, agreed by a second person (ACC)."""

import re
from uuid import UUID

from cards import access_requests as cards
from cards.countersigns import Asked
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Choice, Day, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Thing, Verb, alone
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.access_requests import AccessKind, LeftOut
from domain.countersigns import Countersign
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit
from usecases.answer_access import (
    REQUEST,
    ask_review,
    lay_draft,
    look,
    mark,
    register,
    take_back,
    waiting,
)
from usecases.read_case import must_be_cleared

TAKE_IN = "take_in"
BETWEEN = re.compile(r"[\s,;]{1,20}")


async def _find(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = await tx.access_requests.by_reference(reference)
    return (found.id, found.version) if found else None


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        looked = await look(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.access.open"), "access.open", cards.here(looked.request)


ACCESS = Thing(name="access", reference=r"a\d{4}-\d{4,6}", find=_find, again=_again)


async def _list(tx: Transaction, turn: Turn) -> Shown:
    requests = await waiting(tx, by=turn.person, now=turn.at)
    return cards.listed(requests, today=turn.today, say=turn.say)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    looked = await look(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.opened(
        looked.request,
        looked.marks,
        case=looked.case.reference,
        pieces=len(looked.everything.pieces),
        today=turn.today,
        say=turn.say,
    )


async def _draft(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    request = await lay_draft(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.confirmed(request, "drafted", say=turn.say)


async def _review(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    request = await ask_review(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.confirmed(request, "in_review", say=turn.say)


async def _close(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    request = await take_back(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.confirmed(request, "closed", say=turn.say)


async def asks_about(tx: Transaction, turn: Turn, asked: Countersign) -> Asked:
    """Tell the second person what they are to look through (see `countersign_kinds`)."""
    action = Action.ACCESS_REQUEST if asked.asked_by == turn.person.id else Action.REVIEW_ACCESS
    await permit.case(tx, turn.person, action, asked.about, now=turn.at)
    request = await tx.access_requests.find(UUID(asked.terms[REQUEST]))
    if request is None:
        raise RuleBroken("access.moved_on")
    marks = await tx.access_requests.marks(request.id)
    return cards.question(request, marks, say=turn.say)


async def _load_register(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.ACCESS_REQUEST, asking.about, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    return Given(
        title=case.reference,
        version=case.version,
        known={"received_on": turn.today.isoformat()},
    )


async def _register(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    request = await register(
        tx,
        id=sent.id,
        case=sent.about,
        kind=AccessKind(sent.text("kind")),
        received_on=sent.day("received_on") or turn.today,
        by=turn.person,
        now=turn.at,
    )
    return cards.confirmed(request, "registered", say=turn.say)


REGISTER = Flow(
    name="access_request",
    about=CASE,
    load=_load_register,
    steps=(
        Step(
            key="what",
            fields=(
                Field(
                    key="kind",
                    data=DataClass.METADATA,
                    kind=Choice(names=tuple(AccessKind), texts="access_kind"),
                ),
                Field(key="received_on", data=DataClass.METADATA, kind=Day()),
            ),
        ),
    ),
    finish=_register,
    keeps_key=False,
)


async def _load_mark(tx: Transaction, asking: Asking) -> Given:
    looked = await look(tx, id=asking.about, by=asking.turn.person, now=asking.turn.at)
    return Given(title=looked.request.reference, version=looked.request.version)


async def _mark(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    why = sent.text("why")
    await mark(
        tx,
        id=sent.about,
        seen=sent.seen,
        codes=[each for each in BETWEEN.split(sent.text("codes").strip()) if each],
        why=None if why == TAKE_IN else LeftOut(why),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, MARK, sent, turn)


MARK = Flow(
    name="access_mark",
    about=ACCESS,
    load=_load_mark,
    steps=(
        Step(
            key="which",
            fields=(
                Field(key="codes", data=DataClass.METADATA, kind=Text(least=8, at_most=2000)),
                Field(
                    key="why",
                    data=DataClass.METADATA,
                    kind=Choice(names=(*LeftOut, TAKE_IN), texts="access_why"),
                ),
            ),
        ),
    ),
    finish=_mark,
    keeps_key=False,
)


def answers_requests(actor: Actor) -> bool:
    """Whether somebody answers requests at all."""
    return may(actor, OfficeAction.SEE_REQUESTS)


OFFER = Offer(
    verbs={
        "access.list": Verb(take=alone(_list), words=("aktindsigter", "access requests")),
        "access.register": Verb(
            take=begins(REGISTER), about=CASE, words=("aktindsigt", "access request")
        ),
        "access.open": Verb(take=_open, about=ACCESS, words=("aktindsigt", "access request")),
        "access.draft": Verb(take=_draft, about=ACCESS),
        "access.mark": Verb(take=begins(MARK), about=ACCESS, words=("udelad", "leave out")),
        "access.review": Verb(take=_review, about=ACCESS),
        "access.close": Verb(take=_close, about=ACCESS),
    },
    flows=(REGISTER, MARK),
    helps={"help.access": answers_requests},
)
