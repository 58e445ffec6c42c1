"""Countersigns: what has been asked of a second person, and what they answered."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.countersigns import Countersign, CountersignKind, CountersignState
from domain.errors import RuleBroken
from domain.people import PersonId
from storage.case_rows import countersigns


class Countersigns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, asked: Countersign) -> None:
        await self._connection.execute(insert(countersigns).values(_values(asked)))

    async def find(self, id: UUID) -> Countersign | None:
        rows = await self._connection.execute(select(countersigns).where(countersigns.c.id == id))
        row = rows.one_or_none()
        return None if row is None else _countersign(row)

    async def hold(self, id: UUID) -> Countersign | None:
        """Find one that nobody else can answer before this transaction has ended."""
        rows = await self._connection.execute(
            select(countersigns).where(countersigns.c.id == id).with_for_update()
        )
        row = rows.one_or_none()
        return None if row is None else _countersign(row)

    async def open(
        self,
        *,
        now: datetime,
        kinds: Collection[CountersignKind] = frozenset(CountersignKind),
        about: Collection[UUID] | None = None,
    ) -> list[Countersign]:
        """List what waits for an answer, the oldest first."""
        wanted: list[ColumnElement[bool]] = [
            countersigns.c.state == CountersignState.ASKED,
            countersigns.c.expires_at > now,
            countersigns.c.kind.in_(list(kinds)),
        ]
        if about is not None:
            wanted.append(countersigns.c.about.in_(list(about)))
        rows = await self._connection.execute(
            select(countersigns)
            .where(*wanted)
            .order_by(countersigns.c.asked_at, countersigns.c.id)
        )
        return [_countersign(row) for row in rows]

    async def save(self, answered: Countersign) -> Countersign:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `countersign.moved_on`.
        """
        following = replace(answered, version=answered.version + 1)
        saved = await self._connection.execute(
            update(countersigns)
            .where(countersigns.c.id == answered.id, countersigns.c.version == answered.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("countersign.moved_on")
        return following


def _values(each: Countersign) -> dict[str, object]:
    values = {column.name: getattr(each, column.name) for column in countersigns.c}
    return {**values, "terms": json.dumps(dict(each.terms), sort_keys=True)}


def _countersign(row: Row[Any]) -> Countersign:
    return Countersign(
        id=row.id,
        kind=CountersignKind(row.kind),
        about=row.about,
        seen=row.seen,
        state=CountersignState(row.state),
        asked_by=PersonId(row.asked_by),
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        decided_by=None if row.decided_by is None else PersonId(row.decided_by),
        decided_at=row.decided_at,
        terms=json.loads(row.terms),
        version=row.version,
    )
