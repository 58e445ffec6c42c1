"""Handovers to SSP+: who proposed what to whom, and the answer; their words are records."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.handovers import Handover, HandoverState
from domain.people import CommitteeCode, PersonId
from storage.plan_rows import handovers


class Handovers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, handover: Handover) -> None:
        """Store a proposal.

        :raises IntegrityError: when the case has one that waits for its answer.
        """
        await self._connection.execute(insert(handovers).values(_values(handover)))

    async def latest_of(self, case: UUID) -> Handover | None:
        """Find the last one of a case; who would answer it holds the case first."""
        rows = await self._connection.execute(
            select(handovers)
            .where(handovers.c.case == case)
            .order_by(handovers.c.proposed_at.desc(), handovers.c.id)
        )
        return next(map(_handover, rows), None)

    async def waiting_in(self, groups: Collection[CommitteeCode]) -> list[Handover]:
        """List what these groups of SSP+ have to answer, the oldest first."""
        rows = await self._connection.execute(
            select(handovers)
            .where(handovers.c.to_group.in_(groups), handovers.c.state == HandoverState.PROPOSED)
            .order_by(handovers.c.proposed_at, handovers.c.id)
        )
        return [_handover(row) for row in rows]

    async def save(self, handover: Handover) -> Handover:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `handover.answered`.
        """
        following = replace(handover, version=handover.version + 1)
        saved = await self._connection.execute(
            update(handovers)
            .where(handovers.c.id == handover.id, handovers.c.version == handover.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("handover.answered")
        return following


def _values(handover: Handover) -> dict[str, object]:
    return {column.name: getattr(handover, column.name) for column in handovers.c}


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        id=row.id,
        case=row.case,
        state=HandoverState(row.state),
        from_group=CommitteeCode(row.from_group),
        to_group=CommitteeCode(row.to_group),
        proposed_by=PersonId(row.proposed_by),
        proposed_at=row.proposed_at,
        decided_by=None if row.decided_by is None else PersonId(row.decided_by),
        decided_at=row.decided_at,
        meets_on=row.meets_on,
        lead=None if row.lead is None else PersonId(row.lead),
        version=row.version,
    )
