"""The way out to Microsoft Graph: its limits kept, its pauses obeyed, codes only in the log."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import aiohttp

from graph.calls import Answer, Call, GraphTrouble, Page
from graph.needs import Need
from graph.tokens import Tokens

MOST_PARTS: Final = 20  # in one batch (MTG-14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """What pauses are counted by, in seconds; tests bring one that does not really wait."""

    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


Watch = Callable[[Need, str, timedelta], None]
"""Hears of every request how it ended: `ok`, or the code it was refused with."""


class Graph:
    """Calls Graph as the bot itself.

    Every method keeps to at most four calls at once per service, leaves a service alone for as
    long as its `Retry-After` says, and repeats what may be repeated a bounded number of times.

    :param base: Graph's address with its version, such as `https://graph.microsoft.com/v1.0`.
    """

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        base: str,
        watch: Watch = lambda _need, _end, _took: None,
        timer: Timer = Timer(),
    ) -> None:
        self._session = session
        self._tokens = tokens
        self._base = base
        self._watch = watch
        self._timer = timer

    async def call(self, call: Call) -> Answer:
        """Call once, and again where that can help and do no harm.

        :raises GraphRefused: when Graph or Entra said no.
        :raises GraphSilent: when nobody knows whether it was done.
        """
        raise NotImplementedError

    async def batch(self, calls: Sequence[Call]) -> list[Answer | GraphTrouble]:
        """Send calls together, 20 at a time, and give what came of each, in their order.

        A part that failed is among the answers and raises nothing; only failed parts are repeated.
        """
        raise NotImplementedError

    def pages(self, call: Call) -> AsyncIterator[Page]:
        """Read a list page after page, on Graph's own host only.

        :raises GraphRefused: also when a link leads elsewhere (code `foreignLink`).
        :raises GraphSilent: when a page did not come.
        """
        raise NotImplementedError
