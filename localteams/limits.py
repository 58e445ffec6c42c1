"""The throttling Microsoft documents: sliding windows per thread, and one for the whole app."""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    requests: int
    seconds: float


def _windows(*pairs: tuple[int, float]) -> Sequence[Window]:
    return tuple(Window(requests=requests, seconds=seconds) for requests, seconds in pairs)


_TALK = _windows((7, 1), (8, 2), (60, 30), (1800, 3600))
_LOOK = _windows((14, 1), (16, 2), (120, 30), (3600, 3600))

PER_THREAD: Mapping[str, Sequence[Window]] = {
    "send": _TALK,
    "create": _TALK,
    "members": _LOOK,
    "conversations": _LOOK,
}
PER_SECOND = 50


class Limits:
    """Counts what was let through; a refused request does not count against the next one.

    :param per_second: what the whole app may ask in any sliding second; None is no ceiling.
    """

    def __init__(
        self,
        *,
        per_thread: Mapping[str, Sequence[Window]] = PER_THREAD,
        per_second: int | None = PER_SECOND,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.per_second = per_second
        self._per_thread = per_thread
        self._now = now
        self._app: deque[float] = deque()
        self._threads: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)

    @classmethod
    def none(cls) -> Self:
        return cls(per_thread={}, per_second=None)

    def wait(self, operation: str, thread: str) -> float:
        """Let a request through (0), or say for how many seconds it must wait."""
        now = self._now()
        checks = self._checks(operation, thread)
        wait = max((_wait(times, windows, now) for times, windows in checks), default=0)
        if wait == 0:
            for times, _ in checks:
                times.append(now)
        return wait

    def _checks(
        self, operation: str, thread: str
    ) -> Sequence[tuple[deque[float], Sequence[Window]]]:
        checks = []
        if self.per_second is not None:
            checks.append((self._app, _windows((self.per_second, 1))))
        if windows := self._per_thread.get(operation):
            checks.append((self._threads[operation, thread], windows))
        return checks


def _wait(times: deque[float], windows: Sequence[Window], now: float) -> float:
    """Forget what no window reaches back to any more, and ask each window."""
    longest = max(window.seconds for window in windows)
    while times and times[0] <= now - longest:
        times.popleft()
    return max(
        times[-window.requests] + window.seconds - now
        if len(times) >= window.requests and times[-window.requests] > now - window.seconds
        else 0
        for window in windows
    )
