"""An outbox on a real database, with three people whose addresses are known."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.vault import Vault
from tests.support.post import BO, CARL, DORTE, Post


@pytest.fixture
async def post(database_url: str) -> AsyncIterator[Post]:
    vault = Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})
    database = Database(database_url, vault)
    await database.open()
    opened = Post(database)
    await opened.knows(BO, CARL, DORTE)
    yield opened
    await database.dispose()
