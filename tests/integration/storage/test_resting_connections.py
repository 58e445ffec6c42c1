"""What becomes of a pooled connection that the server has closed meanwhile."""

import pytest
from sqlalchemy import text

from storage import engine as engines
from storage.engine import engine_for

pytestmark = pytest.mark.postgresql_only


async def test_a_connection_that_died_at_rest_is_replaced_unseen(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that was restarted at night costs nobody their first turn in the morning."""
    monkeypatch.setattr(engines, "RESTS_UNSEEN", 0.0)
    bot, operator = engine_for(database_url), engine_for(database_url)
    async with bot.begin() as connection:
        process = await connection.scalar(text("SELECT pg_backend_pid()"))
    async with operator.begin() as connection:
        await connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": process})

    async with bot.begin() as connection:
        assert await connection.scalar(text("SELECT pg_backend_pid()")) != process

    await bot.dispose()
    await operator.dispose()
