"""Counts without names: how often something happened in a period."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conflicts import insert
from storage.rows import counters

_new = insert(counters)
_ADD_ONE = _new.on_conflict_do_update(
    index_elements=[counters.c.name, counters.c.period],
    set_={"value": counters.c.value + _new.excluded.value},
).returning(counters.c.value)


class Counters:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, name: str, period: str) -> None:
        """Add one."""
        await self.next(name, period)

    async def next(self, name: str, period: str) -> int:
        """Add one and return the number it made: no two transactions get the same."""
        counted = await self._connection.execute(
            _ADD_ONE, {"name": name, "period": period, "value": 1}
        )
        number: int = counted.scalar_one()
        return number

    async def value(self, name: str, period: str) -> int:
        found = await self._connection.scalar(
            select(counters.c.value).where(counters.c.name == name, counters.c.period == period)
        )
        return found or 0
