"""How long Teams takes to answer what it has accepted already."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From and to, in seconds.

    :raises ValueError: unless it begins at 0 or later and ends no earlier than it begins.
    """

    least: float
    most: float

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ValueError("a latency is written as 0.15-0.25, in seconds")

    @classmethod
    def read(cls, said: str) -> Self:
        """Read `0.15-0.25`, or one number for both ends.

        :raises ValueError: when it is no such thing.
        """
        least, _, most = said.partition("-")
        return cls(least=float(least), most=float(most or least))

    def __str__(self) -> str:
        return f"{self.least:g}-{self.most:g}"


class Latency:
    """Draws a wait for each answer; the same seed draws the same ones in the same order."""

    def __init__(
        self,
        span: Span | None = None,
        *,
        seed: int = 1,
        lapse: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.span = span
        self._random = random.Random(seed)  # noqa: S311
        self.lapse = lapse

    def draw(self) -> float:
        """Say for how many seconds the next answer waits; 0 while it is off."""
        if self.span is None:
            return 0
        return self._random.uniform(self.span.least, self.span.most)

    async def pass_by(self) -> None:
        """Wait as long as the next answer does."""
        if wait := self.draw():
            await self.lapse(wait)
