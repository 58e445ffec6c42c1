"""The documents somebody asked for: ids and codes; their content is never kept here."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.exports import Export, ExportKind
from domain.people import PersonId
from storage.conflicts import insert
from storage.legal_rows import exports

_WAITS = (exports.c.laid_at.is_(None), exports.c.why_not.is_(None))


class Exports:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, export: Export) -> bool:
        """Ask for a document; False when it has been asked for under this id before."""
        values = {column.name: getattr(export, column.name) for column in exports.c}
        asked = await self._connection.execute(
            insert(exports)
            .values(values)
            .on_conflict_do_nothing(index_elements=[exports.c.id])
            .returning(exports.c.id)
        )
        return asked.one_or_none() is not None

    async def find(self, id: UUID) -> Export | None:
        return next(iter(await self._listed(exports.c.id == id)), None)

    async def waiting(self, kinds: Collection[ExportKind]) -> list[Export]:
        """List what is asked for and neither laid nor refused, the oldest first."""
        return await self._listed(exports.c.kind.in_(kinds), *_WAITS)

    async def laid_for(
        self, person: PersonId, kinds: Collection[ExportKind], *, since: datetime
    ) -> list[Export]:
        """List what has been laid for somebody since then, the newest first."""
        found = await self._listed(
            exports.c.by == person, exports.c.kind.in_(kinds), exports.c.laid_at >= since
        )
        return found[::-1]

    async def laid_before(self, moment: datetime) -> list[str]:
        """Name the files that were laid before then."""
        found = await self._connection.scalars(
            select(exports.c.file).where(exports.c.laid_at < moment, exports.c.file.is_not(None))
        )
        return [each for each in found if each is not None]

    async def settle(self, id: UUID, *, files: str, why_not: str | None, at: datetime) -> bool:
        """Note that it is laid, and under which names in the folder, or why it is not made.

        :returns: whether it still waited; a settled one stays as it is.
        """
        settled = {"why_not": why_not} if why_not else {"laid_at": at, "file": files or None}
        done = await self._connection.execute(
            update(exports)
            .where(exports.c.id == id, *_WAITS)
            .values(settled)
            .returning(exports.c.id)
        )
        return done.one_or_none() is not None

    async def _listed(self, *conditions: ColumnElement[bool]) -> list[Export]:
        rows = await self._connection.execute(
            select(exports).where(*conditions).order_by(exports.c.at, exports.c.id)
        )
        return [_export(row) for row in rows]


def _export(row: Row[Any]) -> Export:
    return Export(
        id=row.id,
        kind=ExportKind(row.kind),
        about=row.about,
        reason=row.reason,
        by=PersonId(row.by),
        at=row.at,
        laid_at=row.laid_at,
        file=row.file,
        why_not=row.why_not,
    )
