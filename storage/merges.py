"""Merges: which case is read under which, who agreed, and whether it was taken back (CASE-3)."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.merging import Merge
from domain.people import PersonId
from storage.case_rows import merges


class Merges:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, merge: Merge) -> None:
        values = {column.name: getattr(merge, column.name) for column in merges.c}
        await self._connection.execute(insert(merges).values(values))

    async def of_case(self, case: UUID) -> Merge | None:
        """Find the merge that a case is part of, on either side, as long as it stands."""
        rows = await self._connection.execute(
            select(merges)
            .where(
                (merges.c.from_case == case) | (merges.c.into_case == case),
                merges.c.undone_at.is_(None),
            )
            .order_by(merges.c.at.desc())
        )
        row = rows.first()
        return None if row is None else _merge(row)

    async def save_undone(self, merge: Merge) -> None:
        """Note that a merge was taken back.

        :raises RuleBroken: `merge.undone_already` when somebody else was first.
        """
        saved = await self._connection.execute(
            update(merges)
            .where(merges.c.id == merge.id, merges.c.undone_at.is_(None))
            .values(undone_at=merge.undone_at, undone_by=merge.undone_by)
        )
        if saved.rowcount != 1:
            raise RuleBroken("merge.undone_already")


def _merge(row: Row[Any]) -> Merge:
    return Merge(
        id=row.id,
        from_case=row.from_case,
        into_case=row.into_case,
        at=row.at,
        proposed_by=PersonId(row.proposed_by),
        agreed_by=PersonId(row.agreed_by),
        undone_at=row.undone_at,
        undone_by=None if row.undone_by is None else PersonId(row.undone_by),
    )
