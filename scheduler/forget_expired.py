"""Forget what has outlived its time: drafts, and turns nobody repeats any more."""

from datetime import datetime, timedelta

from storage.database import Database

TURNS_LIVE = timedelta(hours=48)  # the door refuses activities older than 24 hours


async def forget_expired(database: Database, *, now: datetime) -> None:
    """Wipe expired drafts with their keys, and old turns (AC-DATA-07); twice is no harm."""
    async with database.transaction() as tx:
        for draft, _ in await tx.drafts.expired(now=now):
            await tx.drafts.forget(draft)
        await tx.turns.forget_before(now - TURNS_LIVE)
