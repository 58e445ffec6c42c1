"""Whom a gate named for what is sensitive in a matter; the judgement itself is a record."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import PersonId
from storage.conflicts import insert
from storage.legal_rows import gated


class Gates:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def name(self, matter: UUID, people: Collection[PersonId], *, at: datetime) -> None:
        """Let these people read what is sensitive in a matter, as far as their roles go."""
        for person in people:
            await self._connection.execute(
                insert(gated).values(matter=matter, person=person, at=at).on_conflict_do_nothing()
            )

    async def named(
        self, matters: Mapping[UUID, Sequence[UUID]]
    ) -> dict[UUID, frozenset[PersonId]]:
        """Say who is named in each, given what is about the same person as it."""
        every = {each for about in matters.values() for each in about}
        rows = await self._connection.execute(
            select(gated.c.matter, gated.c.person).where(gated.c.matter.in_(every))
        )
        found: dict[UUID, set[PersonId]] = {}
        for row in rows:
            found.setdefault(row.matter, set()).add(PersonId(row.person))
        return {
            matter: frozenset().union(*(found.get(each, ()) for each in about))
            for matter, about in matters.items()
        }
