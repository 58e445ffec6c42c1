"""Requests for access: when they came, who works on them, and which pieces are left out."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access_requests import (
    OPEN,
    AccessKind,
    AccessRequest,
    AccessState,
    LeftOut,
    Mark,
)
from domain.errors import RuleBroken
from domain.people import PersonId
from storage.conflicts import insert as upsert
from storage.counters import Counters
from storage.plan_rows import access_marks, access_requests


class AccessRequests:
    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self._connection = connection
        self._counters = counters

    async def next_reference(self, year: int) -> str:
        """Take the next reference number of a year; a rolled back one is used again."""
        number = await self._counters.next("access.reference", str(year))
        return f"A{year}-{number:04}"

    async def add(self, request: AccessRequest) -> None:
        await self._connection.execute(insert(access_requests).values(_values(request)))

    async def find(self, id: UUID) -> AccessRequest | None:
        return next(iter(await self._listed(access_requests.c.id == id)), None)

    async def by_reference(self, reference: str) -> AccessRequest | None:
        return next(iter(await self._listed(access_requests.c.reference == reference)), None)

    async def of_case(self, case: UUID) -> list[AccessRequest]:
        return await self._listed(access_requests.c.case == case)

    async def open(self) -> list[AccessRequest]:
        """List what waits for an answer, what is due first in front."""
        return await self._listed(access_requests.c.state.in_(list(OPEN)))

    async def save(self, request: AccessRequest) -> AccessRequest:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `access.moved_on`.
        """
        following = replace(request, version=request.version + 1)
        saved = await self._connection.execute(
            update(access_requests)
            .where(
                access_requests.c.id == request.id,
                access_requests.c.version == request.version,
            )
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("access.moved_on")
        return following

    async def mark(self, mark: Mark) -> None:
        """Leave a piece out; a second mark of the same piece changes why."""
        await self._connection.execute(
            upsert(access_marks)
            .values(request=mark.request, piece=mark.piece, why=mark.why, by=mark.by)
            .on_conflict_do_update(
                index_elements=[access_marks.c.request, access_marks.c.piece],
                set_={"why": mark.why, "by": mark.by},
            )
        )

    async def unmark(self, request: UUID, pieces: Collection[UUID]) -> None:
        """Take pieces in again."""
        await self._connection.execute(
            delete(access_marks).where(
                access_marks.c.request == request, access_marks.c.piece.in_(pieces)
            )
        )

    async def marks(self, request: UUID) -> dict[UUID, Mark]:
        rows = await self._connection.execute(
            select(access_marks).where(access_marks.c.request == request)
        )
        return {
            row.piece: Mark(
                request=row.request,
                piece=row.piece,
                why=LeftOut(row.why),
                by=PersonId(row.by),
            )
            for row in rows
        }

    async def _listed(self, *conditions: ColumnElement[bool]) -> list[AccessRequest]:
        rows = await self._connection.execute(
            select(access_requests)
            .where(*conditions)
            .order_by(access_requests.c.due_on, access_requests.c.reference)
        )
        return [_request(row) for row in rows]


def _values(request: AccessRequest) -> dict[str, object]:
    return {column.name: getattr(request, column.name) for column in access_requests.c}


def _request(row: Row[Any]) -> AccessRequest:
    return AccessRequest(
        id=row.id,
        reference=row.reference,
        case=row.case,
        kind=AccessKind(row.kind),
        received_on=row.received_on,
        due_on=row.due_on,
        state=AccessState(row.state),
        registered_by=PersonId(row.registered_by),
        drafted_by=None if row.drafted_by is None else PersonId(row.drafted_by),
        reviewed_by=None if row.reviewed_by is None else PersonId(row.reviewed_by),
        released_at=row.released_at,
        version=row.version,
    )
