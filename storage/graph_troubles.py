"""Remembers which services of Microsoft 365 refuse us, and since when."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.microsoft import Amiss, Refusal, Service
from storage import conflicts
from storage.graph_rows import graph_troubles

_T = graph_troubles.c


class GraphTroubles:
    """One row for each service that refuses us; none where all is well."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[Refusal]:
        """Give them in the order they began in."""
        rows = await self._connection.execute(
            select(graph_troubles).order_by(_T.since, _T.service)
        )
        return [
            Refusal(
                service=Service(row.service),
                amiss=Amiss(row.amiss),
                code=row.code,
                since=row.since,
                seen_at=row.seen_at,
                request_id=row.request_id,
            )
            for row in rows
        ]

    async def put(self, refusal: Refusal) -> None:
        """Remember it in the place of what was known of the same service."""
        values = asdict(refusal)
        await self._connection.execute(
            conflicts.insert(graph_troubles)
            .values(values)
            .on_conflict_do_update(index_elements=[_T.service], set_=values)
        )

    async def over(self, service: Service) -> None:
        """Forget it: it was allowed again."""
        await self._connection.execute(delete(graph_troubles).where(_T.service == service))
