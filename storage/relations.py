"""Who said they are near to a concern, and who said they are not (INH)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import PersonId
from storage.conflicts import insert
from storage.keys import Keys
from storage.rows import DATA, relations
from storage.sealing import Place


class Relations:
    """Being near is said with a reason, sealed under the concern's key, and is not undone here."""

    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def recuse(self, concern_id: UUID, person: PersonId, reason: str, at: datetime) -> None:
        """Note that somebody may not handle the concern, whatever they answered before.

        :raises Shredded: when the concern's content has been destroyed.
        """
        key = await self._keys.of(str(concern_id))
        place = Place(DATA, "relations", f"{concern_id}|{person}", "reason")
        answer = {"near": True, "at": at, "reason": key.seal(reason.encode(), place)}
        await self._connection.execute(
            insert(relations)
            .values(concern=concern_id, person=person, **answer)
            .on_conflict_do_update(
                index_elements=[relations.c.concern, relations.c.person], set_=answer
            )
        )

    async def recused(self, concern_id: UUID) -> set[PersonId]:
        return await self._who(concern_id, near=True)

    async def recusal_reason(self, concern_id: UUID, person: PersonId) -> str | None:
        """Return why somebody is recused, for the one who decides about it (INH-2)."""
        sealed = await self._connection.scalar(
            select(relations.c.reason).where(
                relations.c.concern == concern_id, relations.c.person == person
            )
        )
        if sealed is None:
            return None
        key = await self._keys.of(str(concern_id))
        place = Place(DATA, "relations", f"{concern_id}|{person}", "reason")
        return key.open(sealed, place).decode()

    async def set_cleared(self, concern_id: UUID, person: PersonId) -> None:
        """Note the answer "no near relation"; who is recused stays recused."""
        await self._connection.execute(
            insert(relations)
            .values(concern=concern_id, person=person, near=False)
            .on_conflict_do_nothing()
        )

    async def cleared(self, concern_id: UUID, person: PersonId) -> bool:
        return person in await self._who(concern_id, near=False)

    async def _who(self, concern_id: UUID, *, near: bool) -> set[PersonId]:
        found = await self._connection.scalars(
            select(relations.c.person).where(
                relations.c.concern == concern_id, relations.c.near.is_(near)
            )
        )
        return {PersonId(person) for person in found}
