"""Records: each piece of a matter sealed by itself; corrected by replacing, never by changing."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.data_classes import DataClass
from domain.people import Authority, PersonId
from domain.records import Record, RecordKind
from storage.case_rows import records
from storage.contents import packed, unpacked
from storage.keys import Keys
from storage.rows import DATA
from storage.sealing import Place

_later = records.alias("later")
_REPLACED = exists().where(_later.c.replaces == records.c.id)  # by its unique index


class Records:
    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def add(self, record: Record) -> None:
        """Seal a record under its key, which is made if it is the first.

        :raises IntegrityError: when it replaces what has been replaced already.
        """
        sealing = await self._keys.make(record.key)
        await self._connection.execute(
            insert(records).values(
                id=record.id,
                matter=record.matter,
                key=record.key,
                kind=record.kind,
                data_class=record.data_class,
                by=record.by,
                at=record.at,
                replaces=record.replaces,
                withheld_by=record.withheld_by,
                meeting=record.meeting,
                content=sealing.seal(packed(record.content), _place(record.id)),
            )
        )

    async def read(
        self,
        matters: Collection[UUID],
        classes: Collection[DataClass],
        *,
        kinds: Collection[RecordKind] | None = None,
        history: bool = False,
    ) -> list[Record]:
        """Open the records of these classes, in order; of a corrected one the latest version.

        :param history: with every version that was corrected.
        :raises Shredded: when their key has been destroyed.
        """
        chosen = select(records).where(
            records.c.matter.in_(matters), records.c.data_class.in_(list(classes))
        )
        if kinds is not None:
            chosen = chosen.where(records.c.kind.in_(list(kinds)))
        if not history:
            chosen = chosen.where(~_REPLACED)
        found = await self._connection.execute(chosen.order_by(records.c.at, records.c.number))
        rows = found.all()
        await self._keys.fetch({row.key for row in rows})
        return [await self._open(row) for row in rows]

    async def of_keys(self, keys: Collection[str]) -> list[Record]:
        """Open everything that was sealed with these keys, every version of it, in order.

        :raises Shredded: when a key has been destroyed.
        """
        rows = await self._connection.execute(
            select(records)
            .where(records.c.key.in_(list(keys)))
            .order_by(records.c.at, records.c.number)
        )
        return [await self._open(row) for row in rows]

    async def written(
        self, kind: RecordKind, *, since: datetime
    ) -> dict[UUID, tuple[datetime, PersonId | None]]:
        """Name the matters that got a record of a kind, when the latest was, and whose."""
        rows = await self._connection.execute(
            select(records.c.matter, records.c.at, records.c.by)
            .where(records.c.kind == kind, records.c.at >= since)
            .order_by(records.c.at, records.c.number)
        )
        return {row.matter: (row.at, None if row.by is None else PersonId(row.by)) for row in rows}

    async def find(self, id: UUID) -> Record | None:
        """Open one record.

        :raises Shredded: when its key has been destroyed.
        """
        found = await self._connection.execute(select(records).where(records.c.id == id))
        row = found.one_or_none()
        return None if row is None else await self._open(row)

    async def reseal(self, key: str, *, into: str) -> None:
        """Seal everything of one data key with another, and destroy the first.

        A member of a concern group about whom there is a case goes on under that person's key.
        """
        old, new = await self._keys.of(key), await self._keys.make(into)
        for row in await self._connection.execute(select(records).where(records.c.key == key)):
            content = old.open(row.content, _place(row.id))
            await self._connection.execute(
                update(records)
                .where(records.c.id == row.id)
                .values(key=into, content=new.seal(content, _place(row.id)))
            )
        await self._keys.destroy(key)

    async def forget(self, key: str) -> None:
        """Remove everything that was sealed with a key; destroying the key is another's task."""
        await self._connection.execute(delete(records).where(records.c.key == key))

    async def _open(self, row: Row[Any]) -> Record:
        sealing = await self._keys.of(row.key)
        return Record(
            id=row.id,
            matter=row.matter,
            key=row.key,
            kind=RecordKind(row.kind),
            data_class=DataClass(row.data_class),
            by=None if row.by is None else PersonId(row.by),
            at=row.at,
            content=unpacked(sealing.open(row.content, _place(row.id))),
            replaces=row.replaces,
            withheld_by=None if row.withheld_by is None else Authority(row.withheld_by),
            meeting=row.meeting,
        )


def _place(id: UUID) -> Place:
    return Place(DATA, "records", str(id), "content")
