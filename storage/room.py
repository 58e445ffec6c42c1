"""Whether the disk of the database is full: what both databases call that, and for how long."""

import logging
import sqlite3
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import event
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine

FULL_FOR: Final = 30.0  # seconds after something last found no room
_DISK_FULL = "53100"  # PostgreSQL's SQLSTATE

log = logging.getLogger(__name__)


class Room:
    """Sees every error of an engine, and remembers those that say there is no room.

    Whether there is room again shows only when something is written; so it counts as full for
    a while, and if it still is, the next turn finds out and is told.

    :param ticks: seconds on a clock that nobody sets.
    """

    def __init__(self, engine: AsyncEngine, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._lacked_at: float | None = None
        event.listen(engine.sync_engine, "handle_error", self._notice)

    def is_lacking(self) -> bool:
        return self._lacked_at is not None and self._ticks() - self._lacked_at < FULL_FOR

    def _notice(self, context: ExceptionContext) -> None:
        if _says_full(context.original_exception):
            if not self.is_lacking():
                log.error("the disk of the database is full")
            self._lacked_at = self._ticks()


def _says_full(problem: BaseException) -> bool:
    code = getattr(problem, "sqlite_errorcode", None) or getattr(problem, "sqlstate", None)
    return code in {sqlite3.SQLITE_FULL, _DISK_FULL}
