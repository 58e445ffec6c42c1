"""The pace of each medium, which all replicas share."""

from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Executable, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.notices import Medium
from domain.pacing import Pace
from storage.conflicts import insert
from storage.delivery_rows import pace as table

_TAKE = select(table).where(table.c.medium == bindparam("medium_"))
_TAKE_ALONE = _TAKE.with_for_update()
_KEEP = (
    update(table)
    .where(table.c.medium == bindparam("medium_"))
    .values({field.name: bindparam(field.name) for field in fields(Pace)})
)


class Pacing:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def hold(self, medium: Medium, *, rate: float, now: datetime) -> Pace:
        """Read the pace, and let no other replica change it before this transaction ends.

        :param rate: what to begin with, where nothing has ever been sent.
        """
        pace = await self._read(_TAKE_ALONE, medium)
        if pace is not None:
            return pace
        fresh = asdict(Pace.fresh(rate=rate, now=now))
        await self._connection.execute(
            insert(table).values(medium=medium, **fresh).on_conflict_do_nothing()
        )
        pace = await self._read(_TAKE_ALONE, medium)
        if pace is None:
            raise LookupError("the pace was removed while we looked")
        return pace

    async def keep(self, medium: Medium, pace: Pace) -> None:
        await self._connection.execute(_KEEP, {"medium_": medium, **asdict(pace)})

    async def now(self, medium: Medium) -> Pace | None:
        """Read the pace without holding it; None where nothing has ever been sent."""
        return await self._read(_TAKE, medium)

    async def _read(self, statement: Executable, medium: Medium) -> Pace | None:
        row = (
            (await self._connection.execute(statement, {"medium_": medium}))
            .mappings()
            .one_or_none()
        )
        return None if row is None else Pace(**{key: row[key] for key in row if key != "medium"})
