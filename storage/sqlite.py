"""SQLite for SQLAlchemy's aiosqlite dialect, with a thread only for what may take long.

aiosqlite crosses to its thread four times for each statement (cursor, execute, fetch, close)
and once more for BEGIN and COMMIT: more work than the statements themselves. Here everything
runs on the loop – a statement takes microseconds, and while a COMMIT waits for the disk no other
turn could use the one connection anyway – but for a BEGIN while another process writes.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Self

BEGIN = "BEGIN IMMEDIATE"
BUSY = 5_000  # milliseconds that one process waits for another to finish writing


class Connection:
    """One connection, as the dialect expects a driver's to be."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._connection: sqlite3.Connection | None = None

    async def opened(self) -> Self:
        self._connection = await asyncio.to_thread(self._connect)
        return self

    @property
    def raw(self) -> sqlite3.Connection:
        if self._connection is None:
            raise sqlite3.OperationalError("the connection is closed")
        return self._connection

    def cursor(self) -> "Cursor":
        return Cursor(self)

    async def begin(self) -> None:
        """Begin at once if nobody writes; else wait in a thread for who does."""
        try:
            self.raw.execute(BEGIN)
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            await asyncio.to_thread(self._begin_patiently)

    def _begin_patiently(self) -> None:
        self.raw.execute(f"PRAGMA busy_timeout = {BUSY}")
        try:
            self.raw.execute(BEGIN)
        finally:
            self.raw.execute("PRAGMA busy_timeout = 0")

    async def commit(self) -> None:
        self.raw.commit()

    async def rollback(self) -> None:
        self.raw.rollback()

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def create_function(self, *args: object, **options: object) -> None:
        """Leave out the function that the dialect offers (REGEXP); we do not use it."""


class Cursor:
    """One statement and everything that came of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[tuple[object, ...]] = []
        self.description: object = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[object] = ()) -> None:
        if sql == BEGIN:
            await self._connection.begin()
        else:
            self._take(self._connection.raw.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        self._take(self._connection.raw.executemany(sql, parameters))

    def _take(self, done: sqlite3.Cursor) -> None:
        self._rows = done.fetchall() if done.description else []
        self.description, self.rowcount = done.description, done.rowcount
        self.lastrowid = done.lastrowid

    async def fetchall(self) -> list[tuple[object, ...]]:
        return self._rows

    async def close(self) -> None:
        """Do nothing: everything has been fetched."""
