"""Correcting a fact of a case, recording who asked for it, and what stood there before."""

from cards import correcting as cards
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Choice, Day, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.correcting import WRITTEN, Decision, Fact, Ground, Request
from domain.data_classes import DataClass
from storage.database import Transaction
from usecases import permit
from usecases.correct_fact import correct_fact, facts_of, read_corrected, record_request

SHOWN_OF_A_TEXT = 40  # signs


def _title(fact: Fact, turn: Turn) -> str:
    """Name a fact for the list; of a text, how it begins."""
    say = turn.say
    if fact.kind not in WRITTEN:
        return say(f"fact.{fact.key}")
    return say("fact.text", begins=fact.now[:SHOWN_OF_A_TEXT].rstrip())


async def _facts(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, facts = await facts_of(tx, id=asking.about, by=turn.person, now=turn.at)
    titles = {name: _title(fact, turn) for name, fact in facts.items()}
    return Given(title=case.reference, version=case.version, offers={"what": titles})


async def _correct(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    corrected = await correct_fact(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        what=sent.text("what"),
        to=sent.text("to"),
        ground=Ground(sent.text("ground")),
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return cards.corrected(corrected.case, told=corrected.told, age=corrected.age, say=turn.say)


CORRECTION = Flow(
    name="correction",
    about=CASE,
    load=_facts,
    steps=(
        Step(
            key="what",
            fields=(
                Field(key="what", kind=Offered(), data=DataClass.IDENTITY),
                Field(
                    key="to",
                    kind=Text(at_most=2000, lines=True),
                    data=DataClass.IDENTITY,
                    optional=True,
                ),
                Field(
                    key="ground",
                    kind=Choice(names=tuple(Ground), texts="correction.ground"),
                    data=DataClass.DECISIONS,
                ),
                Field(
                    key="reason",
                    kind=Text(least=5, at_most=1000, lines=True),
                    data=DataClass.DECISIONS,
                ),
            ),
        ),
        Step(key="review", review=True),
    ),
    finish=_correct,
    keeps_key=False,
)


async def _about(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, *_ = await permit.case(
        tx, turn.person, Action.RECORD_REQUEST, asking.about, result=None, now=turn.at
    )
    return Given(title=case.reference, version=case.version)


async def _record_request(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await record_request(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        request=Request(sent.text("request")),
        received_on=sent.day("received") or turn.today,
        decision=Decision(sent.text("decision")),
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, OBJECTION, sent, turn)


OBJECTION = Flow(
    name="objection",
    about=CASE,
    load=_about,
    steps=(
        Step(
            key="request",
            fields=(
                Field(
                    key="request",
                    kind=Choice(names=tuple(Request), texts="objection.request"),
                    data=DataClass.DECISIONS,
                ),
                Field(key="received", kind=Day(), data=DataClass.DECISIONS),
                Field(
                    key="decision",
                    kind=Choice(names=tuple(Decision), texts="objection.decision"),
                    data=DataClass.DECISIONS,
                ),
                Field(
                    key="reason",
                    kind=Text(least=5, at_most=1000, lines=True),
                    data=DataClass.DECISIONS,
                ),
            ),
        ),
        Step(key="review", review=True),
    ),
    finish=_record_request,
    keeps_key=False,
)


async def _corrected(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    case, records = await read_corrected(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.before(case, records, say=turn.say)


OFFER = Offer(
    verbs={
        "case.correct": Verb(take=begins(CORRECTION), about=CASE, words=("ret", "correct")),
        "case.object": Verb(take=begins(OBJECTION), about=CASE, words=("indsigelse", "objection")),
        "case.corrected": Verb(take=_corrected, about=CASE, words=("rettelser", "corrections")),
    },
    flows=(CORRECTION, OBJECTION),
)
