"""Have the letters of an alert redrawn, so that they show how it stands (BER-18, BER-59)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from domain.people import PersonId
from storage.database import Transaction


async def redraw_alert(
    tx: Transaction, alert: UUID, *, now: datetime, people: Collection[PersonId] | None = None
) -> None:
    """Redraw what Teams has of it within seconds, once this transaction has ended.

    It is remembered until it is done, whatever the replicas. Whoever has no letter yet gets one
    that is right anyway.

    :param people: whose; everybody's who was alerted, where none are named.
    """
    whose = people
    if whose is None:
        whose = [each.person for each in await tx.recipients.of(alert)]
    await tx.alert_letters.redraw(alert, whose, now=now)
