"""Drills in the chat: when it is time, what was held, and how it went (BER-63, BER-65)."""

from cards import drills as cards
from cards.shown import Shown
from dialogs.begin_alert import begin_alert
from dialogs.offers import Offer
from dialogs.presses import Aim, Verb, alone
from dialogs.templates import keeps_readiness
from dialogs.things_templates import TEMPLATE, seen_by_id
from dialogs.turns import Turn
from domain.errors import RuleBroken
from domain.plan_templates import PlanKind
from storage.database import Transaction
from usecases.hold_drills import report_drills, see_drills


async def _list(tx: Transaction, turn: Turn) -> Shown:
    seen = await see_drills(tx, by=turn.person, now=turn.at)
    return cards.listed(
        seen.templates, seen.held, latest=seen.latest, today=seen.today, say=turn.say
    )


async def _report(tx: Transaction, turn: Turn) -> Shown:
    report = await report_drills(tx, by=turn.person, now=turn.at)
    return cards.report(report.held, report.compared, say=turn.say)


async def _begin(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Open the form that activates readiness, with the drill chosen; it is asked for the rest."""
    template = (await seen_by_id(tx, turn, aim.id)).template
    if template.kind is not PlanKind.DRILL or not template.in_use:
        raise RuleBroken("template.no_drill")
    return await begin_alert(tx, turn, {"template": template.code, "drill": "yes"})


OFFER = Offer(
    verbs={
        "drill.list": Verb(take=alone(_list), words=("øvelser", "drills")),
        "drill.report": Verb(take=alone(_report), words=("øvelsesrapport", "drill report")),
        "drill.begin": Verb(take=_begin, about=TEMPLATE, words=("start øvelse", "start drill")),
    },
    helps={"help.drills": keeps_readiness},
)
