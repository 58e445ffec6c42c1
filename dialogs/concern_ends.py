"""The ends of a concern: rejected, sent on, or given back to a reporter who asked for it."""

from collections.abc import Awaitable, Callable

from cards import concerns as concern_cards
from cards import intake as cards
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.sent import Sent
from dialogs.things import CONCERN
from dialogs.turns import Turn
from domain.access import Action
from domain.concern_ends import Elsewhere, NoBasis
from domain.data_classes import DataClass
from storage.database import Transaction
from usecases import permit
from usecases.end_concern import decide_withdrawal, reject_concern, send_elsewhere
from usecases.follow_concern import ask_for_withdrawal, read_answer


def _for(action: Action) -> Callable[[Transaction, Asking], Awaitable[Given]]:
    """Look the concern up for somebody who may do this with it."""

    async def load(tx: Transaction, asking: Asking) -> Given:
        turn = asking.turn
        concern, *_ = await permit.concern(
            tx, turn.person, action, asking.about, result=None, now=turn.at
        )
        return Given(title=concern.reference, version=concern.version)

    return load


async def _reject(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    reason = NoBasis(sent.text("reason"))
    await reject_concern(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        reason=reason,
        guidance=sent.text("guidance") or turn.say(f"reject.guidance_{reason}"),
        answer=sent.id,
        now=turn.at,
    )
    return await done(tx, REJECT, sent, turn)


async def _send_on(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    to = Elsewhere(sent.text("to"))
    await send_elsewhere(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        to=to,
        guidance=sent.text("guidance") or turn.say(f"send_on.guidance_{to}"),
        answer=sent.id,
        now=turn.at,
    )
    return await done(tx, SEND_ON, sent, turn)


async def _ask_back(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await ask_for_withdrawal(
        tx,
        id=sent.about,
        addition=sent.id,
        seen=sent.seen,
        by=turn.person,
        why=sent.text("why"),
        now=turn.at,
    )
    return await done(tx, ASK_BACK, sent, turn)


_GUIDANCE = Field(
    key="guidance",
    kind=Text(least=10, at_most=1500, lines=True),
    data=DataClass.TEXT,
    optional=True,
)
REJECT = Flow(
    name="reject",
    about=CONCERN,
    load=_for(Action.REJECT),
    steps=(
        Step(
            key="reason",
            fields=(
                Field(
                    key="reason",
                    kind=Choice(names=tuple(NoBasis), texts="reject"),
                    data=DataClass.DECISIONS,
                ),
                _GUIDANCE,
            ),
        ),
        Step(key="review", review=True),
    ),
    finish=_reject,
    keeps_key=False,
)
SEND_ON = Flow(
    name="send_on",
    about=CONCERN,
    load=_for(Action.REDIRECT),
    steps=(
        Step(
            key="to",
            fields=(
                Field(
                    key="to",
                    kind=Choice(names=tuple(Elsewhere), texts="elsewhere"),
                    data=DataClass.DECISIONS,
                ),
                _GUIDANCE,
            ),
        ),
        Step(key="review", review=True),
    ),
    finish=_send_on,
    keeps_key=False,
)
ASK_BACK = Flow(
    name="ask_back",
    about=CONCERN,
    load=_for(Action.ASK_WITHDRAWAL),
    steps=(
        Step(
            key="why",
            fields=(
                Field(
                    key="why",
                    kind=Text(least=10, at_most=1000, lines=True),
                    data=DataClass.TEXT,
                ),
            ),
        ),
    ),
    finish=_ask_back,
    keeps_key=False,
)


async def _give_back(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _decide(tx, turn, aim, give_back=True)


async def _keep(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _decide(tx, turn, aim, give_back=False)


async def _decide(tx: Transaction, turn: Turn, aim: Aim, *, give_back: bool) -> Shown:
    decided = await decide_withdrawal(
        tx, id=aim.id, seen=aim.version, by=turn.person, give_back=give_back, now=turn.at
    )
    say = turn.say
    if give_back:
        return concern_cards.handled(decided, "given_back", say=say)
    return concern_cards.handled(decided, "kept", say=say)


async def _answer(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    concern, text = await read_answer(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.answer(concern, text, say=turn.say)


OFFER = Offer(
    verbs={
        "concern.reject": Verb(take=begins(REJECT), about=CONCERN, words=("afvis", "reject")),
        "concern.send_on": Verb(take=begins(SEND_ON), about=CONCERN, words=("henvis", "refer")),
        "concern.ask_back": Verb(
            take=begins(ASK_BACK), about=CONCERN, words=("bed om tilbage", "ask back")
        ),
        "concern.give_back": Verb(
            take=_give_back, about=CONCERN, words=("giv tilbage", "give back")
        ),
        "concern.keep": Verb(take=_keep, about=CONCERN, words=("behold", "keep")),
        "concern.answer": Verb(take=_answer, about=CONCERN, words=("svar på", "answer")),
    },
    flows=(REJECT, SEND_ON, ASK_BACK),
)
