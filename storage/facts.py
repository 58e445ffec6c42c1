"""Facts for statistics: they outlive the case, and lead to nobody (STAT-4)."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, delete, select
from sqlalchemy import insert as add
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.facts import AgeGroup, Fact, FactKind, age_group, quarter
from domain.people import AreaCode, Authority
from storage.conflicts import insert
from storage.plan_rows import facts, pseudonyms


class Facts:
    """Only codes, quarters and small numbers come in; what gives them is not kept."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(
        self,
        kind: FactKind,
        *,
        on: date,
        born: date | None,
        case: UUID | None = None,
        area: AreaCode | None = None,
        level: int | None = None,
        authority: Authority | None = None,
        detail: str | None = None,
        value: int | None = None,
    ) -> None:
        """Note what happened on a day, in the same transaction as it happens (STAT-2).

        Of `on` and `born` only the quarter and the age band are kept, of `case` a pseudonym.
        """
        await self._connection.execute(
            add(facts).values(
                id=uuid4(),
                kind=kind,
                quarter=quarter(on),
                pseudonym=None if case is None else await self._pseudonym(case),
                area=area,
                level=level,
                band=age_group(born, on),
                authority=authority,
                detail=detail,
                value=value,
            )
        )

    async def sever(self, case: UUID) -> None:
        """Forget which case a pseudonym stood for; the facts stay as they are (§15.12)."""
        await self._connection.execute(delete(pseudonyms).where(pseudonyms.c.case == case))

    async def of_kinds(self, kinds: Collection[FactKind]) -> list[Fact]:
        """List the facts of these kinds, by quarter."""
        rows = await self._connection.execute(
            select(facts)
            .where(facts.c.kind.in_(list(kinds)))
            .order_by(facts.c.quarter, facts.c.id)
        )
        return [_fact(row) for row in rows]

    async def _pseudonym(self, case: UUID) -> UUID:
        """Give the case's pseudonym; it is random, and made when first asked for."""
        await self._connection.execute(
            insert(pseudonyms).values(case=case, pseudonym=uuid4()).on_conflict_do_nothing()
        )
        found = await self._connection.execute(
            select(pseudonyms.c.pseudonym).where(pseudonyms.c.case == case)
        )
        pseudonym: UUID = found.scalar_one()
        return pseudonym


def _fact(row: Row[Any]) -> Fact:
    return Fact(
        id=row.id,
        kind=FactKind(row.kind),
        quarter=row.quarter,
        band=AgeGroup(row.band),
        pseudonym=row.pseudonym,
        area=None if row.area is None else AreaCode(row.area),
        level=row.level,
        authority=None if row.authority is None else Authority(row.authority),
        detail=row.detail,
        value=row.value,
    )
