"""Do what has fallen due around committee meetings, each once whatever the replicas (MTG-21)."""

import logging
from datetime import datetime, timedelta
from typing import Final

from domain.committee_meetings import DeadlineState
from storage.database import Database
from usecases.meet_deadline import fire

MEET_EVERY: Final = timedelta(minutes=1)
BATCH: Final = 500

log = logging.getLogger(__name__)


async def meet_deadlines(database: Database, *, now: datetime) -> int:
    """Do each in a transaction of its own, and say how many; one's trouble is never another's.

    A deadline is settled in the transaction that does what it asks for, so that a crash leaves
    both or neither. Another replica finds it settled.
    """
    async with database.transaction() as tx:
        due = await tx.committee_meetings.due(now, at_most=BATCH)
    done = 0
    for each in due:
        try:
            async with database.transaction() as tx:
                state = await fire(tx, each, now=now)
        except Exception:
            log.exception("deadline %s of meeting %s failed", each.kind, each.meeting)
            continue
        if state is None:
            continue
        done += 1
        level = logging.INFO if state is DeadlineState.DONE else logging.WARNING
        log.log(level, "deadline %s of meeting %s is %s", each.kind, each.meeting, state)
    return done
