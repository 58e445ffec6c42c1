"""Forget what has outlived its time: drafts, ended concerns, old facts, turns nobody repeats."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.ages import add_months
from domain.concerns import Status
from domain.dates import local_date
from domain.facts import quarter
from domain.retention import OUTCOME_FACTS, Retention
from storage.database import Database

TURNS_LIVE = timedelta(hours=48)  # the door refuses activities older than 24 hours

log = logging.getLogger(__name__)


async def forget_expired(database: Database, retention: Retention, *, now: datetime) -> None:
    """Wipe expired drafts with their keys, and old turns (AC-DATA-07); twice is no harm.

    Of a concern that was withdrawn, rejected or passed on, number, times and status stay
    (CON-9); what was confided goes when its time is over, in backups too, but not before what
    happened is filed (NOT-5, AC-DATA-02).
    """
    kept: Mapping[Status, timedelta] = {
        Status.WITHDRAWN: retention.withdrawn,
        Status.REJECTED: retention.rejected,
        Status.REDIRECTED: retention.rejected,
    }
    waiting = 0
    async with database.transaction() as tx:
        for draft, _ in await tx.drafts.expired(now=now):
            await tx.drafts.forget(draft)
        for status, time in kept.items():
            for concern in await tx.concerns.ended(status, by=now - time):
                if not await tx.journal.is_filed([concern.id]):
                    waiting += 1
                    continue
                await tx.concerns.erase_parts(concern.id)
                await tx.audit.record(
                    at=now,
                    actor=None,
                    action="concern.erase",
                    about=str(concern.id),
                    result="ok",
                    purpose="retention",
                )
        oldest = add_months(local_date(now), -retention.facts_months)
        await tx.retention.unlink_facts(OUTCOME_FACTS, before=quarter(oldest))
        await tx.turns.forget_before(now - TURNS_LIVE)
    if waiting:
        log.warning("concerns are kept: they wait to be filed", extra={"count": waiting})
