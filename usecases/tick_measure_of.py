"""Tick off the measure that something else has just done: word to the staff, or C3 (M12, M19)."""

from datetime import datetime

from domain.alerts import Alert
from domain.parties import Party
from domain.people import Person
from domain.plan_measures import complete
from domain.plan_moves import with_measure
from storage.database import Transaction


async def tick_measure_of(
    tx: Transaction, alert: Alert, kind: str, *, party: Party, by: Person, now: datetime
) -> bool:
    """Say that a party has done its measure of that kind, if the alert's plan has one that waits.

    :returns: whether there was one.
    """
    found = next(iter(await tx.action_plans.of_alert(alert.id)), None)
    plan = None if found is None else await tx.action_plans.hold(found.id)
    if plan is None:
        return False
    waiting = [e for e in plan.measures if (e.kind, e.party) == (kind, party) and e.waits]
    done = plan
    for each in waiting:
        done = with_measure(done, complete(each, by=by.id, now=now, until=plan.period_end))
    if waiting:
        await tx.action_plans.save(done, was=plan)
    return bool(waiting)
