"""Remind of measures that are half-way, due or overdue; drills by themselves (BER-34, BER-62)."""

from datetime import datetime, timedelta
from typing import Final

from storage.database import Database
from usecases.remind_measures import remind_measures as remind

REMIND_EVERY: Final = timedelta(minutes=1)


async def remind_measures(database: Database, *, now: datetime) -> int:
    """Remind everybody once, and say how many are told: their letters can leave at once."""
    told = 0
    for drill in (False, True):
        async with database.transaction() as tx:
            told += await remind(tx, drill=drill, now=now)
    return told
