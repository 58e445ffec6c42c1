"""Ask a colleague of another authority to agree that a family is not told for now (INF-2)."""

from datetime import date

from cards.countersigns import Asked
from cards.shown import Shown
from dialogs.engine import done
from dialogs.fields import Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import ComingDay
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.countersigns import Countersign
from domain.data_classes import DataClass
from domain.informings import REVIEW_WITHIN, Addressee
from storage.database import Transaction
from usecases import permit
from usecases.exempt_informing import REASON_LEAST, ask_exemption, read_asked

WHOM = Several(names=tuple(Addressee), texts="inform.who")
REASON = Text(least=REASON_LEAST, at_most=1000, lines=True)


async def _load_exemption(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.ASK_EXEMPTION, asking.about, result=None, now=turn.at
    )
    return Given(title=case.reference, version=case.version)


async def _exempt(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await ask_exemption(
        tx,
        id=sent.id,
        case_id=sent.about,
        addressees=[Addressee(each) for each in sent.several("whom")],
        seriousness=sent.text("seriousness"),
        weighing=sent.text("weighing"),
        review_on=sent.day("review_on") or turn.today,
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, EXEMPTION, sent, turn)


EXEMPTION = Flow(
    name="exemption",
    about=CASE,
    load=_load_exemption,
    steps=(
        Step(
            key="whom",
            fields=(
                Field(key="whom", kind=WHOM, data=DataClass.DECISIONS),
                Field(key="seriousness", kind=REASON, data=DataClass.DECISIONS),
                Field(key="weighing", kind=REASON, data=DataClass.DECISIONS),
                Field(
                    key="review_on",
                    kind=ComingDay(within=REVIEW_WITHIN),
                    data=DataClass.DECISIONS,
                ),
            ),
        ),
        Step(key="review", review=True),
    ),
    finish=_exempt,
    keeps_key=False,
)


async def asks_about(tx: Transaction, turn: Turn, asked: Countersign) -> Asked:
    """Show a colleague what is to be agreed to: whom it is about, why, and until when."""
    case, words = await read_asked(tx, asked, by=turn.person, now=turn.at)
    say, content = turn.say, words.content
    whom = content["addressees"]
    named = whom if isinstance(whom, list) else []
    return Asked(
        reference=case.reference,
        lines=[
            (say("exemption.whom.label"), ", ".join(say(f"inform.who.{each}") for each in named)),
            (say("exemption.seriousness.label"), str(content["seriousness"])),
            (say("exemption.weighing.label"), str(content["weighing"])),
            (
                say("exemption.review_on.label"),
                say.day(date.fromisoformat(str(content["review_on"]))),
            ),
        ],
    )
