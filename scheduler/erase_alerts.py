"""Each night, erase what is old of alerts that were filed, and of the calendar (BER-54)."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from storage.database import Database, Transaction
from usecases.erase_alerts import erase_alert, erase_plan

log = logging.getLogger(__name__)

Erase = Callable[[Transaction, UUID], Awaitable[bool]]


async def erase_alerts(database: Database, *, months: int, now: datetime) -> None:
    """Erase each by itself: what is in the way of one is not in the next one's.

    :param months: how long an alert is kept after it was closed, and a plan of none after its end.
    """

    async def alert(tx: Transaction, id: UUID) -> bool:
        return await erase_alert(tx, id=id, months=months, now=now)

    async def plan(tx: Transaction, id: UUID) -> bool:
        return await erase_plan(tx, id=id, months=months, now=now)

    async with database.transaction() as tx:
        alerts = await tx.alerts.to_erase(before=now)
        plans = await tx.action_plans.past(before=now)
    for each in alerts:
        await _erase(database, "alert", each, alert)
    for each in plans:
        await _erase(database, "plan", each, plan)


async def _erase(database: Database, what: str, id: UUID, erase: Erase) -> None:
    try:
        async with database.transaction() as tx:
            erased = await erase(tx, id)
    except Exception:
        log.exception("%s %s was not erased", what, id)
        return
    if erased:
        log.info("%s %s is erased", what, id)
