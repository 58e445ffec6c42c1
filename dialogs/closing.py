"""Closing a case in the chat, and opening it again: asked here, agreed to by a colleague."""

from cards import closing as cards
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.cases import CloseReason
from domain.countersigns import CountersignKind
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases import permit
from usecases.close_case import REASON_AT_LEAST, ask_to_close, ask_to_reopen, look_at_closing
from usecases.countersign import open_of
from usecases.read_case import must_be_cleared

WORDS = Field(
    key="words",
    kind=Text(least=REASON_AT_LEAST, at_most=1000, lines=True),
    data=DataClass.DECISIONS,
)


async def _close(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show what is in the way, or ask for the reason."""
    looked = await look_at_closing(tx, id=aim.id, by=turn.person, now=turn.at)
    await must_be_cleared(tx, turn.person, aim.id)
    if looked.asked is not None:
        return cards.waits(looked.case, kind=CountersignKind.CLOSE_CASE, say=turn.say)
    if looked.obstacles:
        return cards.guards(looked.case, looked.obstacles, say=turn.say)
    return await begins(CLOSING)(tx, turn, aim)


async def _load_close(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.CLOSE, asking.about, result=None, now=turn.at
    )
    return Given(title=case.reference, version=case.version)


async def _ask_close(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await must_be_cleared(tx, turn.person, sent.about)
    await ask_to_close(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        reason=CloseReason(sent.text("reason")),
        words=sent.text("words"),
        now=turn.at,
    )
    return await done(tx, CLOSING, sent, turn)


CLOSING = Flow(
    name="close_case",
    about=CASE,
    load=_load_close,
    steps=(
        Step(
            key="reason",
            fields=(
                Field(
                    key="reason",
                    kind=Choice(names=tuple(CloseReason), texts="close_reason"),
                    data=DataClass.METADATA,
                ),
                WORDS,
            ),
        ),
    ),
    finish=_ask_close,
    keeps_key=False,
)


async def _reopen(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    case, matter, _ = await permit.case(
        tx, turn.person, Action.REOPEN, aim.id, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, aim.id)
    if not matter.ended:
        raise RuleBroken("case.no_such_move")
    if await open_of(tx, aim.id, CountersignKind.REOPEN_CASE, now=turn.at) is not None:
        return cards.waits(case, kind=CountersignKind.REOPEN_CASE, say=turn.say)
    return await begins(REOPENING)(tx, turn, aim)


async def _load_reopen(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.REOPEN, asking.about, result=None, now=turn.at
    )
    return Given(title=case.reference, version=case.version)


async def _ask_reopen(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await must_be_cleared(tx, turn.person, sent.about)
    await ask_to_reopen(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        words=sent.text("words"),
        now=turn.at,
    )
    return await done(tx, REOPENING, sent, turn)


REOPENING = Flow(
    name="reopen_case",
    about=CASE,
    load=_load_reopen,
    steps=(Step(key="reason", fields=(WORDS,)),),
    finish=_ask_reopen,
    keeps_key=False,
)


OFFER = Offer(
    verbs={
        "case.close": Verb(take=_close, about=CASE, words=("luk", "close")),
        "case.reopen": Verb(take=_reopen, about=CASE, words=("genåbn", "reopen")),
    },
    flows=(CLOSING, REOPENING),
)
