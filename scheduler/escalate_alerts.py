"""Climb ladders that have fallen due, each step once whatever the replicas (BER-25, BER-76)."""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.alert_log import LogEntry
from domain.people import Authority
from storage.database import Database
from usecases.climb_ladder import climb_ladders, write_down

ESCALATE_EVERY: Final = timedelta(seconds=2)
BATCH: Final = 500

log = logging.getLogger(__name__)


async def escalate_alerts(database: Database, *, mail: bool, now: datetime) -> int:
    """Climb each ladder in a transaction of its own, and say how many steps were taken.

    What is due is asked of the database, and so a restart skips nothing. A ladder is claimed in
    the transaction that climbs it: a crash leaves all of a step or nothing, and no other
    replica takes it too. One's trouble is never another's (BER-25).

    :param mail: whether there is e-mail as a second channel.
    """
    async with database.transaction() as tx:
        due = await tx.escalations.due(now, at_most=BATCH)
    taken = 0
    for alert, authority in due:
        try:
            steps = await _climb(database, alert, authority, mail=mail, now=now)
        except Exception:
            log.exception("the ladder of %s in alert %s was not climbed", authority, alert)
            continue
        for each in steps:
            log.info(
                "the ladder of %s in alert %s: %s, %s s late",
                authority,
                alert,
                each.reason,
                each.late // timedelta(seconds=1) if each.late else 0,
            )
        taken += len(steps)
    return taken


async def _climb(
    database: Database, id: UUID, authority: Authority, *, mail: bool, now: datetime
) -> list[LogEntry]:
    async with database.transaction() as tx:
        ladder = await tx.escalations.claim(id, authority, now=now)
        alert = await tx.alerts.find(id)
        if ladder is None or alert is None:
            return []
        steps = await climb_ladders(tx, alert, [ladder], mail=mail, now=now)
        await write_down(tx, steps)
        return steps
