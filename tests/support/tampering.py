"""Somebody with the owner's account, who lifts what protects the audit chain."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import PersonId
from domain.trail import NOTHING, Head, Link
from storage.audit_rows import audit_chain
from storage.database import Database

PROTECTED = ("audit", "audit_chain", "audit_checkpoints")
ANNA = PersonId("anna")


@asynccontextmanager
async def tampering(database: Database) -> AsyncIterator[AsyncConnection]:
    """Give a connection on which everything can be changed."""
    async with database.transaction() as tx:
        if tx.connection.dialect.name == "postgresql":
            for table in PROTECTED:
                await tx.connection.execute(text(f"ALTER TABLE data.{table} DISABLE TRIGGER USER"))
        else:
            found = await tx.connection.execute(
                text("SELECT name, tbl_name FROM data.sqlite_master WHERE type = 'trigger'")
            )
            for row in found.all():
                if row.tbl_name in PROTECTED:
                    await tx.connection.execute(text(f"DROP TRIGGER data.{row.name}"))
        yield tx.connection


async def did(database: Database, *actions: str, at: datetime) -> None:
    """Let somebody do some things, each in its own transaction."""
    for action in actions:
        async with database.transaction() as tx:
            await tx.audit.record(
                at=at,
                actor=ANNA,
                action=action,
                about=f"about {action}",
                result="ok",
                purpose="coordination",
            )


async def chain_of(database: Database) -> Sequence[Link]:
    """Return every link."""
    async with database.transaction() as tx:
        return await tx.audit.after(0, at_most=100_000)


async def rebuilt(database: Database, *, at: datetime, links: int) -> None:
    """Write the whole chain anew, with the key: as long as before, and whole in itself."""
    async with tampering(database) as connection:
        await connection.execute(audit_chain.delete())
    async with database.transaction() as tx:
        await tx.audit.begin(at=at)
        await tx.audit.chain(await tx.chain_keys.of(1), after=Head(seq=0, mac=NOTHING))
    await did(database, *(f"innocent {number}" for number in range(2, links + 1)), at=at)


async def removed_after(database: Database, seq: int) -> None:
    """Cut the end off."""
    async with tampering(database) as connection:
        await connection.execute(audit_chain.delete().where(audit_chain.c.seq > seq))
