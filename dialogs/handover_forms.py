"""Handing a case over to SSP+: the proposal, with its gate, and the two answers (PLUS-2)."""

from cards import sharing
from cards.shown import Shown
from dialogs.agreeing import titles
from dialogs.concern_answers import judged
from dialogs.engine import done
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.gate_steps import gate_steps
from dialogs.kinds import ComingDay, Offered
from dialogs.plus_forms import CRITERIA, REASON, TYPES
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from dialogs.ways_out import way_on
from domain.cases import PlusType
from domain.data_classes import DataClass
from domain.people import PersonId
from domain.plus import Criterion
from storage.database import Transaction
from usecases.answer_handover import (
    accept_handover,
    decline_handover,
    leads_offered,
    to_answer,
)
from usecases.hand_over import Proposal, propose_handover, to_propose
from usecases.read_case import must_be_cleared

PLAN = Text(least=10, at_most=2000, lines=True)
CHILD_VIEW = Text(least=3, at_most=1000, lines=True)


async def _load_proposal(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _ = await to_propose(tx, id=asking.about, by=turn.person, result=None, now=turn.at)
    await must_be_cleared(tx, turn.person, case.id)
    return Given(title=case.reference, version=case.version)


async def _propose(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    judgement = judged(sent.answers)
    proposed = await propose_handover(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        said=Proposal(
            reason=sent.text("reason"),
            criteria=frozenset(map(Criterion, sent.several("criteria"))),
            plan=sent.text("plan"),
            child_view=sent.text("child_view"),
            judged=judgement,
        ),
        now=turn.at,
    )
    if proposed is None:
        back = await way_on(tx, PROPOSE, turn, sent.about)
        return sharing.not_shared(judgement, say=turn.say, way_on=back)
    return await done(tx, PROPOSE, sent, turn)


PROPOSE = Flow(
    name="propose",
    about=CASE,
    load=_load_proposal,
    steps=(
        Step(
            key="why",
            fields=(
                Field(key="criteria", data=DataClass.VIEW, kind=CRITERIA),
                Field(key="reason", data=DataClass.VIEW, kind=REASON),
                Field(key="plan", data=DataClass.VIEW, kind=PLAN),
                Field(key="child_view", data=DataClass.VIEW, kind=CHILD_VIEW),
            ),
        ),
        *gate_steps(),
    ),
    finish=_propose,
    keeps_key=False,
)


async def _load_answer(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, matter, handover = await to_answer(
        tx, id=asking.about, by=turn.person, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    leads = await leads_offered(tx, matter, to=handover.to_group)
    return Given(
        title=case.reference,
        version=case.version,
        offers={"lead": titles(leads, turn.say)},
    )


async def _accept(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await accept_handover(
        tx,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        lead=PersonId(sent.text("lead")),
        plus_type=PlusType(sent.text("plus_type")),
        meets_on=sent.day("meets_on") or turn.today,
        now=turn.at,
    )
    return await done(tx, ACCEPT, sent, turn)


ACCEPT = Flow(
    name="accept",
    about=CASE,
    load=_load_answer,
    steps=(
        Step(
            key="accept",
            fields=(
                Field(key="meets_on", data=DataClass.METADATA, kind=ComingDay()),
                Field(key="lead", data=DataClass.METADATA, kind=Offered()),
                Field(key="plus_type", data=DataClass.METADATA, kind=TYPES),
            ),
        ),
    ),
    finish=_accept,
    keeps_key=False,
)


async def _load_refusal(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await to_answer(tx, id=asking.about, by=turn.person, result=None, now=turn.at)
    await must_be_cleared(tx, turn.person, case.id)
    return Given(title=case.reference, version=case.version)


async def _decline(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await decline_handover(
        tx,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        reason=sent.text("reason"),
        now=turn.at,
    )
    return await done(tx, DECLINE, sent, turn)


DECLINE = Flow(
    name="decline",
    about=CASE,
    load=_load_refusal,
    steps=(
        Step(
            key="decline",
            fields=(Field(key="reason", data=DataClass.VIEW, kind=REASON),),
        ),
    ),
    finish=_decline,
    keeps_key=False,
)
