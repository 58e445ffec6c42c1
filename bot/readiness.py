"""Whether the bot is fit for traffic, asked no more often than it can change."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

READY_WITHIN = timedelta(seconds=5)
READY_FOR = timedelta(seconds=1)
UNTOLD = "readiness"

Ready = Callable[[], Awaitable[Collection[str]]]

log = logging.getLogger(__name__)


class Readiness:
    """Asks at most once a second, however many want to know."""

    def __init__(self, ready: Ready, clock: Callable[[], datetime]) -> None:
        self._ready = ready
        self._clock = clock
        self._lock = asyncio.Lock()
        self._asked_at: datetime | None = None
        self._answer: list[str] = []

    async def ask(self) -> list[str]:
        async with self._lock:
            if self._asked_at is None or self._clock() - self._asked_at >= READY_FOR:
                self._answer = await self._fresh()
                self._asked_at = self._clock()
            return self._answer

    async def _fresh(self) -> list[str]:
        try:
            async with asyncio.timeout(READY_WITHIN.total_seconds()):
                return sorted(await self._ready())
        except Exception:
            log.exception("readiness could not be told")
            return [UNTOLD]
