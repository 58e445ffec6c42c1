"""Each morning, remind of the efforts that are to be evaluated or settled (EFF-1, EFF-6)."""

from datetime import datetime

from storage.database import Database
from usecases.carry_out_effort import remind_of_efforts


async def tend_efforts(database: Database, *, now: datetime) -> None:
    """Do it; twice is no harm."""
    async with database.transaction() as tx:
        await remind_of_efforts(tx, now=now)
