"""SQLite for SQLAlchemy's aiosqlite dialect, with a thread only for what may take time.

aiosqlite crosses to its thread four times for each statement (cursor, execute, fetch, close)
and once more for BEGIN and COMMIT: more work than the statements themselves. Inside a
transaction a statement takes some microseconds; what may have to wait is COMMIT (for the disk)
and a BEGIN while another process writes, and only these leave the loop.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

T = TypeVar("T")

BEGIN = "BEGIN IMMEDIATE"
BUSY = 5_000  # milliseconds that one process waits for another to finish writing


class Connection:
    """One connection, as the dialect expects a driver's to be."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._connection: sqlite3.Connection | None = None

    async def opened(self) -> Self:
        self._connection = await self.apart(self._connect)
        return self

    @property
    def raw(self) -> sqlite3.Connection:
        if self._connection is None:
            raise sqlite3.OperationalError("the connection is closed")
        return self._connection

    async def apart(self, work: Callable[[], T]) -> T:
        """Do something in the thread, after whatever it is still doing."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def cursor(self) -> "Cursor":
        return Cursor(self)

    async def begin(self) -> None:
        """Begin at once if nobody writes; else wait in the thread for who does."""
        try:
            self.raw.execute(BEGIN)
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            await self.apart(self._begin_patiently)

    def _begin_patiently(self) -> None:
        self.raw.execute(f"PRAGMA busy_timeout = {BUSY}")
        try:
            self.raw.execute(BEGIN)
        finally:
            self.raw.execute("PRAGMA busy_timeout = 0")

    async def commit(self) -> None:
        await self.apart(self.raw.commit)

    async def rollback(self) -> None:
        await self.apart(self.raw.rollback)

    async def close(self) -> None:
        if self._connection is not None:
            await self.apart(self._connection.close)
        self.stop()

    def stop(self) -> None:
        """Close without waiting; the thread ends after what it is still doing."""
        if self._connection is not None:
            self._thread.submit(self._connection.close)
            self._connection = None
        self._thread.shutdown(wait=False)

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
        raw = self._connection.raw
        if sql == BEGIN:
            await self._connection.begin()
        else:
            await self._run(lambda: raw.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        raw = self._connection.raw
        await self._run(lambda: raw.executemany(sql, parameters))

    async def _run(self, statement: Callable[[], sqlite3.Cursor]) -> None:
        if self._connection.raw.in_transaction:
            done = statement()
        else:
            done = await self._connection.apart(statement)
        self._rows = done.fetchall() if done.description else []
        self.description, self.rowcount = done.description, done.rowcount
        self.lastrowid = done.lastrowid

    async def fetchall(self) -> list[tuple[object, ...]]:
        return self._rows

    async def close(self) -> None:
        """Do nothing: everything has been fetched."""
