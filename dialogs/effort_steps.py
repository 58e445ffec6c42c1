"""The short forms about an effort, from its assessment to its evaluation; and about the pool."""

from cards import efforts as cards
from cards.shown import Shown
from dialogs.engine import done
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import YES_NO
from dialogs.money import Kroner
from dialogs.sent import Sent
from dialogs.things import EFFORT
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.efforts import APPROVES, Assessment, Evaluation, Stage
from domain.office_actions import OfficeAction
from storage.database import Transaction
from usecases import permit
from usecases.carry_out_effort import evaluate_effort, settle_effort
from usecases.decide_effort import assess_effort, override_pool, refuse_effort, set_pool
from usecases.permit_office import permit_office

FACT = DataClass.METADATA
WORDS = Text(least=10, at_most=2000, lines=True)
YEARS = ("this", "next")


async def _about(tx: Transaction, asking: Asking, action: Action) -> Given:
    turn = asking.turn
    effort, _, _ = await permit.effort(tx, turn.person, action, asking.about, now=turn.at)
    return Given(title=effort.reference, version=effort.version)


async def _to_assess(tx: Transaction, asking: Asking) -> Given:
    return await _about(tx, asking, Action.ASSESS_EFFORT)


async def _to_refuse(tx: Transaction, asking: Asking) -> Given:
    found = await tx.efforts.find(asking.about)
    action = APPROVES[found.kind] if found else Action.APPROVE_LOCAL_EFFORT
    return await _about(tx, asking, action)


async def _to_override(tx: Transaction, asking: Asking) -> Given:
    return await _about(tx, asking, Action.OVERRIDE_POOL)


async def _to_settle(tx: Transaction, asking: Asking) -> Given:
    return await _about(tx, asking, Action.SETTLE_EFFORT)


async def _to_evaluate(tx: Transaction, asking: Asking) -> Given:
    return await _about(tx, asking, Action.EVALUATE_EFFORT)


async def _assess(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    said = Assessment(
        parties=sent.yes("parties"),
        relevant=sent.yes("relevant"),
        words=sent.text("words"),
        by=turn.person.id,
        at=turn.at,
    )
    await assess_effort(tx, id=sent.about, seen=sent.seen, assessment=said, by=turn.person)
    return await done(tx, ASSESS, sent, turn)


async def _refuse(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await refuse_effort(
        tx,
        id=sent.about,
        seen=sent.seen,
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, REFUSE, sent, turn)


async def _override(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await override_pool(
        tx,
        id=sent.about,
        seen=sent.seen,
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, OVERRIDE, sent, turn)


async def _settle(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await settle_effort(
        tx,
        id=sent.about,
        seen=sent.seen,
        spent=sent.number("spent") or 0,
        words=sent.text("words"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, SETTLE, sent, turn)


async def _evaluate(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    said = Evaluation(
        stage=Stage(sent.text("stage")),
        words=sent.text("words"),
        by=turn.person.id,
        at=turn.at,
    )
    await evaluate_effort(tx, id=sent.about, seen=sent.seen, evaluation=said, by=turn.person)
    return await done(tx, EVALUATE, sent, turn)


async def _load_pool(tx: Transaction, asking: Asking) -> Given:
    await permit_office(tx, asking.turn.person, OfficeAction.SET_POOL)
    amount = await tx.efforts.pool(asking.turn.today.year)
    return Given(known={"year": YEARS[0], "amount": str(amount)})


async def _set_pool(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    year = turn.today.year + YEARS.index(sent.text("year"))
    amount = sent.number("amount") or 0
    await set_pool(tx, year=year, amount=amount, by=turn.person, now=turn.at)
    return cards.pool_set(year, amount=amount, say=turn.say)


ASSESS = Flow(
    name="effort_assess",
    about=EFFORT,
    load=_to_assess,
    steps=(
        Step(
            key="criteria",
            fields=(
                Field(key="parties", kind=YES_NO, data=FACT),
                Field(key="relevant", kind=YES_NO, data=FACT),
                Field(key="words", kind=WORDS, data=FACT),
            ),
        ),
    ),
    finish=_assess,
    keeps_key=False,
)
_REASON = Step(key="reason", fields=(Field(key="reason", kind=WORDS, data=FACT),))
REFUSE = Flow(
    name="effort_refuse",
    about=EFFORT,
    load=_to_refuse,
    steps=(_REASON,),
    finish=_refuse,
    keeps_key=False,
)
OVERRIDE = Flow(
    name="effort_override",
    about=EFFORT,
    load=_to_override,
    steps=(_REASON,),
    finish=_override,
    keeps_key=False,
)
SETTLE = Flow(
    name="effort_settle",
    about=EFFORT,
    load=_to_settle,
    steps=(
        Step(
            key="spent",
            fields=(
                Field(key="spent", kind=Kroner(least=0), data=FACT),
                Field(key="words", kind=WORDS, data=FACT),
            ),
        ),
    ),
    finish=_settle,
    keeps_key=False,
)
EVALUATE = Flow(
    name="effort_evaluate",
    about=EFFORT,
    load=_to_evaluate,
    steps=(
        Step(
            key="learned",
            fields=(
                Field(
                    key="stage",
                    kind=Choice(names=tuple(Stage), texts="effort_evaluate.stage"),
                    data=FACT,
                ),
                Field(key="words", kind=WORDS, data=FACT),
            ),
        ),
    ),
    finish=_evaluate,
    keeps_key=False,
)
POOL = Flow(
    name="pool",
    load=_load_pool,
    steps=(
        Step(
            key="pool",
            fields=(
                Field(key="year", kind=Choice(names=YEARS, texts="pool.year"), data=FACT),
                Field(key="amount", kind=Kroner(least=0), data=FACT),
            ),
        ),
    ),
    finish=_set_pool,
    keeps_key=False,
)
