"""Who got which version when, and the lists by which they get it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alert_sharings import DistributionList, ShareKind, ShareWay, Sharing
from domain.alerts import Audience
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.plan_templates import PlanTier
from domain.year_plan_json import as_json, of_json
from storage import conflicts
from storage.action_plan_rows import distribution_lists, sharings


class Sharings:
    """There is no way to change or remove one (BER-48), and triggers say the same."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, shared: Sequence[Sharing]) -> None:
        if shared:
            values = [
                {column.name: getattr(each, column.name) for column in sharings.c}
                for each in shared
            ]
            await self._connection.execute(insert(sharings), values)

    async def find(self, id: UUID) -> Sharing | None:
        return next(iter(await self._all(sharings.c.id == id)), None)

    async def of_alert(self, alert: UUID, *, kind: ShareKind | None = None) -> list[Sharing]:
        """List what was shared of an alert, the oldest first."""
        chosen = [] if kind is None else [sharings.c.kind == kind]
        return await self._all(sharings.c.alert == alert, *chosen)

    async def of_plan(self, plan: UUID) -> list[Sharing]:
        """List who got a plan, and which version of it, the oldest first."""
        return await self._all(sharings.c.plan == plan)

    async def _all(self, *conditions: ColumnElement[bool]) -> list[Sharing]:
        rows = await self._connection.execute(
            select(sharings).where(*conditions).order_by(sharings.c.at, sharings.c.id)
        )
        return [_sharing(row) for row in rows]


class DistributionLists:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> list[DistributionList]:
        """List those in use, by name."""
        rows = await self._connection.execute(
            select(distribution_lists)
            .where(distribution_lists.c.in_use)
            .order_by(distribution_lists.c.name)
        )
        return [_list(row) for row in rows]

    async def find(self, id: UUID) -> DistributionList | None:
        rows = await self._connection.execute(
            select(distribution_lists).where(distribution_lists.c.id == id)
        )
        row = rows.one_or_none()
        return None if row is None else _list(row)

    async def save(self, kept: DistributionList) -> DistributionList:
        """Store the next version, the first one too, or refuse if someone stored it first.

        :raises RuleBroken: `list.moved_on`; `list.taken` when another list has the name.
        """
        following = replace(kept, version=kept.version + 1)
        named = await self._connection.scalar(
            select(distribution_lists.c.id).where(
                distribution_lists.c.name == kept.name, distribution_lists.c.id != kept.id
            )
        )
        if named is not None:
            raise RuleBroken("list.taken")
        values = {column.name: getattr(following, column.name) for column in distribution_lists.c}
        values["audience"] = as_json(following.audience)
        if kept.version == 0:
            saved = await self._connection.execute(
                conflicts.insert(distribution_lists).values(values).on_conflict_do_nothing()
            )
        else:
            saved = await self._connection.execute(
                update(distribution_lists)
                .where(
                    distribution_lists.c.id == kept.id,
                    distribution_lists.c.version == kept.version,
                )
                .values(values)
            )
        if saved.rowcount != 1:
            raise RuleBroken("list.moved_on")
        return following


def _sharing(row: Row[Any]) -> Sharing:
    values = {column.name: getattr(row, column.name) for column in sharings.c}
    return Sharing(
        **{
            **values,
            "kind": ShareKind(row.kind),
            "tier": None if row.tier is None else PlanTier(row.tier),
            "way": ShareWay(row.way),
        }
    )


def _list(row: Row[Any]) -> DistributionList:
    return DistributionList(
        id=row.id,
        name=row.name,
        audience=of_json(row.audience, Audience),
        tier=None if row.tier is None else PlanTier(row.tier),
        in_use=row.in_use,
        by=PersonId(row.by),
        at=row.at,
        version=row.version,
    )
