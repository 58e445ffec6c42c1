"""The register of the small town, and a desk at which everything the house can do is done."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.vault import Vault
from tests.integration.usecases.desk import Desk
from tests.support.entra_town import EntraTown, an_entra
from tests.support.town import INDEX_KEY, MASTER_KEY, ORGANISATION, PLUS_GROUP, VALBY_GROUP


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    database = Database(database_url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await database.open()
    async with database.transaction() as tx:
        await tx.organisation.replace(ORGANISATION)
    yield Desk(database=database)
    await database.dispose()


@pytest.fixture
async def entra(desk: Desk) -> AsyncIterator[EntraTown]:
    """Read once, with two committees that have a group: all is as the register says."""
    async with an_entra(desk.database) as entra:
        await entra.links(VALBY_GROUP, PLUS_GROUP)
        await entra.reads()
        assert await entra.found() == []
        yield entra
