"""What is done with an alert in one press: undo it, send it now, let it go on, raise, lower it."""

from cards import alert_preview
from cards import alerts as cards
from cards.shown import Shown
from dialogs import alert_steps
from dialogs.alert_replies import calls
from dialogs.alerts import open_alert
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.alerts import AlertState
from storage.database import Transaction
from usecases.end_alert import Ending, end_alert
from usecases.pause_alert import resume_alert
from usecases.raise_level import raise_level
from usecases.see_alert import see_alert
from usecases.undo_alert import send_at_once, undo_alert


async def _undo(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    alert = await undo_alert(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.done(alert, "undone", say=turn.say)


async def _send_now(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    alert = await send_at_once(tx, id=aim.id, by=turn.person, now=turn.at)
    return alert_preview.started(alert, now=turn.at, say=turn.say)


async def _resume(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await resume_alert(tx, id=aim.id, by=turn.person, mail=turn.mail, now=turn.at)
    return await open_alert(tx, turn, aim)


async def _raise(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    alert = await raise_level(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.done(alert, "raised", say=turn.say)


async def _lower(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Stand it down to orientation in one tap (BER-10)."""
    ending = Ending(to=AlertState.STOOD_DOWN, because=turn.say("alerts.lowered_because"))
    alert = await end_alert(
        tx, id=aim.id, by=turn.person, ending=ending, seen=aim.version, now=turn.at
    )
    return cards.done(alert, "lowered", say=turn.say)


async def _answers(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_alert(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.answers(
        seen.alert,
        seen.stands,
        seen.recipients,
        people=seen.people,
        names=seen.acts and seen.by.s115_covered,
        may_call=calls(seen),
        say=turn.say,
    )


OFFER = Offer(
    verbs={
        "alert.undo": Verb(take=_undo, about=ALERT, words=("fortryd", "undo")),
        "alert.send_now": Verb(
            take=_send_now, about=ALERT, words=("send straks", "send now", "send nu")
        ),
        "alert.correct": Verb(
            take=begins(alert_steps.CORRECT), about=ALERT, words=("ret", "correct", "rettelse")
        ),
        "alert.call_off": Verb(
            take=begins(alert_steps.CALL_OFF),
            about=ALERT,
            words=("falsk alarm", "false alarm", "fejlalarm"),
        ),
        "alert.pause": Verb(
            take=begins(alert_steps.PAUSE), about=ALERT, words=("pause", "pause escalation")
        ),
        "alert.resume": Verb(take=_resume, about=ALERT, words=("genoptag", "resume")),
        "alert.raise": Verb(take=_raise, about=ALERT, words=("fuld indsats", "full effort")),
        "alert.lower": Verb(take=_lower, about=ALERT, words=("nedskalér", "lower", "nedskaler")),
        "alert.answers": Verb(
            take=_answers, about=ALERT, words=("hvem har svaret", "who has answered")
        ),
    },
    flows=(alert_steps.CORRECT, alert_steps.CALL_OFF, alert_steps.PAUSE),
)
