"""A database that really fails: at the chosen statement, and as a driver's failure looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, event

CONFIDED = "the driver puts what was confided into its message: "


class StorageFailed(Exception):
    """What a driver may raise, with what it was about to store in its text."""


@dataclass(kw_only=True)
class Breaking:
    """Counts what is asked of every database; the one numbered `at` fails (0: none).

    So does everything before the one numbered `fails_until`.
    """

    at: int = 0
    secret: str = ""
    asked: int = 0
    fails_until: int = 0

    def step(self) -> None:
        self.asked += 1
        if self.asked == self.at or self.asked < self.fails_until:
            raise StorageFailed(CONFIDED + self.secret)

    def begin(self, _: Connection) -> None:
        self.step()

    def commit(self, _: Connection) -> None:
        self.step()

    def before_cursor_execute(self, *_: object) -> None:
        self.step()


@contextmanager
def breaking(*, at: int = 0, secret: str = "") -> Iterator[Breaking]:
    """Fail once, when the database is asked for the `at`th time from now: BEGIN, each, COMMIT."""
    weak = Breaking(at=at, secret=secret)
    hooks: dict[str, Callable[..., None]] = {
        "begin": weak.begin,
        "before_cursor_execute": weak.before_cursor_execute,
        "commit": weak.commit,
    }
    for name, hook in hooks.items():
        event.listen(Engine, name, hook)
    try:
        yield weak
    finally:
        for name, hook in hooks.items():
            event.remove(Engine, name, hook)
