"""Assessments for SSP+: how far people were told and what was decided; never a date to come."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assessments import Assessment, Milestone, Verdict
from domain.cases import RUNNING
from domain.errors import RuleBroken
from domain.people import CommitteeCode, PersonId
from storage.case_rows import cases
from storage.plan_rows import assessments


class Assessments:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, assessment: Assessment) -> None:
        await self._connection.execute(insert(assessments).values(_values(assessment)))

    async def of_case(self, case: UUID) -> Assessment | None:
        """Find the assessment of a case; who would change it holds the case first."""
        rows = await self._connection.execute(
            select(assessments).where(assessments.c.case == case)
        )
        return next(map(_assessment, rows), None)

    async def open_in(self, groups: Collection[CommitteeCode]) -> list[Assessment]:
        """List what these groups have been told of and have not decided, the oldest first."""
        return await self._list(
            cases.c.group.in_(groups),
            cases.c.merged_into.is_(None),
            assessments.c.outcome.is_(None),
            assessments.c.reminded != NOTHING_TOLD,
        )

    async def escalated_in(self, groups: Collection[CommitteeCode]) -> list[Assessment]:
        """List those of these groups that the leaders know of."""
        return await self._list(cases.c.group.in_(groups), assessments.c.escalated_at.is_not(None))

    async def save(self, assessment: Assessment) -> Assessment:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `assessment.moved_on`.
        """
        following = replace(assessment, version=assessment.version + 1)
        saved = await self._connection.execute(
            update(assessments)
            .where(assessments.c.id == assessment.id, assessments.c.version == assessment.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("assessment.moved_on")
        return following

    async def _list(self, *conditions: ColumnElement[bool]) -> list[Assessment]:
        rows = await self._connection.execute(
            select(assessments)
            .join(cases, cases.c.id == assessments.c.case)
            .where(
                *conditions,
                cases.c.state.in_(list(RUNNING)),
                cases.c.merged_into.is_(None),
            )
            .order_by(assessments.c.created_at, assessments.c.id)
        )
        return [_assessment(row) for row in rows]


NOTHING_TOLD: tuple[str, ...] = ()


def _values(assessment: Assessment) -> dict[str, object]:
    return {
        "id": assessment.id,
        "case": assessment.case,
        "created_at": assessment.created_at,
        "reminded": tuple(each.value for each in Milestone if each in assessment.told),
        "outcome": assessment.verdict,
        "decided_by": assessment.decided_by,
        "decided_at": assessment.decided_at,
        "escalated_at": assessment.escalated_at,
        "version": assessment.version,
    }


def _assessment(row: Row[Any]) -> Assessment:
    return Assessment(
        id=row.id,
        case=row.case,
        created_at=row.created_at,
        told=frozenset(map(Milestone, row.reminded)),
        verdict=None if row.outcome is None else Verdict(row.outcome),
        decided_by=None if row.decided_by is None else PersonId(row.decided_by),
        decided_at=row.decided_at,
        escalated_at=row.escalated_at,
        version=row.version,
    )
