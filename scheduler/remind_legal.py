"""Each morning, remind of who is to be told and of what is to be filed."""

from datetime import datetime

from storage.database import Database
from usecases.remind_legal import remind_of_filing, remind_of_informing


async def remind_legal(database: Database, *, now: datetime) -> None:
    """Remind of both; twice on one day is no harm."""
    async with database.transaction() as tx:
        await remind_of_informing(tx, now=now)
    async with database.transaction() as tx:
        await remind_of_filing(tx, now=now)
