"""Each minute, look whose period runs out: nothing ends or goes on in silence (BER-56)."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.alert_periods import REMIND_BEFORE, WITHOUT_PERIOD
from storage.database import Database, Transaction
from usecases.tend_periods import tend_period, tend_plan

TEND_EVERY: Final = timedelta(minutes=1)

log = logging.getLogger(__name__)

Tend = Callable[[Transaction, UUID], Awaitable[None]]


async def tend_periods(database: Database, *, now: datetime) -> int:
    """Remind and expire what is due, each alert in a transaction of its own; say how many.

    So is each plan that has no alert. What is due is asked of the database, so a restart skips
    nothing; the trouble of one is never another's.
    """

    async def alert(tx: Transaction, id: UUID) -> None:
        if await tend_period(tx, id=id, now=now):
            log.info("the period of alert %s has run out", id)

    async def plan(tx: Transaction, id: UUID) -> None:
        await tend_plan(tx, id=id, now=now)

    soon = now + max(REMIND_BEFORE)
    async with database.transaction() as tx:
        alerts = await tx.alerts.ending(before=soon, left_by=now - WITHOUT_PERIOD)
        plans = await tx.action_plans.ending(before=soon)
    tended = [await _tended(database, "alert", each, alert) for each in alerts]
    tended += [await _tended(database, "plan", each, plan) for each in plans]
    return sum(tended)


async def _tended(database: Database, what: str, id: UUID, tend: Tend) -> bool:
    try:
        async with database.transaction() as tx:
            await tend(tx, id)
    except Exception:
        log.exception("the period of %s %s was not tended", what, id)
        return False
    return True
