"""The audit trail can be added to, and nothing else (AC-AUD-05)."""

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

from storage.database import Database
from storage.rows import audit
from tests.integration.storage.examples import BO, MONDAY_NOON


async def record(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.audit.record(
            at=MONDAY_NOON,
            actor=BO.id,
            action="concern.read",
            about="B2026-0001",
            result="ok",
            purpose="coordination",
        )


async def test_a_line_says_who_did_what_about_which_and_why(database: Database) -> None:
    await record(database)

    async with database.transaction() as tx:
        [line] = (await tx.connection.execute(select(audit))).all()
    assert tuple(line)[1:] == (
        MONDAY_NOON,
        BO.id,
        "concern.read",
        "B2026-0001",
        "ok",
        "coordination",
    )


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(update(audit).values(actor="somebody else"), id="change"),
        pytest.param(delete(audit), id="remove"),
        pytest.param(delete(audit).where(audit.c.id == 1), id="remove one"),
        pytest.param(text("TRUNCATE data.audit"), id="empty", marks=pytest.mark.postgresql_only),
    ],
)
async def test_nobody_changes_or_removes_a_line(database: Database, attempt: Executable) -> None:
    """AC-AUD-05."""
    await record(database)

    with pytest.raises(DBAPIError, match="append only"):
        async with database.transaction() as tx:
            await tx.connection.execute(attempt)

    async with database.transaction() as tx:
        assert len((await tx.connection.execute(select(audit))).all()) == 1
