"""SSP+ in the chat: what can be pressed and typed about a case near it, or in it."""

from cards import plus as cards
from cards.delivery import Button
from cards.forms import message
from cards.shown import Shown
from cards.words import Say
from dialogs.engine import begins
from dialogs.handover_forms import ACCEPT, DECLINE, PROPOSE
from dialogs.offers import Offer
from dialogs.outcome_form import OUTCOME
from dialogs.plan_forms import PLAN, PLAN_ACTION
from dialogs.plus_forms import ASSESS, KIF, PLUS_TYPE
from dialogs.presses import Aim, Verb, alone
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.cases import Case
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases.assess_plus import escalate_assessment
from usecases.hand_over import withdraw_handover
from usecases.read_plan import read_plan
from usecases.see_plus_figures import see_plus_figures


async def _withdraw(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    case = await withdraw_handover(tx, case=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return _told(case, "withdrawn", turn.say)


async def _escalate(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    case = await escalate_assessment(
        tx, case=aim.id, seen=aim.version, by=turn.person, now=turn.at
    )
    return _told(case, "escalated", turn.say)


def _told(case: Case, what: str, say: Say) -> Shown:
    return message(
        say(f"plus_done.{what}_title", reference=case.reference),
        say(f"plus_done.{what}_body"),
        say=say,
        actions=[(say("button.case.open"), "case.open", cards.here(case))],
    )


async def _plan(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    read = await read_plan(tx, id=aim.id, by=turn.person, now=turn.at)
    planned = cards.Planned(
        case=read.case,
        goals=read.plan.goals,
        consent=read.plan.consent or "",
        actions=read.actions,
        names={who: person.name for who, person in read.people.items()},
    )
    here = cards.here(read.case)
    offered: list[Button] = [
        (turn.say("button.plus.set_plan"), "plus.set_plan", here),
        (turn.say("button.plus.add_action"), "plus.add_action", here),
    ]
    buttons = offered if read.may_change else []
    return cards.plan(planned, actions=buttons, reader=turn.person.authority, say=turn.say)


async def _figures(tx: Transaction, turn: Turn) -> Shown:
    found = await see_plus_figures(tx, by=turn.person, now=turn.at)
    return cards.figures(found, say=turn.say)


def sees_figures(actor: Actor) -> bool:
    return may(actor, OfficeAction.SEE_PLUS_FIGURES)


OFFER = Offer(
    verbs={
        "plus.assess": Verb(take=begins(ASSESS), about=CASE, words=("vurdér", "assess", "vurder")),
        "plus.escalate": Verb(
            take=_escalate, about=CASE, words=("inddrag ledere", "involve leaders")
        ),
        "plus.propose": Verb(take=begins(PROPOSE), about=CASE, words=("overdrag", "hand over")),
        "plus.withdraw": Verb(
            take=_withdraw, about=CASE, words=("træk overdragelse tilbage", "withdraw handover")
        ),
        "plus.accept": Verb(
            take=begins(ACCEPT), about=CASE, words=("modtag overdragelse", "accept handover")
        ),
        "plus.decline": Verb(
            take=begins(DECLINE), about=CASE, words=("afvis overdragelse", "decline handover")
        ),
        "plus.plan": Verb(take=_plan, about=CASE, words=("plan", "show plan")),
        "plus.set_plan": Verb(take=begins(PLAN), about=CASE, words=("mål", "goals")),
        "plus.add_action": Verb(
            take=begins(PLAN_ACTION), about=CASE, words=("planhandling", "plan action")
        ),
        "plus.set_type": Verb(take=begins(PLUS_TYPE), about=CASE, words=("sagstype", "case type")),
        "plus.set_kif": Verb(take=begins(KIF), about=CASE, words=("kif", "probation")),
        "plus.outcome": Verb(take=begins(OUTCOME), about=CASE, words=("opfølgning", "outcome")),
        "plus.figures": Verb(
            take=alone(_figures), words=("ssp+ tal", "ssp+ figures"), typed_only=True
        ),
    },
    flows=(ASSESS, PROPOSE, ACCEPT, DECLINE, PLAN, PLAN_ACTION, PLUS_TYPE, KIF, OUTCOME),
    helps={"help.plus_figures": sees_figures},
)
