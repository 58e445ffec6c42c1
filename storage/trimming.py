"""Let the oldest part of the audit chain go, and leave a checkpoint in its place (AC-AUD-06).

No role of the bot may remove a row (AC-AUD-05): the triggers that see to it are lifted here, for
one transaction, which only the owner of the tables can do. It is an operator's errand.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.trail import ABOUT_TRAIL, Checkpoint, Head
from storage.audit_rows import audit_chain, audit_checkpoints
from storage.database import Database, Transaction
from storage.rows import audit

_TABLES = (audit.name, audit_chain.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """How many links went, and the number of the last of them."""

    links: int
    through: int


async def trim(database: Database, *, before: datetime, now: datetime) -> Trimmed | None:
    """Remove every link from before a moment; None when there is none.

    Check that the chain is whole first: what is removed cannot be checked again. The last link
    is always kept.
    """
    async with database.transaction() as tx:
        head, version = await tx.audit.lock()
        through = None if head is None else await _through(tx.connection, head, before)
        if through is None:
            return None
        key = await tx.chain_keys.of(version)
        checkpoint = Checkpoint.signed(through, at=now, key=key)
        await tx.connection.execute(
            insert(audit_checkpoints).values(
                through=through.seq,
                mac=through.mac,
                at=checkpoint.at,
                key_version=checkpoint.key_version,
                signature=checkpoint.signature,
            )
        )
        links = await _remove(tx, through)
        await tx.audit.record(
            at=now,
            actor=None,
            action="audit.trim",
            about=ABOUT_TRAIL,
            result=f"through {through.seq}",
            purpose="retention",
        )
    return Trimmed(links=links, through=through.seq)


async def _through(connection: AsyncConnection, head: Head, before: datetime) -> Head | None:
    """Find the last link that goes: all before it are older than the moment too."""
    first_kept = await connection.scalar(
        select(func.min(audit_chain.c.seq)).where(audit_chain.c.at >= before)
    )
    last = head.seq - 1 if first_kept is None else min(first_kept, head.seq) - 1
    found = await connection.execute(
        select(audit_chain.c.seq, audit_chain.c.mac).where(audit_chain.c.seq == last)
    )
    row = found.one_or_none()
    return None if row is None else Head(seq=row.seq, mac=row.mac)


async def _remove(tx: Transaction, through: Head) -> int:
    """Remove the links, and what was audited before there was a chain: it is older still."""
    connection = tx.connection
    lifted = await _lift(connection)
    gone = await connection.execute(delete(audit_chain).where(audit_chain.c.seq <= through.seq))
    await connection.execute(delete(audit))
    for statement in lifted:
        await connection.execute(text(statement))
    return gone.rowcount


async def _lift(connection: AsyncConnection) -> list[str]:
    """Lift the triggers; return what puts them back."""
    if connection.dialect.name == "postgresql":
        for table in _TABLES:
            await connection.execute(text(f"ALTER TABLE data.{table} DISABLE TRIGGER USER"))
        return [f"ALTER TABLE data.{table} ENABLE TRIGGER USER" for table in _TABLES]
    found = await connection.execute(
        text("SELECT name, tbl_name, sql FROM data.sqlite_master WHERE type = 'trigger'")
    )
    triggers = [row for row in found if row.tbl_name in _TABLES]
    for row in triggers:
        await connection.execute(text(f"DROP TRIGGER data.{row.name}"))
    return [row.sql.replace("CREATE TRIGGER ", "CREATE TRIGGER data.", 1) for row in triggers]
