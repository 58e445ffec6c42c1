"""A register with a substitute in it, and the Secretariat's mailbox beside it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from domain.people import Membership, Seat
from storage.database import Database
from storage.vault import Vault
from tests.support.outlook import Office, an_office
from tests.support.town import (
    ANNA,
    INDEX_KEY,
    MASTER_KEY,
    MONDAY_NOON,
    ORGANISATION,
    VALBY_GROUP,
)

# Liv's substitute in Bo's group.
STANDS_IN = Membership(
    committee=VALBY_GROUP.code, person=ANNA.id, slot="KG.3", seat=Seat.SUBSTITUTE
)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY}))
    await opened.open()
    async with opened.transaction() as tx:
        await tx.organisation.replace(
            replace(ORGANISATION, memberships=(*ORGANISATION.memberships, STANDS_IN))
        )
    yield opened
    await opened.dispose()


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    async with an_office(database, at=MONDAY_NOON) as opened:
        yield opened
        assert opened.graph.log.wrong == []  # MTG-12: all of it is as Microsoft's contract says
