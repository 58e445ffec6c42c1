"""What was audited before there was a chain: kept as it was, and bound in by a digest."""

import hashlib

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.trail import canonical, moment
from storage.rows import audit


async def digest_of_before(connection: AsyncConnection) -> str:
    """Return how many lines there are, and one digest over all of them: `12:9f86d0…`."""
    rows = await connection.execute(select(audit).order_by(audit.c.id))
    digest, count = hashlib.sha256(), 0
    for row in rows.mappings():
        digest.update(canonical({**row, "at": moment(row["at"])}) + b"\n")
        count += 1
    return f"{count}:{digest.hexdigest()}"
