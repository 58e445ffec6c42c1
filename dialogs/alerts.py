"""Alerts in the chat: `beredskab` lists them, `alarm R2026-0001` opens one."""

from uuid import UUID

from cards import alerts as cards
from cards.shown import Shown
from dialogs import alert_sections
from dialogs.alert_start import START
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.things_alert import ALERT
from dialogs.turns import Turn
from domain.activation import entitled
from domain.errors import RuleBroken
from domain.roles import Actor
from storage.database import Transaction
from usecases.see_alert import see_alert, see_alerts


async def _list(tx: Transaction, turn: Turn) -> Shown:
    seen = await see_alerts(tx, by=turn.person)
    ways = [*(["alert.begin"] if seen.may_start else []), "board.show"]
    return cards.listed(seen.alerts, ways=ways, now=turn.at, say=turn.say)


async def open_alert(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show an alert as it stands, whichever version the button was of."""
    seen = await see_alert(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.page(
        cards.Face(
            alert=seen.alert,
            coordinator=seen.name(seen.alert.coordinator),
            activated_by=seen.name(seen.alert.activated_by),
            stands=seen.stands,
            now=turn.at,
        ),
        told=await alert_sections.told(tx, turn, seen),
        buttons=alert_sections.on_the_page(seen, turn),
        say=turn.say,
    )


async def _more(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_alert(tx, id=aim.id, by=turn.person, now=turn.at)
    page = int(aim.inputs.get("page") or 1)
    buttons = alert_sections.behind_it(seen, turn, page)
    return cards.more(seen.alert, buttons=buttons, say=turn.say)


async def receipt(tx: Transaction, turn: Turn, id: UUID) -> Shown | None:
    """Show what came of a form that was sent already: pressed twice, it is the same alert."""
    try:
        return await open_alert(tx, turn, Aim(id=id))
    except RuleBroken:
        return None


def _starts(actor: Actor) -> bool:
    return entitled(actor).at_all


OFFER = Offer(
    verbs={
        "alert.list": Verb(take=alone(_list), words=("beredskab", "readiness")),
        "alert.begin": Verb(
            take=begins(START),
            words=("beredskab start", "readiness start", "start beredskab", "start readiness"),
        ),
        "alert.open": Verb(
            take=open_alert, about=ALERT, words=("alarm", "alert", "beredskab", "åbn", "open")
        ),
        "alert.more": Verb(
            take=_more, about=ALERT, carries={"page": frozenset(alert_sections.PAGES)}
        ),
    },
    flows=(START,),
    helps={"help.alerts": _starts},
)
