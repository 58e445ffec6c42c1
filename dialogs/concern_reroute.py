"""Pass a concern on to where it belongs: another group, through the gate, or the Secretariat."""

from cards import concerns as cards
from cards.sharing import not_shared
from cards.shown import Shown
from dialogs.concern_answers import judged
from dialogs.engine import begins
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.gate_steps import gate_steps
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Verb
from dialogs.sent import Answers, Sent
from dialogs.things import CONCERN
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import CommitteeCode, CommitteeType
from storage.database import Transaction
from usecases import permit
from usecases.handle_concern import is_cleared, reroute_concern

TRIAGE = "triage"
REASONS = ("wrong_area", "elsewhere", "ssp_plus", "other")
RECEIVING = (CommitteeType.COORDINATION, CommitteeType.SSP_PLUS_COORDINATION)


def _to_a_group(answers: Answers) -> bool:
    """Whether somebody is told who has not had it: the Secretariat reads it anyway."""
    return answers.get("to") not in {None, TRIAGE}


async def _places(tx: Transaction, turn: Turn) -> dict[str, str]:
    groups = [each for each in await tx.organisation.committees() if each.type in RECEIVING]
    named = {str(each.code): each.name for each in groups}
    return named | {TRIAGE: turn.say("reading.triage")}


async def _load(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    concern, *_ = await permit.concern(
        tx, turn.person, Action.REROUTE, asking.about, result=None, now=turn.at
    )
    if not await is_cleared(tx, turn.person, concern.id):
        raise RuleBroken("concern.answer_relation_first")
    places = await _places(tx, turn)
    offered = {code: name for code, name in places.items() if code != concern.group}
    return Given(title=concern.reference, version=concern.version, offers={"to": offered})


async def _move(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    to = sent.text("to")
    moved = await reroute_concern(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        to=None if to == TRIAGE else CommitteeCode(to),
        reason=f"reroute.{sent.text('reason')}",
        note=sent.text("note"),
        note_id=sent.id,
        judged=judged(sent.answers) if _to_a_group(sent.answers) else None,
        now=turn.at,
    )
    if moved is None:
        concern, *_ = await permit.concern(
            tx, turn.person, Action.OPEN, sent.about, result=None, now=turn.at
        )
        back = turn.say("button.concern.open"), "concern.open", cards.about(concern)
        return not_shared(judged(sent.answers), say=turn.say, way_on=back)
    places = await _places(tx, turn)
    landed = places[str(moved.group or TRIAGE)]  # a group with nobody to receive it passes it on
    return cards.handled(moved, "moved", say=turn.say, group=landed)


REROUTE = Flow(
    name="reroute",
    about=CONCERN,
    load=_load,
    steps=(
        Step(
            key="to",
            fields=(
                Field(key="to", kind=Offered(), data=DataClass.METADATA),
                Field(
                    key="reason",
                    kind=Choice(names=REASONS, texts="reroute"),
                    data=DataClass.METADATA,
                ),
                Field(
                    key="note",
                    kind=Text(at_most=500, lines=True),
                    data=DataClass.TEXT,
                    optional=True,
                ),
            ),
        ),
        *gate_steps(when=_to_a_group),
    ),
    finish=_move,
    keeps_key=False,
)

OFFER = Offer(
    verbs={
        "concern.reroute": Verb(take=begins(REROUTE), about=CONCERN, words=("flyt", "move")),
    },
    flows=(REROUTE,),
)
