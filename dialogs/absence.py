"""Being away: from when to when, and back again."""

from datetime import date

from cards import absence as cards
from cards.shown import Shown
from dialogs.engine import begins
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import ComingDay
from dialogs.offers import Offer, everybody
from dialogs.presses import Verb, alone
from dialogs.sent import Answers, Sent
from dialogs.turns import Turn
from domain.absences import Absence
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.be_absent import absences_of, be_absent, be_back


async def _noted(tx: Transaction, asking: Asking) -> Given:
    """Say above the form what is noted already."""
    turn = asking.turn
    noted = await absences_of(tx, turn.person, now=turn.at)
    return Given(notes=[cards.days(each, say=turn.say) for each in noted])


def _check(answers: Answers) -> None:
    begins_on, ends_on = (str(answers[key]) for key in ("from_on", "to_on"))
    if date.fromisoformat(ends_on) < date.fromisoformat(begins_on):
        raise RuleBroken("absence.backwards")


async def _finish(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    from_on, to_on = sent.day("from_on"), sent.day("to_on")
    absence = Absence(
        id=sent.id,
        person=turn.person.id,
        from_on=from_on or turn.today,
        to_on=to_on or turn.today,
        noted_at=turn.at,
    )
    await be_absent(tx, absence, by=turn.person, mail=turn.mail)
    return cards.noted(absence, say=turn.say)


async def _back(tx: Transaction, turn: Turn) -> Shown:
    was_away = await be_back(tx, turn.person, now=turn.at)
    return cards.back(was_away=was_away, say=turn.say)


DAYS = Step(
    key="days",
    fields=(
        Field(key="from_on", kind=ComingDay(), data=DataClass.METADATA, texts="absence"),
        Field(key="to_on", kind=ComingDay(), data=DataClass.METADATA, texts="absence"),
    ),
    check=_check,
)
ABSENCE = Flow(
    name="absence",
    steps=(DAYS,),
    finish=_finish,
    keeps_key=False,
    load=_noted,
)
OFFER = Offer(
    verbs={
        "absence.begin": Verb(take=begins(ABSENCE), words=("fravær", "absence")),
        "absence.end": Verb(take=alone(_back), words=("fravær slut", "absence over")),
    },
    flows=(ABSENCE,),
    helps={"help.absence": everybody},
)
