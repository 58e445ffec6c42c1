"""A database that is open, and a way to open it as another replica would."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from storage.database import Database
from storage.vault import Vault
from tests.integration.storage.examples import MONDAY_NOON, vault
from tests.support.tampering import did

Opens = Callable[[Vault], Awaitable[Database]]


@pytest.fixture
async def opens(database_url: str) -> AsyncIterator[Opens]:
    """Open the test's database with a vault; every call makes another replica."""
    opened: list[Database] = []

    async def opens(keys: Vault) -> Database:
        database = Database(database_url, keys)
        opened.append(database)
        await database.open()
        return database

    yield opens
    for database in opened:
        await database.dispose()


@pytest.fixture
async def database(opens: Opens) -> Database:
    return await opens(vault())


@pytest.fixture
async def chain(database: Database) -> Database:
    """Hold nine links: one that begins the chain, and eight that somebody did."""
    await did(database, *(f"number {seq}" for seq in range(2, 10)), at=MONDAY_NOON)
    return database
