"""Action plans: the plan, its measures, and each version that somebody was shown."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.action_plans import ActionPlan, PlanTrack, PlanVersion
from domain.alerts import OVER, Level
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import AreaCode, PersonId
from domain.plan_frames import read_frame
from domain.plan_measures import WAITING, Measure, MeasureState
from domain.plan_templates import PlanKind
from domain.plan_track import Content, checksum, content
from domain.template_writing import written_frame
from storage import conflicts
from storage.action_plan_rows import action_plans, measures, plan_versions
from storage.plan_decisions import (
    read_decision,
    read_verdict,
    written_decision,
    written_verdict,
)
from storage.readiness_rows import alerts

_PLAN = action_plans.c
_MEASURE = [each.name for each in fields(Measure)]
_GOES_ON = _PLAN.released_at.is_not(None) & _PLAN.closed_at.is_(None) & _PLAN.erased_at.is_(None)
_WAITS = select(measures.c.plan).where(measures.c.state.in_(sorted(WAITING)))
_UNDER_WAY = select(alerts.c.id).where(
    alerts.c.state.not_in(sorted(OVER)), alerts.c.suspended_by.is_(None)
)
_RUNS = _GOES_ON & _PLAN.id.in_(_WAITS) & (_PLAN.alert.is_(None) | _PLAN.alert.in_(_UNDER_WAY))
_BEGINNING = ("id", "drill", "made_by", "made_at")


class ActionPlans:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, plan: ActionPlan) -> bool:
        """Keep a plan; False when it is, or when its calendar row has grown one (BER-40)."""
        added = await self._connection.execute(
            conflicts.insert(action_plans)
            .values(_values(plan))
            .on_conflict_do_nothing()
            .returning(_PLAN.id)
        )
        if added.one_or_none() is None:
            return False
        await self._add_measures(plan, but=())
        await self._add_versions(plan, but=0)
        return True

    async def find(self, id: UUID) -> ActionPlan | None:
        return next(iter(await self._all(_PLAN.id == id)), None)

    async def hold(self, id: UUID) -> ActionPlan | None:
        """Find a plan that nobody else can change before this transaction has ended.

        Every change goes through here, one tick too: then two at once both stand (BER-37).
        """
        await self._connection.execute(select(_PLAN.id).where(_PLAN.id == id).with_for_update())
        return await self.find(id)

    async def of_alert(self, alert: UUID) -> list[ActionPlan]:
        """List an alert's plans, the one that was made last first."""
        return await self._all(_PLAN.alert == alert)

    async def with_measure(self, measure: UUID) -> ActionPlan | None:
        """Find the plan that a measure is in."""
        chosen = select(measures.c.plan).where(measures.c.id == measure)
        return next(iter(await self._all(_PLAN.id.in_(chosen))), None)

    async def running(self, *, drill: bool) -> list[ActionPlan]:
        """List the plans that were let run, and in which something waits (BER-34).

        Of an alert that is over nothing waits, whatever its measures say (BER-18, BER-59). Those
        of a drill that is suspended wait for it (BER-64).
        """
        return await self._all(_RUNS, _PLAN.drill == drill)

    async def to_remind(self, *, drill: bool) -> list[UUID]:
        """Name the same, for what is done to each by itself."""
        return await self._ids(_RUNS, _PLAN.drill == drill)

    async def ahead(self, *, since: datetime) -> list[ActionPlan]:
        """List the plans of the calendar that are not over by then, drafts with them.

        What somebody let run is over when somebody has ended it (BER-56).
        """
        ahead = (_PLAN.ends_at >= since) | _GOES_ON
        return await self._all(_PLAN.calendar_row.is_not(None), ahead)

    async def going_on(self) -> list[ActionPlan]:
        """List those that run and have no alert: each ends by a decision of its own."""
        return await self._all(_PLAN.alert.is_(None), _GOES_ON)

    async def ending(self, *, before: datetime) -> list[UUID]:
        """Name those that run without an alert, and end before then or have ended (BER-56)."""
        return await self._ids(_PLAN.alert.is_(None), _GOES_ON, _PLAN.period_end <= before)

    async def past(self, *, before: datetime) -> list[UUID]:
        """Name the plans of no alert that end before then and are not erased yet (BER-54)."""
        return await self._ids(
            _PLAN.alert.is_(None), _PLAN.erased_at.is_(None), _PLAN.ends_at < before
        )

    async def drawn(self) -> frozenset[UUID]:
        """Name the rows of the calendar that have grown a plan (BER-40)."""
        found = await self._connection.scalars(
            select(_PLAN.calendar_row).where(_PLAN.calendar_row.is_not(None))
        )
        return frozenset(each for each in found if each is not None)

    async def save(self, plan: ActionPlan, *, was: ActionPlan) -> None:
        """Store what a plan has become, or refuse if someone stored something first.

        :param was: the plan as it was read: only what differs is written.
        :raises RuleBroken: `actionplan.stale`; nothing is written then (BER-37).
        """
        saved = await self._connection.execute(
            update(action_plans)
            .where(_PLAN.id == was.id, _PLAN.version == was.version)
            .values({k: each for k, each in _values(plan).items() if k not in _BEGINNING})
        )
        if saved.rowcount != 1:
            raise RuleBroken("actionplan.stale")
        before = {each.id: each for each in was.measures}
        for position, measure in enumerate(plan.measures):
            if measure.id in before and measure != before[measure.id]:
                await self._connection.execute(
                    update(measures)
                    .where(measures.c.id == measure.id)
                    .values(_measure_values(measure, plan=plan.id, position=position))
                )
        await self._add_measures(plan, but=before)
        await self._add_versions(plan, but=len(was.versions))

    async def shown(self, plan: UUID, number: int) -> Mapping[str, Content] | None:
        """Give what a version said, exactly as somebody was shown it (BER-47)."""
        found: Mapping[str, Content] | None = await self._connection.scalar(
            select(plan_versions.c.content).where(
                plan_versions.c.plan == plan, plan_versions.c.number == number
            )
        )
        return found

    async def _add_measures(self, plan: ActionPlan, *, but: Collection[UUID]) -> None:
        new = [
            _measure_values(each, plan=plan.id, position=position)
            for position, each in enumerate(plan.measures)
            if each.id not in but
        ]
        if new:
            await self._connection.execute(insert(measures), new)

    async def _add_versions(self, plan: ActionPlan, *, but: int) -> None:
        """Keep the versions that are new, with what they say.

        :raises ValueError: when the plan says something else by now.
        """
        for each in plan.versions[but:]:
            if each.checksum != checksum(plan):
                raise ValueError("a version is kept when it is made")
            await self._connection.execute(
                insert(plan_versions).values(
                    plan=plan.id,
                    number=each.number,
                    checksum=each.checksum,
                    content=content(plan),
                    at=each.at,
                    by=each.by,
                )
            )

    async def _ids(self, *conditions: ColumnElement[bool]) -> list[UUID]:
        """Name plans without reading them; always in the same order."""
        chosen = select(_PLAN.id).where(*conditions).order_by(_PLAN.made_at.desc(), _PLAN.id)
        return [*await self._connection.scalars(chosen)]

    async def _all(self, *conditions: ColumnElement[bool]) -> list[ActionPlan]:
        """Read plans in three questions, however many they are."""
        plans = (
            await self._connection.execute(
                select(action_plans).where(*conditions).order_by(_PLAN.made_at.desc(), _PLAN.id)
            )
        ).all()
        ids = [row.id for row in plans]
        of: dict[UUID, list[Measure]] = {each: [] for each in ids}
        versions: dict[UUID, list[PlanVersion]] = {each: [] for each in ids}
        for row in await self._connection.execute(
            select(measures).where(measures.c.plan.in_(ids)).order_by(measures.c.position)
        ):
            of[row.plan].append(_measure(row))
        for row in await self._connection.execute(
            select(plan_versions)
            .where(plan_versions.c.plan.in_(ids))
            .order_by(plan_versions.c.number)
        ):
            versions[row.plan].append(_version(row))
        return [_plan(row, of[row.id], versions[row.id]) for row in plans]


