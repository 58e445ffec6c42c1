"""What an operator's errands have in common."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from bot.wiring import open_database
from storage.database import Database


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database for one errand."""
    database = open_database(settings)
    try:
        await database.open()
        yield database
    finally:
        await database.dispose()
