"""The short forms about an alert: correct it, call it off, pause its escalation."""

from datetime import timedelta

from cards.alert_words import standing_lines
from cards.shown import Shown
from dialogs.alert_fields import ASKED, FourQuestions, situation_in, written
from dialogs.engine import done
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.sent import Sent
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alerts import Alert
from domain.data_classes import DataClass
from storage.database import Transaction
from usecases.activate_alert import LONGEST_TITLE
from usecases.correct_alert import call_off, correct_alert
from usecases.pause_alert import pause_alert
from usecases.permit_alert import hold_alert

FACT = DataClass.METADATA
MINUTES = ("15", "30", "60")
WORDS = Text(least=3, at_most=300, lines=True)


async def _held(tx: Transaction, asking: Asking) -> Alert:
    return await hold_alert(tx, asking.turn.person, asking.about)


async def _about(tx: Transaction, asking: Asking) -> Given:
    alert = await _held(tx, asking)
    return Given(
        title=alert.reference, version=alert.version, notes=standing_lines(asking.turn.say)
    )


async def _to_correct(tx: Transaction, asking: Asking) -> Given:
    alert = await _held(tx, asking)
    said = {key: str(getattr(alert.situation, key)) for key in ASKED}
    return Given(
        title=alert.reference,
        version=alert.version,
        known={"title": alert.title, "situation": written(said, asking.turn.say)},
        notes=standing_lines(asking.turn.say),
    )


async def _correct(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    said = situation_in(sent.text("situation"), unknown=turn.say("alerts.not_known"))
    await correct_alert(
        tx,
        id=sent.about,
        by=turn.person,
        title=sent.text("title"),
        situation=said,
        seen=sent.seen,
        now=turn.at,
    )
    return await done(tx, CORRECT, sent, turn)


async def _call_off(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await call_off(tx, id=sent.about, by=turn.person, because=sent.text("because"), now=turn.at)
    return await done(tx, CALL_OFF, sent, turn)


async def _pause(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await pause_alert(
        tx,
        id=sent.about,
        by=turn.person,
        length=timedelta(minutes=int(sent.text("minutes"))),
        because=sent.text("because"),
        now=turn.at,
    )
    return await done(tx, PAUSE, sent, turn)


CORRECT = Flow(
    name="alert_correct",
    about=ALERT,
    load=_to_correct,
    steps=(
        Step(
            key="words",
            fields=(
                Field(key="title", kind=Text(least=3, at_most=LONGEST_TITLE), data=FACT),
                Field(key="situation", kind=FourQuestions(), data=FACT),
            ),
        ),
    ),
    finish=_correct,
    keeps_key=False,
)
CALL_OFF = Flow(
    name="alert_call_off",
    about=ALERT,
    load=_about,
    steps=(Step(key="because", fields=(Field(key="because", kind=WORDS, data=FACT),)),),
    finish=_call_off,
    keeps_key=False,
)
PAUSE = Flow(
    name="alert_pause",
    about=ALERT,
    load=_about,
    steps=(
        Step(
            key="because",
            fields=(
                Field(
                    key="minutes",
                    kind=Choice(names=MINUTES, texts="alert_pause.minutes"),
                    data=FACT,
                ),
                Field(key="because", kind=WORDS, data=FACT),
            ),
        ),
    ),
    finish=_pause,
    keeps_key=False,
)
