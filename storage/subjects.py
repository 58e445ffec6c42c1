"""Subjects: the people cases are about, found by blind indexes only (AC-CRYPT-05)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_rows import subjects
from storage.keys import Keys


class Subjects:
    """A subject is an id and a data key; who it is lies in its case's records."""

    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def add(self, id: UUID, *, at: datetime) -> None:
        """Make a subject, with the key that everything about them is sealed with."""
        await self._connection.execute(insert(subjects).values(id=id, created_at=at))
        await self._keys.make(str(id))

    async def merge(self, id: UUID, *, into: UUID | None) -> None:
        """Say that a subject is the same person as another, or take that back."""
        await self._connection.execute(
            update(subjects).where(subjects.c.id == id).values(merged_into=into)
        )

    async def canonical(self, id: UUID) -> UUID:
        """Name the subject that somebody is known as after a merge."""
        merged = await self._connection.scalar(
            select(subjects.c.merged_into).where(subjects.c.id == id)
        )
        return merged or id
