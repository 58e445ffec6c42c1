"""A Graph that calls a server on this machine, with a token anybody is given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp

from graph.client import Graph
from graph.limits import Timer
from graph.tokens import Grant, Tokens

TOKEN = "a token for Graph"


async def _given() -> Grant:
    return Grant(token=TOKEN, lifetime=timedelta(hours=1))


def anybodys() -> Tokens:
    """Make tokens that nobody was asked for."""
    return Tokens(_given, now=lambda: datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


class Hurried:
    """Time that passes at once when somebody sleeps, and is noted."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        until = self.at + seconds
        self.slept.append(seconds)
        await asyncio.sleep(0)
        self.at = max(self.at, until)

    def timer(self) -> Timer:
        return Timer(seconds=lambda: self.at, sleep=self.sleep)


@asynccontextmanager
async def graph_at(base: str, *, timer: Timer | None = None) -> AsyncIterator[Graph]:
    """Open a Graph for `base`, an address with its version; pauses pass at once."""
    async with aiohttp.ClientSession() as session:
        yield Graph(
            session=session, tokens=anybodys(), base=base, timer=timer or Hurried().timer()
        )
