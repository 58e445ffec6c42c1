"""Grants: who may read one matter for a time."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.data_classes import DataClass
from domain.grants import Grant, GrantKind
from domain.people import PersonId
from storage.case_rows import grants


class Grants:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, grant: Grant) -> None:
        await self._connection.execute(insert(grants).values(_values(grant)))

    async def find(self, id: UUID) -> Grant | None:
        found = await self._list(grants.c.id == id)
        return found[0] if found else None

    async def of_matters(self, matters: Collection[UUID], *, now: datetime) -> list[Grant]:
        """List the grants to these matters that are valid now (AC-AZ-07)."""
        return await self._list(grants.c.matter.in_(matters), *_valid(now))

    async def of_person(self, person: PersonId, *, now: datetime) -> list[Grant]:
        """List what somebody may read by a grant now."""
        return await self._list(grants.c.person == person, *_valid(now))

    async def ever_of(self, matter: UUID) -> list[Grant]:
        """List every grant to a matter there ever was, for whoever asks what was disclosed."""
        return await self._list(grants.c.matter == matter)

    async def end(self, id: UUID, *, at: datetime) -> bool:
        """End a grant now; False if it had ended before."""
        ended = await self._connection.execute(
            update(grants)
            .where(grants.c.id == id, grants.c.ended_at.is_(None), grants.c.expires_at > at)
            .values(ended_at=at)
        )
        return bool(ended.rowcount)

    async def to_review(self) -> list[Grant]:
        """List the broken glasses nobody has reviewed yet (ROLE-02)."""
        return await self._list(grants.c.review_by.is_not(None), grants.c.reviewed_at.is_(None))

    async def reviewed(self, id: UUID, *, by: PersonId, at: datetime) -> bool:
        """Note the review; False if somebody has made it before."""
        noted = await self._connection.execute(
            update(grants)
            .where(grants.c.id == id, grants.c.reviewed_at.is_(None))
            .values(reviewed_by=by, reviewed_at=at)
        )
        return bool(noted.rowcount)

    async def _list(self, *conditions: ColumnElement[bool]) -> list[Grant]:
        rows = await self._connection.execute(
            select(grants).where(*conditions).order_by(grants.c.begins_at, grants.c.id)
        )
        return [_grant(row) for row in rows]


def _valid(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return grants.c.begins_at <= now, grants.c.expires_at > now, grants.c.ended_at.is_(None)


def _values(grant: Grant) -> dict[str, object]:
    values = {column.name: getattr(grant, column.name) for column in grants.c}
    return values | {"classes": tuple(sorted(grant.classes))}


def _grant(row: Row[Any]) -> Grant:
    return Grant(
        id=row.id,
        matter=row.matter,
        person=PersonId(row.person),
        kind=GrantKind(row.kind),
        classes=frozenset(map(DataClass, row.classes)),
        by=PersonId(row.by),
        begins_at=row.begins_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        gate=row.gate,
        review_by=row.review_by,
        reviewed_by=None if row.reviewed_by is None else PersonId(row.reviewed_by),
        reviewed_at=row.reviewed_at,
    )
