"""The town that the crashes happen in."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.support.town import Town, a_town


@pytest_asyncio.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    async with a_town(database_url) as opened:
        yield opened
