"""Who of the family is told about a case, and what was decided about that."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases import RUNNING
from domain.errors import RuleBroken
from domain.informings import Addressee, Informing, InformState
from domain.people import Authority, PersonId
from storage.case_rows import cases, informings
from storage.conflicts import insert


class Informings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, begun: Collection[Informing]) -> None:
        """Note that they are to be told; who has been noted before stays as they are."""
        for each in begun:
            await self._connection.execute(
                insert(informings)
                .values(_values(each))
                .on_conflict_do_nothing(index_elements=[informings.c.case, informings.c.addressee])
            )

    async def find(self, id: UUID) -> Informing | None:
        found = await self._listed(informings.c.id == id)
        return next(iter(found), None)

    async def of_case(self, case: UUID) -> list[Informing]:
        """List the young person and those who have custody, in that order."""
        found = await self._listed(informings.c.case == case)
        return sorted(found, key=lambda each: list(Addressee).index(each.addressee))

    async def running(self) -> list[Informing]:
        """List all that may have to be reminded of: of running cases, and not yet told."""
        settled = (InformState.INFORMED, InformState.NOBODY)
        going_on = select(cases.c.id).where(
            cases.c.state.in_(list(RUNNING)), cases.c.merged_into.is_(None)
        )
        return await self._listed(
            informings.c.state.not_in(settled), informings.c.case.in_(going_on)
        )

    async def save(self, informing: Informing) -> Informing:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `inform.moved_on`
        """
        following = replace(informing, version=informing.version + 1)
        saved = await self._connection.execute(
            update(informings)
            .where(informings.c.id == informing.id, informings.c.version == informing.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("inform.moved_on")
        return following

    async def _listed(self, *conditions: ColumnElement[bool]) -> list[Informing]:
        rows = await self._connection.execute(
            select(informings).where(*conditions).order_by(informings.c.due_on, informings.c.id)
        )
        return [_informing(row) for row in rows]


def _values(informing: Informing) -> dict[str, object]:
    return {column.name: getattr(informing, column.name) for column in informings.c}


def _informing(row: Row[Any]) -> Informing:
    return Informing(
        id=row.id,
        case=row.case,
        addressee=Addressee(row.addressee),
        authority=Authority(row.authority),
        collected_on=row.collected_on,
        due_on=row.due_on,
        state=InformState(row.state),
        review_on=row.review_on,
        decided_by=None if row.decided_by is None else PersonId(row.decided_by),
        second_by=None if row.second_by is None else PersonId(row.second_by),
        decided_at=row.decided_at,
        version=row.version,
    )
