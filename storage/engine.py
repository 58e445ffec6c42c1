"""Engines: how we reach SQLite and PostgreSQL, and how their transactions begin."""

import sqlite3
from pathlib import Path
from time import monotonic

from sqlalchemy import AsyncAdaptedQueuePool, event, make_url
from sqlalchemy import Connection as SyncConnection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.rows import DATA, KEYS
from storage.sqlite import BEGIN, BUSY, Connection

RESTS_UNSEEN = 5.0  # seconds a connection may rest before we look whether it still lives
RESTING_SINCE = "resting since"


def engine_for(url: str, *, may_create: bool = False) -> AsyncEngine:
    """Make the engine of a database.

    Parameters never appear in errors, for they may be what somebody confided. On SQLite a
    missing file is an error unless it may be created: an empty key store beside existing data
    would be taken for a new beginning.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, may_create=may_create)
    return _postgresql(url)


def _postgresql(url: str) -> AsyncEngine:
    """Look whether a connection still lives only when it has rested: a look is three trips."""
    engine = create_async_engine(url, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "checkin")
    def rests(_: object, record: ConnectionPoolEntry) -> None:
        record.info[RESTING_SINCE] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def wakes(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
        if monotonic() - record.info.get(RESTING_SINCE, monotonic()) < RESTS_UNSEEN:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as gone:
            raise DisconnectionError from gone

    return engine


def files_of(url: str) -> tuple[Path, Path]:
    """Return the two files of an SQLite database: its data, and the keys they are sealed with."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise ValueError("SQLite needs a file")
    data = Path(name).absolute()
    return data, data.with_name(f"{data.stem}.keys.sqlite3")


def _sqlite(url: str, *, may_create: bool) -> AsyncEngine:
    """Both files are attached to an empty database in memory, under PostgreSQL's schema names.

    In WAL mode SQLite commits attached files one after another, in this order. The keys come
    first, so that a crash between the two leaves a key without data, or data without a key,
    which counts as forgotten; never forgotten data whose key lives on.

    There is one connection per process: SQLite lets one writer in at a time, and waiting for
    a connection is fair where waiting for a file lock is not.
    """
    data, keys = files_of(url)
    if may_create and not data.exists():
        for path in (keys, data):
            path.touch(mode=0o600)

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            ":memory:", isolation_level=None, uri=True, check_same_thread=False
        )
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY}")
            connection.execute("PRAGMA foreign_keys = ON")
            for schema, path in ((KEYS, keys), (DATA, data)):
                connection.execute(f"ATTACH ? AS {schema}", (f"{path.as_uri()}?mode=rw",))
                connection.execute(f"PRAGMA {schema}.journal_mode = WAL")
                connection.execute(f"PRAGMA {schema}.synchronous = FULL")
                connection.execute(f"PRAGMA {schema}.secure_delete = ON")
            connection.execute("PRAGMA busy_timeout = 0")  # see Connection.begin
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_async_engine(
        "sqlite+aiosqlite:///:memory:",
        async_creator=lambda: Connection(connect).opened(),
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: SyncConnection) -> None:
        connection.exec_driver_sql(BEGIN)

    return engine
