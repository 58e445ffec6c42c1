"""The throttling Microsoft documents for Outlook: requests in ten minutes, and at a time."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http import HTTPStatus

from localgraph.wire import Refused

AT_ONCE = 4
REQUESTS = 10_000
SPAN = timedelta(minutes=10)


class Limits:
    """Counts per service and mailbox in a sliding span, and at a time for the whole app."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        at_once: int = AT_ONCE,
        requests: int = REQUESTS,
        span: timedelta = SPAN,
    ) -> None:
        self.at_once = at_once
        self.requests = requests
        self.span = span
        self.under_way = 0
        self._changed = asyncio.Event()
        self._now = now
        self._times: defaultdict[str, deque[datetime]] = defaultdict(deque)

    @contextmanager
    def taking(self, mailbox: str) -> Iterator[None]:
        """Hold a place while a request is carried out.

        :raises Refused: 429 when there is none.
        """
        self._count(mailbox)
        if self.under_way >= self.at_once:
            raise _throttled("Application is over its MailboxConcurrency limit.", 1)
        self.under_way += 1
        self._changed.set()
        try:
            yield
        finally:
            self.under_way -= 1

    async def reached(self, number: int) -> None:
        """Wait until so many requests are under way."""
        while self.under_way < number:
            self._changed.clear()
            await self._changed.wait()

    def _count(self, mailbox: str) -> None:
        times, now = self._times[mailbox], self._now()
        while times and times[0] <= now - self.span:
            times.popleft()
        if len(times) >= self.requests:
            wait = (times[0] + self.span - now).total_seconds()
            raise _throttled("Application is over its request limit.", int(wait) + 1)
        times.append(now)


def _throttled(why: str, seconds: int) -> Refused:
    return Refused(
        HTTPStatus.TOO_MANY_REQUESTS,
        "ApplicationThrottled",
        why,
        headers={"Retry-After": str(seconds)},
    )
