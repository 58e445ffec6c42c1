"""Each morning, remind of evaluations, of what was learned, and of logs to be filed (BER-61)."""

from datetime import datetime

from storage.database import Database
from usecases.remind_of_endings import remind_of_endings as remind


async def remind_of_endings(database: Database, *, now: datetime) -> None:
    """Do it; twice is no harm."""
    async with database.transaction() as tx:
        await remind(tx, now=now)
