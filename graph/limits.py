"""Microsoft's limits, kept on our side: so many at once, so many a minute, and pauses (MTG-14)."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

AT_ONCE: Final = 4  # Outlook's limit for one application, whatever the mailbox
A_MINUTE: Final = 20  # messages; Exchange allows a mailbox 30
A_MOMENT: Final = 0.001  # seconds, so that a wait that is over is over in floating point too
WINDOW: Final = timedelta(seconds=62)  # a minute by their clock, however long a request travels


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """What pauses are counted by, in seconds; tests bring one that does not really wait."""

    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


REAL_TIME: Final = Timer()


class Slots:
    """Lets so many through at once, first come first served, and nobody while it is closed."""

    def __init__(self, timer: Timer) -> None:
        self._timer = timer
        self._free = asyncio.Semaphore(AT_ONCE)
        self._door = asyncio.Lock()
        self._closed_until = 0.0

    @asynccontextmanager
    async def taken(self, count: int) -> AsyncIterator[None]:
        """Hold `count` slots, at most all of them."""
        async with AsyncExitStack() as held:
            async with self._door:  # so that two who want many never each hold half
                for _ in range(min(count, AT_ONCE)):
                    await held.enter_async_context(self._free)
            yield

    def close(self, during: timedelta) -> None:
        """Let nobody through for so long; a longer pause that was asked for stands."""
        until = self._timer.seconds() + during.total_seconds()
        self._closed_until = max(self._closed_until, until)

    @property
    def opens_in(self) -> timedelta:
        return timedelta(seconds=max(0.0, self._closed_until - self._timer.seconds()))


class Outgoing:
    """Counts messages that leave the mailbox, and lets those wait that can."""

    def __init__(self, timer: Timer) -> None:
        self._timer = timer
        self._left: deque[float] = deque()
        self._queue = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, count: int) -> AsyncIterator[None]:
        """Wait until `count` more may leave. One turn at a time, so that their order is kept."""
        if not count:
            yield
            return
        async with self._queue:
            while (wait := self._wait(count)) > 0:
                await self._timer.sleep(wait)
            yield

    def leave(self, count: int) -> None:
        """Count messages that leave now."""
        self._left.extend([self._timer.seconds()] * count)

    def _wait(self, count: int) -> float:
        """Say how many seconds until there is room; none where nothing else is in the way."""
        past = self._timer.seconds() - WINDOW.total_seconds()
        while self._left and self._left[0] <= past:
            self._left.popleft()
        too_many = len(self._left) + count - A_MINUTE
        if too_many <= 0 or not self._left:
            return 0.0
        return self._left[min(too_many, len(self._left)) - 1] - past + A_MOMENT
