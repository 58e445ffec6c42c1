"""Migrations, from code: `upgrade` and `downgrade` bring a database to a revision."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from storage.engine import engine_for

_SCRIPTS = Path(__file__).with_name("migrations")


async def upgrade(url: str, to: str = "head") -> None:
    """Bring the database up to a revision, creating it on SQLite where there is none."""
    await _run(url, lambda config: command.upgrade(config, to))


async def downgrade(url: str, to: str = "base") -> None:
    """Bring the database back to an older revision, with the loss that means."""
    await _run(url, lambda config: command.downgrade(config, to))


async def _run(url: str, change: Callable[[Config], None]) -> None:
    def migrate(connection: Connection) -> None:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
        change(config)

    engine = engine_for(url, may_create=True)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(migrate)
    finally:
        await engine.dispose()
