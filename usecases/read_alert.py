"""Read an alert and all of it: for whom it is, and for who may activate there (BER-52)."""

from collections.abc import Sequence
from uuid import UUID

from domain.access import Action, can
from domain.alerts import Alert
from domain.people import Person
from storage.database import Transaction
from usecases import permit


async def may_read(tx: Transaction, by: Person, id: UUID) -> Alert:
    """Find an alert for somebody who may see it, its plan, its reports and its log.

    Those are who was alerted, who leads it, who has something to do in its plan, who may
    activate readiness for its areas, the Secretariat and the steering group; a drill and
    something real alike, and nobody else.

    :raises RuleBroken: `alert.not_found`, the same where it is missing or out of reach.
    """
    alert, _, _ = await permit.alert(tx, by, Action.READ_ALERT, id)
    return alert


async def readable(tx: Transaction, by: Person, alerts: Sequence[Alert]) -> list[Alert]:
    """Keep those that somebody may see, in their order."""
    actor = await permit.actor_of(tx, by)
    matters = await tx.matters.of_alerts(alerts, person=by.id)
    return [each for each in alerts if can(actor, Action.READ_ALERT, matters[each.id])]
