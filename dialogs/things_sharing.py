"""What sharing is about: a version of a plan, named by its alert's number; and a list."""

from uuid import UUID

from cards.plan_lists import about_list
from cards.plan_sharing import about_plan
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.plan_lists import open_list
from usecases.read_shared_plan import plan_reader


async def _find(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    """Find the plan of an alert, and the number of its newest version."""
    year, _, number = reference[1:].partition("-")
    alert = await tx.alerts.by_number(int(year), int(number))
    plans = [] if alert is None else await tx.action_plans.of_alert(alert.id)
    return next(((each.id, len(each.versions)) for each in plans), None)


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        reader = await plan_reader(tx, id, turn.person)
    except RuleBroken:
        return None
    if not reader.number:
        return None
    return (
        turn.say("button.alertshare.open"),
        "alertshare.open",
        about_plan(id, reader.number),
    )


SHARED_PLAN = Thing(name="shared_plan", reference=r"r\d{4}-\d{4,6}", find=_find, again=_again)


async def _list_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        kept = await open_list(tx, id, by=turn.person)
    except RuleBroken:
        return None
    return turn.say("button.alertshare.list_open"), "alertshare.list_open", about_list(kept)


DISTRIBUTION = Thing(name="distribution_list", again=_list_again)
