"""The audit trail: who did what about which, and why; ids and codes only (AC-AUD-05, 06)."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import PersonId
from storage.rows import audit


class Audit:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(
        self,
        *,
        at: datetime,
        actor: PersonId | None,
        action: str,
        about: str,
        result: str,
        purpose: str,
    ) -> None:
        """Add a line in the same transaction as what it tells of; it can never be changed."""
        await self._connection.execute(
            insert(audit).values(
                at=at, actor=actor, action=action, about=about, result=result, purpose=purpose
            )
        )
