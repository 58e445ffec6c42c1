"""Forget what has outlived its time: drafts, withdrawn concerns, turns nobody repeats."""

from datetime import datetime, timedelta

from domain.concerns import Status
from storage.database import Database

TURNS_LIVE = timedelta(hours=48)  # the door refuses activities older than 24 hours


async def forget_expired(database: Database, *, keep_withdrawn: timedelta, now: datetime) -> None:
    """Wipe expired drafts with their keys, and old turns (AC-DATA-07); twice is no harm.

    Of a withdrawn concern number, times and status stay (CON-9); what was confided goes
    `keep_withdrawn` after it was taken back, in backups too.
    """
    async with database.transaction() as tx:
        for draft, _ in await tx.drafts.expired(now=now):
            await tx.drafts.forget(draft)
        for concern in await tx.concerns.ended(Status.WITHDRAWN, by=now - keep_withdrawn):
            await tx.concerns.erase_parts(concern.id)
            await tx.audit.record(
                at=now,
                actor=None,
                action="concern.erase",
                about=str(concern.id),
                result="ok",
                purpose="retention",
            )
        await tx.turns.forget_before(now - TURNS_LIVE)
