"""The documents somebody asked for: ids and codes; their content is never kept here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.exports import Export, ExportKind
from domain.people import PersonId
from storage.conflicts import insert
from storage.legal_rows import exports


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

    async def waiting(self, kind: ExportKind) -> list[Export]:
        """List what is asked for and neither laid nor refused, the oldest first."""
        return await self._listed(
            exports.c.kind == kind, exports.c.laid_at.is_(None), exports.c.why_not.is_(None)
        )

    async def laid_before(self, moment: datetime) -> list[str]:
        """Name the files that were laid before then."""
        found = await self._connection.scalars(
            select(exports.c.file).where(exports.c.laid_at < moment, exports.c.file.is_not(None))
        )
        return [each for each in found if each is not None]

    async def laid(self, id: UUID, *, file: str, at: datetime) -> None:
        """Note that it lies in the folder."""
        await self._connection.execute(
            update(exports).where(exports.c.id == id).values(laid_at=at, file=file)
        )

    async def refused(self, id: UUID, *, why_not: str) -> None:
        """Note that it will not be written."""
        await self._connection.execute(
            update(exports).where(exports.c.id == id).values(why_not=why_not)
        )

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
