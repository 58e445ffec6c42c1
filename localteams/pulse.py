"""Waiting for something to become true, without sleeping and without missing it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Found = TypeVar("Found")


class Pulse:
    """Beats whenever anything changes, and counts what is under way."""

    def __init__(self) -> None:
        self._next = asyncio.Event()
        self.under_way = 0

    def beat(self) -> None:
        passed, self._next = self._next, asyncio.Event()
        passed.set()

    @contextmanager
    def busy(self) -> Iterator[None]:
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1
            self.beat()

    async def until(self, holds: Callable[[], Found | None], *, within: float = 10) -> Found:
        """Wait until `holds()` gives something, and give that.

        `within` is in seconds. :raises TimeoutError: when it never did.
        """
        async with asyncio.timeout(within):
            while (found := holds()) is None:
                await self._next.wait()
        return found
