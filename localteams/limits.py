"""The throttling Microsoft documents: sliding windows per thread, and one for the whole app."""

import time
from collections import defaultdict
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
PER_APP = _windows((50, 1))


class Limits:
    """Counts what was let through; a refused request does not count against the next one."""

    def __init__(
        self,
        *,
        per_thread: Mapping[str, Sequence[Window]] = PER_THREAD,
        per_app: Sequence[Window] = PER_APP,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_thread = per_thread
        self._per_app = per_app
        self._now = now
        self._let_through: defaultdict[tuple[str, str], list[float]] = defaultdict(list)

    @classmethod
    def none(cls) -> Self:
        return cls(per_thread={}, per_app=())

    def wait(self, operation: str, thread: str) -> float:
        """Let a request through (0), or say for how many seconds it must wait."""
        now = self._now()
        checks = [
            (self._let_through["app", ""], self._per_app),
            (self._let_through[operation, thread], self._per_thread.get(operation, ())),
        ]
        wait = max(_wait(times, windows, now) for times, windows in checks)
        if wait == 0:
            for times, windows in checks:
                longest = max((window.seconds for window in windows), default=0)
                times[:] = [at for at in times if at > now - longest]
                times.append(now)
        return wait


def _wait(times: Sequence[float], windows: Sequence[Window], now: float) -> float:
    return max(
        (
            times[-window.requests] + window.seconds - now
            for window in windows
            if len(times) >= window.requests and times[-window.requests] > now - window.seconds
        ),
        default=0,
    )
