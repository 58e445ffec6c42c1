"""Situation reports: each stays as it was said, and a newer one takes its place."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alerts import Situation
from domain.parties import Party
from domain.people import PersonId
from domain.situations import SituationReport
from storage.conflicts import insert
from storage.readiness_rows import situation_reports

_C = situation_reports.c


class Situations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, report: SituationReport) -> bool:
        """Keep a report; False when it was kept under this id before."""
        added = await self._connection.execute(
            insert(situation_reports)
            .values(_values(report))
            .on_conflict_do_nothing()
            .returning(_C.id)
        )
        return added.one_or_none() is not None

    async def of(self, alert: UUID) -> list[SituationReport]:
        """List what was reported, the oldest first."""
        rows = await self._connection.execute(
            select(situation_reports).where(_C.alert == alert).order_by(_C.at, _C.id)
        )
        return [_report(row) for row in rows]

    async def latest(
        self, alerts: Collection[UUID]
    ) -> Mapping[UUID, Mapping[Party, SituationReport]]:
        """Give the latest report of each party in each of these alerts, in one question."""
        place = (
            func.row_number()
            .over(partition_by=(_C.alert, _C.party), order_by=(_C.at.desc(), _C.id))
            .label("place")
        )
        ranked = select(situation_reports, place).where(_C.alert.in_(alerts)).subquery()
        rows = await self._connection.execute(select(ranked).where(ranked.c.place == 1))
        found: dict[UUID, dict[Party, SituationReport]] = {each: {} for each in alerts}
        for row in rows:
            report = _report(row)
            found[report.alert][report.party] = report
        return found


def _values(report: SituationReport) -> dict[str, object]:
    values = {column.name: getattr(report, column.name) for column in _C}
    return {**values, "situation": asdict(report.situation)}


def _report(row: Row[Any]) -> SituationReport:
    return SituationReport(
        id=row.id,
        alert=row.alert,
        party=Party(row.party),
        situation=Situation(**row.situation),
        by=PersonId(row.by),
        at=row.at,
        due_at=row.due_at,
    )
