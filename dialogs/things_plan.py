"""A plan and a measure, as things that a press is about and whose numbers can be typed."""

from uuid import UUID

from cards.action_plans import about_plan
from cards.measures import about_measure
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.action_plans import ActionPlan
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.permit_action_plan import find_measure, find_plan
from usecases.read_action_plan import numbered

OF_ALERT = r"r\d{4}-\d{4,6}"


async def _plan(tx: Transaction, reference: str) -> ActionPlan | None:
    """Find the plan of an alert by the alert's number."""
    year, _, number = reference[1:].partition("-")
    alert = await tx.alerts.by_number(int(year), int(number))
    plans = await tx.action_plans.of_alert(alert.id) if alert else []
    return next(iter(plans), None)


async def _find_plan(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = await _plan(tx, reference)
    return (found.id, found.version) if found else None


async def _plan_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        found = await find_plan(tx, turn.person, id)
    except RuleBroken:
        return None
    return turn.say("button.actionplan.open"), "actionplan.open", about_plan(found.plan)


async def _find_measure(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    of_alert, _, number = reference.partition(" ")
    plan = await _plan(tx, of_alert)
    found = numbered(plan, int(number)) if plan else None
    return (found.id, found.version) if found else None


async def _measure_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        _, measure = await find_measure(tx, turn.person, id)
    except RuleBroken:
        return None
    return turn.say("button.measure.open"), "measure.open", about_measure(measure)


PLAN = Thing(name="actionplan", reference=OF_ALERT, find=_find_plan, again=_plan_again)
MEASURE = Thing(
    name="measure", reference=rf"{OF_ALERT} \d{{1,3}}", find=_find_measure, again=_measure_again
)
