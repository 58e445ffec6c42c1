"""A door, and someone outside it."""

from collections.abc import AsyncIterator

import pytest

from tests.support.door import Knocker, knocker


@pytest.fixture
async def outside() -> AsyncIterator[Knocker]:
    async with knocker() as someone:
        yield someone
