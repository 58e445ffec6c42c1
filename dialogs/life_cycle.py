"""Keeping and letting go in the chat: what may be deleted, and what may not be for now."""

from functools import partial

from cards import life_cycle as cards
from cards.countersigns import Asked
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.countersigns import Countersign
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases import permit
from usecases.hold_case import set_hold
from usecases.release_case import Waits, ask_release, read_preview


async def _list(tx: Transaction, turn: Turn) -> Shown:
    lines = await read_preview(tx, by=turn.person, now=turn.at)
    return cards.preview(
        [
            cards.Line(
                case=each.case,
                listing=each.listing,
                waits=each.waits,
                may_ask=each.waits is Waits.DECISION,
            )
            for each in lines
        ],
        say=turn.say,
    )


async def _ask(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await ask_release(tx, case=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    case, _, _ = await permit.case(
        tx, turn.person, Action.RELEASE, aim.id, result=None, now=turn.at
    )
    return cards.asked(case, say=turn.say)


async def asks_about(tx: Transaction, turn: Turn, asked: Countersign) -> Asked:
    """Tell who is asked to let go of something what it is (see `countersign_kinds`)."""
    action = Action.RELEASE if asked.asked_by == turn.person.id else Action.AGREE_RELEASE
    case, _, _ = await permit.case(tx, turn.person, action, asked.about, now=turn.at)
    listing = next(iter(await tx.retention.listings([case.id])), None)
    if listing is None:
        raise RuleBroken("release.not_listed")
    return cards.question(case, listing, say=turn.say)


async def _load(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.HOLD, asking.about, result=None, now=turn.at
    )
    return Given(title=case.reference, version=case.version)


async def _finish(tx: Transaction, sent: Sent, turn: Turn, *, held: bool) -> Shown:
    await set_hold(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        held=held,
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, HOLD if held else LIFT, sent, turn)


REASON = Step(
    key="why",
    fields=(
        Field(
            key="reason", data=DataClass.DECISIONS, kind=Text(least=10, at_most=1000, lines=True)
        ),
    ),
)
HOLD = Flow(
    name="hold",
    about=CASE,
    load=_load,
    steps=(REASON,),
    finish=partial(_finish, held=True),
    keeps_key=False,
)
LIFT = Flow(
    name="lift_hold",
    about=CASE,
    load=_load,
    steps=(REASON,),
    finish=partial(_finish, held=False),
    keeps_key=False,
)


def releases(actor: Actor) -> bool:
    """Whether somebody lets go of anything at all."""
    return may(actor, OfficeAction.SEE_DELETIONS)


OFFER = Offer(
    verbs={
        "release.list": Verb(take=alone(_list), words=("sletteliste", "deletions")),
        "release.ask": Verb(take=_ask, about=CASE, words=("frigiv", "release")),
        "case.hold": Verb(take=begins(HOLD), about=CASE, words=("bevar", "hold")),
        "case.lift_hold": Verb(take=begins(LIFT), about=CASE, words=("ophæv", "lift")),
    },
    flows=(HOLD, LIFT),
    helps={"help.deletions": releases},
)
