"""Hours that pass in no time: an event loop whose clock leaps to its next timer."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, TypeVarTuple, Unpack

BEGINS = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Stuck(Exception):
    """Everybody waits, and nobody for a time that will come."""


class _Leaps(selectors.DefaultSelector):
    """Instead of waiting for a time to come, goes there."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise Stuck
        if not ready and timeout:
            self.passed += timeout
        return ready


class Hours(asyncio.SelectorEventLoop):
    """Runs everything in one thread, and time only when nothing else can run.

    What would go to a thread is done at once, so that a seed always tells the same story.
    """

    def __init__(self) -> None:
        self._leaps = _Leaps()
        super().__init__(self._leaps)

    def time(self) -> float:
        return self._leaps.passed

    def run_in_executor(
        self, executor: object, func: Callable[[Unpack[Ts]], T], *args: *Ts
    ) -> asyncio.Future[T]:
        del executor
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as problem:  # noqa: BLE001
            done.set_exception(problem)
        return done


def hour() -> datetime:
    """Tell the time in the story that is being told."""
    return BEGINS + timedelta(seconds=asyncio.get_running_loop().time())


def told(story: Coroutine[Any, Any, T]) -> T:
    """Tell a story to its end in a time of its own.

    :raises Stuck: when it never ends.
    """
    with asyncio.Runner(loop_factory=Hours) as runner:
        return runner.run(story)
