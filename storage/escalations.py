"""The ladders of alerts: frozen when it was activated, held by whoever climbs, one at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, case, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.escalation import Climbed, Snapshot
from domain.people import Authority, PersonId
from domain.year_plan_json import as_json, of_json
from storage.alerts import IS_OPEN
from storage.readiness_rows import alert_snapshots, alerts, escalations

_C = escalations.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """One authority's ladder in one alert.

    :param required: of its quorum, as it was frozen.
    :param token: counts changes; what was read before the latest cannot be stored.
    """

    alert: UUID
    climbed: Climbed
    required: int
    token: int


class Escalations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, alert: UUID, snapshot: Snapshot, climbed: Iterable[Climbed]) -> None:
        """Freeze what escalation looks at (BER-29), and put each authority on its ladder."""
        await self._connection.execute(
            insert(alert_snapshots).values(alert=alert, snapshot=as_json(snapshot))
        )
        ladders = [
            {
                **_values(each),
                "alert": alert,
                "required": snapshot.quorum.get(each.authority, 0),
                "token": 0,
            }
            for each in climbed
        ]
        if ladders:
            await self._connection.execute(insert(escalations), ladders)

    async def snapshot(self, alert: UUID) -> Snapshot:
        """Read what was frozen.

        :raises LookupError: when nothing was: the alert was never activated.
        """
        text = await self._connection.scalar(
            select(alert_snapshots.c.snapshot).where(alert_snapshots.c.alert == alert)
        )
        if text is None:
            raise LookupError(alert)
        return of_json(text, Snapshot)

    async def of(self, alert: UUID) -> list[Ladder]:
        rows = await self._connection.execute(
            select(escalations).where(_C.alert == alert).order_by(_C.authority)
        )
        return [_ladder(row) for row in rows]

    async def hold(self, alert: UUID, authority: Authority) -> Ladder | None:
        """Find a ladder that nobody else climbs before this transaction has ended; wait for it.

        Who answers, who notes an absence and who ends a pause does so under this.
        """
        return await self._one(
            select(escalations)
            .where(_C.alert == alert, _C.authority == authority)
            .with_for_update()
        )

    async def due(self, now: datetime, *, at_most: int) -> list[tuple[UUID, Authority]]:
        """Name the ladders on which something is due, the oldest first; none is held yet."""
        rows = await self._connection.execute(
            _of_open(select(_C.alert, _C.authority))
            .where(*_is_due(now))
            .order_by(_C.next_at, _C.alert, _C.authority)
            .limit(at_most)
        )
        return [(row.alert, Authority(row.authority)) for row in rows]

    async def claim(self, alert: UUID, authority: Authority, *, now: datetime) -> Ladder | None:
        """Hold a ladder on which something is due; None when another replica has it, or had it.

        Carry the step out in this transaction: then nothing is skipped, and nothing done twice.
        """
        return await self._one(
            _of_open(select(escalations))
            .where(_C.alert == alert, _C.authority == authority, *_is_due(now))
            .with_for_update(of=escalations, skip_locked=True)
        )

    async def keep(self, ladder: Ladder, climbed: Climbed) -> Ladder:
        """Store where a ladder stands now, or refuse if someone climbed it meanwhile.

        :raises RuleBroken: `alert.moved_on`
        """
        kept = await self._connection.execute(
            update(escalations)
            .where(
                _C.alert == ladder.alert,
                _C.authority == climbed.authority,
                _C.taken == ladder.climbed.taken,
                _C.token == ladder.token,
            )
            .values(**_values(climbed), token=ladder.token + 1)
        )
        if kept.rowcount != 1:
            raise RuleBroken("alert.moved_on")
        return replace(ladder, climbed=climbed, token=ladder.token + 1)

    async def next_due(self) -> datetime | None:
        """Say when the next step of any open alert falls due, while it is not paused."""
        at = func.min(_at())
        due: datetime | None = await self._connection.scalar(
            _of_open(select(at)).where(_C.next_at.is_not(None))
        )
        return due

    async def overdue(self, *, before: datetime) -> tuple[int, datetime | None]:
        """Count the ladders whose step was due by then and was not taken, and since when.

        What was paused counts from the end of the pause.
        """
        row = (
            await self._connection.execute(
                _of_open(select(func.count(), func.min(_at()))).where(*_is_due(before))
            )
        ).one()
        return row[0], row[1]

    async def _one(self, chosen: Select[*tuple[Any, ...]]) -> Ladder | None:
        row = (await self._connection.execute(chosen)).one_or_none()
        return None if row is None else _ladder(row)


def _of_open(chosen: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return chosen.join(alerts, alerts.c.id == _C.alert).where(IS_OPEN)


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        _C.next_at <= now,
        or_(alerts.c.paused_until.is_(None), alerts.c.paused_until <= now),
    )


def _at() -> ColumnElement[Any]:
    """Say when a step is due in SQL: not before a pause has ended."""
    paused = alerts.c.paused_until
    return case((paused > _C.next_at, paused), else_=_C.next_at)


def _values(climbed: Climbed) -> dict[str, object]:
    return {
        "authority": climbed.authority,
        "taken": climbed.taken,
        "next_at": climbed.next_at,
        "met_at": climbed.met_at,
        "nobody_for": sorted(climbed.nobody_for),
    }


def _ladder(row: Row[Any]) -> Ladder:
    return Ladder(alert=row.alert, climbed=climbed_of(row), required=row.required, token=row.token)


def climbed_of(row: Row[Any]) -> Climbed:
    return Climbed(
        authority=Authority(row.authority),
        taken=row.taken,
        next_at=row.next_at,
        met_at=row.met_at,
        nobody_for=frozenset(PersonId(each) for each in row.nobody_for),
    )
