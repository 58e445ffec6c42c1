"""The year plans that were asked for: who computes them, what came of it, what was published."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.plan_changes import ChangeSet
from domain.plan_runs import RESULTS, TO_DO, PlanKind, PlanRun, PlanState, Terms
from domain.year_plan import Problem
from domain.year_plan_json import as_json, of_json
from storage.conflicts import insert
from storage.meeting_rows import year_plans


class YearPlans:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, run: PlanRun) -> bool:
        """Ask for a plan; False when this one, or another of its year, is being computed."""
        asked = await self._connection.execute(
            insert(year_plans)
            .values(_values(run))
            .on_conflict_do_nothing()
            .returning(year_plans.c.id)
        )
        return asked.one_or_none() is not None

    async def find(self, id: UUID) -> PlanRun | None:
        row = (
            await self._connection.execute(select(year_plans).where(year_plans.c.id == id))
        ).one_or_none()
        return None if row is None else _run(row)

    async def of_year(
        self, year: int, *, states: Collection[PlanState] | None = None
    ) -> list[PlanRun]:
        """List what was asked for a year, the newest first."""
        chosen = select(year_plans).where(year_plans.c.year == year)
        if states is not None:
            chosen = chosen.where(year_plans.c.state.in_(list(states)))
        rows = await self._connection.execute(
            chosen.order_by(year_plans.c.asked_at.desc(), year_plans.c.id)
        )
        return [_run(row) for row in rows]

    async def published(self, year: int) -> PlanRun | None:
        """Find the plan that is in force."""
        found = await self.of_year(year, states=[PlanState.PUBLISHED])
        return found[0] if found else None

    async def claim(self, *, now: datetime, lease: timedelta) -> PlanRun | None:
        """Take on what waits longest, to publish before to compute; one at a time in the house.

        What was taken on in vain comes after what was not, so that nothing stands in the way.

        None when there is nothing to do, or somebody is at it. The number of claims tells this
        claim from later ones.
        """
        rows = (
            await self._connection.execute(
                select(year_plans)
                .where(year_plans.c.state.in_(list(TO_DO)))
                .order_by(
                    year_plans.c.claims,
                    year_plans.c.state,
                    year_plans.c.asked_at,
                    year_plans.c.id,
                )
                .with_for_update(skip_locked=True)
            )
        ).all()
        if not rows or any(row.lease_until is not None and row.lease_until > now for row in rows):
            return None
        claimed = replace(
            _run(rows[0]), claims=rows[0].claims + 1, lease_until=now + lease, phase=""
        )
        await self._connection.execute(
            update(year_plans)
            .where(year_plans.c.id == claimed.id)
            .values(claims=claimed.claims, lease_until=claimed.lease_until, phase="")
        )
        return claimed

    async def unpublished(self, *, before: datetime) -> tuple[int, datetime | None]:
        """Count what was approved by then and is not published, and since when."""
        rows = await self._connection.execute(
            select(func.count(), func.min(year_plans.c.decided_at)).where(
                year_plans.c.state == PlanState.APPROVED, year_plans.c.decided_at <= before
            )
        )
        count, oldest = rows.one()
        return count, oldest

    async def tell(self, run: PlanRun, *, phase: str, until: datetime) -> bool:
        """Note how far it has come and keep the lease; False when it is somebody else's by now."""
        return await self._of_claim(run, phase=phase, lease_until=until)

    async def release(self, run: PlanRun) -> None:
        """Let somebody else take it on at once."""
        await self._of_claim(run, phase="", lease_until=None, claims=run.claims - 1)

    async def settle(self, run: PlanRun) -> bool:
        """Store what became of it; False when it is somebody else's by now, or put away."""
        following = replace(run, version=run.version + 1)
        values = {key: value for key, value in _values(following).items() if key != "claims"}
        return await self._of_claim(run, **values)

    async def save(self, run: PlanRun) -> PlanRun:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `year_plan.moved_on`
        """
        following = replace(run, version=run.version + 1)
        saved = await self._connection.execute(
            update(year_plans)
            .where(year_plans.c.id == run.id, year_plans.c.version == run.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("year_plan.moved_on")
        return following

    async def replace_published(self, year: int, *, by: UUID) -> None:
        """Note that the plans published before this one are in force no more."""
        await self._connection.execute(
            update(year_plans)
            .where(
                year_plans.c.year == year,
                year_plans.c.state == PlanState.PUBLISHED,
                year_plans.c.id != by,
            )
            .values(state=PlanState.REPLACED, version=year_plans.c.version + 1)
        )

    async def _of_claim(self, run: PlanRun, **values: object) -> bool:
        changed = await self._connection.execute(
            update(year_plans)
            .where(
                year_plans.c.id == run.id,
                year_plans.c.claims == run.claims,
                year_plans.c.version == run.version,
            )
            .values(**values)
        )
        return changed.rowcount == 1


def _values(run: PlanRun) -> dict[str, object]:
    return {
        **{each.name: getattr(run, each.name) for each in fields(run)},
        "terms": as_json(run.terms),
        "problem": None if run.problem is None else as_json(run.problem),
        "result": None if run.result is None else as_json(run.result),
        "changes": as_json(ChangeSet(changes=run.changes)),
    }


def _run(row: Row[Any]) -> PlanRun:
    read = {each.name: getattr(row, each.name) for each in fields(PlanRun)}
    return PlanRun(
        **{
            **read,
            "kind": PlanKind(row.kind),
            "state": PlanState(row.state),
            "terms": of_json(row.terms, Terms),
            "problem": None if row.problem is None else of_json(row.problem, Problem),
            "result": None if row.result is None else of_json(row.result, *RESULTS),
            "changes": of_json(row.changes, ChangeSet).changes,
        }
    )
