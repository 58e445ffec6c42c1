"""Remind of measures that are half-way, due or overdue; drills by themselves (BER-34, BER-62)."""

import logging
from datetime import datetime, timedelta
from typing import Final

from domain.people import PersonId
from storage.database import Database
from usecases.read_roster import read_roster
from usecases.remind_measures import remind_measures as remind

REMIND_EVERY: Final = timedelta(minutes=1)

log = logging.getLogger(__name__)


async def remind_measures(database: Database, *, now: datetime) -> int:
    """Remind everybody once, and say how many are told: their letters can leave at once.

    Each plan has a transaction of its own: the trouble of one is never another's.
    """
    count = 0
    for drill in (False, True):
        async with database.transaction() as tx:
            plans = await tx.action_plans.to_remind(drill=drill)
        if not plans:
            continue
        async with database.transaction() as tx:
            roster = await read_roster(tx)
        told = set[PersonId]()
        for each in plans:
            try:
                async with database.transaction() as tx:
                    plan = await tx.action_plans.find(each)
                    if plan is not None:
                        told |= {*await remind(tx, plan, roster, told_already=told, now=now)}
            except Exception:
                log.exception("nobody was reminded of plan %s", each)
        count += len(told)
    return count