def _values(plan: ActionPlan) -> dict[str, object]:
    kept: dict[str, object] = {
        "calendar_row": plan.row,
        "areas": tuple(sorted(plan.areas)),
        "parties": tuple(plan.parties),
        "frame": written_frame(plan),
        "verdict": None if plan.verdict is None else written_verdict(plan.verdict),
        "decisions": [written_decision(each) for each in plan.decisions],
    }
    return {
        column.name: kept[column.name] if column.name in kept else getattr(plan, column.name)
        for column in _PLAN
    }


def _plan(row: Row[Any], of: list[Measure], versions: list[PlanVersion]) -> ActionPlan:
    frame = read_frame(row.frame)
    return ActionPlan(
        id=row.id,
        alert=row.alert,
        row=row.calendar_row,
        template=row.template,
        template_label=row.template_label,
        kind=PlanKind(row.kind),
        drill=row.drill,
        level=None if row.level is None else Level(row.level),
        title=row.title,
        areas=frozenset(AreaCode(each) for each in row.areas),
        parties=tuple(Party(each) for each in row.parties),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        period_end=row.period_end,
        measures=tuple(of),
        cadence=frame.cadence,
        lists=frame.lists,
        distribution=frame.distribution,
        externals=frame.externals,
        made_by=None if row.made_by is None else PersonId(row.made_by),
        made_at=row.made_at,
        track=PlanTrack(row.track),
        versions=tuple(versions),
        verdict=None if row.verdict is None else read_verdict(row.verdict, versions),
        asked_by=row.asked_by,
        reminders=row.reminders,
        released_at=row.released_at,
        decisions=tuple(map(read_decision, row.decisions)),
        closed_at=row.closed_at,
        erased_at=row.erased_at,
        version=row.version,
    )


def _measure_values(measure: Measure, *, plan: UUID, position: int) -> dict[str, object]:
    values = {name: getattr(measure, name) for name in _MEASURE}
    return {**values, "plan": plan, "position": position}


def _measure(row: Row[Any]) -> Measure:
    values = {name: getattr(row, name) for name in _MEASURE}
    return Measure(
        **{**values, "party": Party(row.party), "state": MeasureState(row.state)},
    )


def _version(row: Row[Any]) -> PlanVersion:
    return PlanVersion(number=row.number, checksum=row.checksum, at=row.at, by=PersonId(row.by))
