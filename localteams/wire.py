"""The last HTTP exchanges with the bot, both ways, for whoever wants to look."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Literal

from localteams.state import Json

KEPT = 500


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and its answer; status 0 when there was none."""

    at: str
    direction: Literal["to_bot", "from_bot"]
    method: str
    path: str
    request: object = None
    status: int = 0
    ms: float = 0
    answer: object = None
    n: int = 0


class Wire:
    def __init__(self) -> None:
        self.exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self._numbers = count(1)

    @contextmanager
    def exchange(
        self, *, direction: Literal["to_bot", "from_bot"], method: str, path: str, request: object
    ) -> Iterator[Exchange]:
        """Note an exchange when it is over; the caller fills in status and answer."""
        began = time.perf_counter()
        exchange = Exchange(
            at=datetime.now(UTC).isoformat(timespec="milliseconds"),
            direction=direction,
            method=method,
            path=path,
            request=request,
        )
        try:
            yield exchange
        finally:
            exchange.n = next(self._numbers)
            exchange.ms = round((time.perf_counter() - began) * 1000, 1)
            self.exchanges.append(exchange)

    def find(self, n: int) -> Exchange | None:
        return next((exchange for exchange in self.exchanges if exchange.n == n), None)

    def after(self, n: int) -> list[Json]:
        return [asdict(exchange) for exchange in self.exchanges if exchange.n > n]
