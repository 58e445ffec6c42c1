"""What hour it is: the true one, or as far ahead of it as somebody else says."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import aiohttp

from localgraph.server import clock

PATIENCE = aiohttp.ClientTimeout(total=1)


class Hours:
    """The hour; `look` asks an address for `offset_seconds`, and keeps it until the next look."""

    def __init__(self, address: str = "", *, real: Callable[[], datetime] = clock) -> None:
        self._address = address
        self._real = real
        self._ahead = timedelta()

    def now(self) -> datetime:
        return self._real() + self._ahead

    async def look(self) -> None:
        """Ask again; where nobody answers, the hour stays as far ahead as it was."""
        if not self._address:
            return
        with suppress(aiohttp.ClientError, TimeoutError):
            async with (
                aiohttp.ClientSession(timeout=PATIENCE, trust_env=False) as session,
                session.get(self._address) as answer,
            ):
                self._ahead = timedelta(seconds=(await answer.json())["offset_seconds"])
