"""Merging two cases whose people are one: proposed in a form here, agreed to elsewhere."""

from cards import intake as cards
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases import permit
from usecases.merge_people import propose_merge, undo_merge


async def _load(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, *_ = await permit.case(
        tx, turn.person, Action.MERGE, asking.about, result=None, now=turn.at
    )
    return Given(title=case.reference, version=case.version)


async def _propose(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    reference = sent.text("into")
    into = await CASE.find(tx, reference)
    if into is None:
        raise RuleBroken("case.not_found", about=reference)
    await propose_merge(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        into=into[0],
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, MERGE, sent, turn)


MERGE = Flow(
    name="merge",
    about=CASE,
    load=_load,
    steps=(
        Step(
            key="into",
            fields=(
                Field(
                    key="into",
                    kind=Text(
                        at_most=11, shape=r"\d{4}-\d{4,6}", shape_problem="field.case_number"
                    ),
                    data=DataClass.METADATA,
                ),
                Field(
                    key="reason",
                    kind=Text(least=10, at_most=1000, lines=True),
                    data=DataClass.DECISIONS,
                ),
            ),
        ),
        Step(key="review", review=True),
    ),
    finish=_propose,
    keeps_key=False,
)


async def _undo(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    one, other = await undo_merge(tx, case=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return cards.unmerged(one, other, say=turn.say)


OFFER = Offer(
    verbs={
        "case.merge": Verb(take=begins(MERGE), about=CASE, words=("læg sammen", "merge")),
        "case.unmerge": Verb(take=_undo, about=CASE, words=("skil ad", "unmerge")),
    },
    flows=(MERGE,),
)
