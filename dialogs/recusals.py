"""Step aside, have a colleague step aside, and decide whether it stands (domain.md INH)."""

from uuid import UUID

from cards import recusals as cards
from cards.shown import Shown
from dialogs.agreeing import titles
from dialogs.engine import begins, done
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Thing, Verb
from dialogs.sent import Sent
from dialogs.things import CASE, CONCERN
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.matters import MatterKind
from domain.people import PersonId
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases import permit
from usecases.decide_recusal import decide_recusal, read_recusal, recusals_to_decide
from usecases.recuse import colleagues_offered, recuse_another, step_aside

REASON = Text(least=10, at_most=500, lines=True)


async def _list_again(_: Transaction, turn: Turn, __: UUID) -> Button:
    return turn.say("button.recusal.list"), "recusal.list", {}


RECUSAL = Thing(name="recusal", versioned=False, again=_list_again)


async def _step_aside(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    matter = await step_aside(tx, kind=MatterKind.CASE, id=aim.id, by=turn.person, now=turn.at)
    return cards.stepped_aside(matter.reference, say=turn.say)


def recusing(name: str, thing: Thing, kind: MatterKind) -> Flow:
    """Make the form by which a colleague is barred from one kind of matter."""

    async def load(tx: Transaction, asking: Asking) -> Given:
        turn = asking.turn
        matter, _ = await permit.matter(
            tx, turn.person, Action.RECUSE_OTHER, kind, asking.about, result=None, now=turn.at
        )
        offered = await colleagues_offered(
            tx, kind=kind, id=asking.about, by=turn.person, now=turn.at
        )
        return Given(title=matter.reference, offers={"who": titles(offered, turn.say)})

    async def finish(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
        await recuse_another(
            tx,
            kind=kind,
            id=sent.about,
            person=PersonId(sent.text("who")),
            reason=sent.text("reason"),
            by=turn.person,
            now=turn.at,
        )
        return await done(tx, flow, sent, turn)

    flow = Flow(
        name=name,
        about=thing,
        load=load,
        steps=(
            Step(
                key="who",
                texts="recuse",
                fields=(
                    Field(key="who", kind=Offered(), data=DataClass.DECISIONS, texts="recuse"),
                    Field(key="reason", kind=REASON, data=DataClass.DECISIONS, texts="recusal"),
                ),
            ),
        ),
        finish=finish,
        keeps_key=False,
    )
    return flow


RECUSE = recusing("recuse", CASE, MatterKind.CASE)
RECUSE_FROM_CONCERN = recusing("recuse_concern", CONCERN, MatterKind.CONCERN)


async def _list(tx: Transaction, turn: Turn, _: Aim) -> Shown:
    waiting = await recusals_to_decide(tx, by=turn.person, now=turn.at)
    listed = [cards.Waiting(recusal=w.recusal, reference=w.matter.reference) for w in waiting]
    return cards.to_decide(listed, say=turn.say)


async def _of_case(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await permit.case(tx, turn.person, Action.DECIDE_RECUSAL, aim.id, result="read", now=turn.at)
    waiting = await recusals_to_decide(tx, by=turn.person, about=aim.id, now=turn.at)
    listed = [cards.Waiting(recusal=w.recusal, reference=w.matter.reference) for w in waiting]
    return cards.to_decide(listed, say=turn.say)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    read = await read_recusal(tx, id=aim.id, by=turn.person, now=turn.at)
    recusal = read.waits.recusal
    return cards.question(
        cards.Question(
            recusal=recusal,
            reference=read.waits.matter.reference,
            person=read.person,
            said_by=read.said_by,
            reason=read.reason,
            may_lift=turn.person.id != recusal.by,
        ),
        say=turn.say,
    )


async def _given(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    read = await read_recusal(tx, id=asking.about, by=turn.person, now=turn.at)
    return Given(title=read.waits.matter.reference)


async def _uphold(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    return await _decide(tx, sent, turn, UPHOLD, lifts=False)


async def _lift(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    return await _decide(tx, sent, turn, LIFT, lifts=True)


async def _decide(tx: Transaction, sent: Sent, turn: Turn, flow: Flow, *, lifts: bool) -> Shown:
    matter = await decide_recusal(
        tx,
        record=sent.id,
        id=sent.about,
        lifts=lifts,
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, flow, sent, turn, reference=matter.reference)


_REASONED = (
    Step(
        key="reason",
        fields=(Field(key="reason", kind=REASON, data=DataClass.DECISIONS, texts="recusal"),),
        texts="recusal",
    ),
)
UPHOLD = Flow(
    name="recusal_upheld",
    about=RECUSAL,
    load=_given,
    steps=_REASONED,
    finish=_uphold,
    keeps_key=False,
)
LIFT = Flow(
    name="recusal_lifted",
    about=RECUSAL,
    load=_given,
    steps=_REASONED,
    finish=_lift,
    keeps_key=False,
)


def decides(actor: Actor) -> bool:
    """Whether somebody decides about recusals at all."""
    return Role.SEK in standing(actor)


OFFER = Offer(
    verbs={
        "case.step_aside": Verb(
            take=_step_aside, about=CASE, words=("ja", "yes", "inhabil", "recuse")
        ),
        "case.recuse": Verb(take=begins(RECUSE), about=CASE, words=("erklær inhabil", "bar")),
        "concern.recuse": Verb(
            take=begins(RECUSE_FROM_CONCERN), about=CONCERN, words=("erklær inhabil", "bar")
        ),
        "recusal.list": Verb(take=_list, words=("inhabilitet", "recusals")),
        "recusal.of": Verb(take=_of_case, about=CASE, words=("inhabile", "recused")),
        "recusal.open": Verb(take=_open, about=RECUSAL),
        "recusal.uphold": Verb(take=begins(UPHOLD), about=RECUSAL),
        "recusal.lift": Verb(take=begins(LIFT), about=RECUSAL),
    },
    flows=(RECUSE, RECUSE_FROM_CONCERN, UPHOLD, LIFT),
    helps={"help.recusals": decides},
)
