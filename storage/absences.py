"""Who is away, and until when."""

from datetime import date
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.absences import Absence
from domain.people import PersonId
from storage.plan_rows import absences


class Absences:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, absence: Absence) -> None:
        await self._connection.execute(
            plain_insert(absences).values(
                {column.name: getattr(absence, column.name) for column in absences.c}
            )
        )

    async def of(self, person: PersonId, *, today: date) -> list[Absence]:
        """List what somebody has noted that is not over, the first first."""
        rows = await self._connection.execute(
            select(absences)
            .where(absences.c.person == person, absences.c.to_on >= today)
            .order_by(absences.c.from_on)
        )
        return [_absence(row) for row in rows]

    async def between(self, from_on: date, to_on: date) -> list[Absence]:
        """List the absences of everybody that touch these days."""
        rows = await self._connection.execute(
            select(absences)
            .where(absences.c.from_on <= to_on, absences.c.to_on >= from_on)
            .order_by(absences.c.person, absences.c.from_on)
        )
        return [_absence(row) for row in rows]

    async def away(self, on: date) -> frozenset[PersonId]:
        """Name everybody who is away that day."""
        found = await self._connection.scalars(
            select(absences.c.person).where(absences.c.from_on <= on, absences.c.to_on >= on)
        )
        return frozenset(map(PersonId, found))

    async def end(self, person: PersonId, *, before: date) -> None:
        """Let somebody be back that day: what has begun ends the day before, the rest is off."""
        await self._connection.execute(
            delete(absences).where(absences.c.person == person, absences.c.from_on >= before)
        )
        await self._connection.execute(
            update(absences)
            .where(absences.c.person == person, absences.c.to_on >= before)
            .values(to_on=before - date.resolution)
        )


def _absence(row: Row[Any]) -> Absence:
    return Absence(
        id=row.id,
        person=PersonId(row.person),
        from_on=row.from_on,
        to_on=row.to_on,
        noted_at=row.noted_at,
    )
