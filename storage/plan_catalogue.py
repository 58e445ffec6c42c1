"""What the Secretariat keeps for plans to be made from: changed templates, and a calendar."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.people import AreaCode, PersonId
from domain.plan_calendar import CalendarRow
from domain.plan_templates import Override
from storage.action_plan_rows import plan_calendar, template_overrides
from storage.conflicts import insert

_CALENDAR = plan_calendar.c
_OVERRIDE = template_overrides.c


class TemplateOverrides:
    """Each revision stays as it was written (BER-39); the latest is the one that counts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def latest(self) -> list[Override]:
        """List what counts: the latest change of each template."""
        newest = (
            select(_OVERRIDE.template, func.max(_OVERRIDE.revision).label("revision"))
            .group_by(_OVERRIDE.template)
            .subquery()
        )
        rows = await self._connection.execute(
            select(template_overrides)
            .join(
                newest,
                (newest.c.template == _OVERRIDE.template)
                & (newest.c.revision == _OVERRIDE.revision),
            )
            .order_by(_OVERRIDE.template)
        )
        return [_override(row) for row in rows]

    async def of(self, template: str) -> list[Override]:
        """List all that was ever changed in a template, the latest first."""
        rows = await self._connection.execute(
            select(template_overrides)
            .where(_OVERRIDE.template == template)
            .order_by(_OVERRIDE.revision.desc())
        )
        return [_override(row) for row in rows]

    async def add(self, override: Override) -> None:
        """Keep a change, which must be the one after the latest.

        :raises RuleBroken: `template.moved_on`, when somebody changed the template first.
        """
        latest = await self._connection.scalar(
            select(func.max(_OVERRIDE.revision)).where(_OVERRIDE.template == override.template)
        )
        if override.revision != (latest or 0) + 1:
            raise RuleBroken("template.moved_on")
        added = await self._connection.execute(
            insert(template_overrides)
            .values(
                template=override.template,
                revision=override.revision,
                changes=dict(override.changes),
                by=override.by,
                at=override.at,
                because=override.because,
                alert=override.alert,
            )
            .on_conflict_do_nothing()
            .returning(_OVERRIDE.revision)
        )
        if added.one_or_none() is None:
            raise RuleBroken("template.moved_on")


class PlanCalendar:
    """What is known in advance (BER-40); the school holidays are in a table of their own."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rows(self) -> list[CalendarRow]:
        """List the rows in order."""
        rows = await self._connection.execute(
            select(plan_calendar)
            .where(~_CALENDAR.removed)
            .order_by(_CALENDAR.from_on, _CALENDAR.name, _CALENDAR.id)
        )
        return [_row(row) for row in rows]

    async def find(self, id: UUID) -> CalendarRow | None:
        rows = await self._connection.execute(
            select(plan_calendar).where(_CALENDAR.id == id, ~_CALENDAR.removed)
        )
        row = rows.one_or_none()
        return None if row is None else _row(row)

    async def begin(self, rows: Iterable[CalendarRow], *, now: datetime) -> int:
        """Put examples in, and say how many were new.

        What is there already stays as somebody has corrected it, and what was taken out stays
        out.
        """
        values = [_values(replace(each, version=1), by=None, now=now) for each in rows]
        if not values:
            return 0
        added = await self._connection.execute(
            insert(plan_calendar).values(values).on_conflict_do_nothing().returning(_CALENDAR.id)
        )
        return len(added.all())

    async def save(self, row: CalendarRow, *, by: PersonId, now: datetime) -> CalendarRow:
        """Store the next version, the first one too, or refuse if someone stored it first.

        :raises RuleBroken: `calendar.moved_on`
        """
        following = replace(row, version=row.version + 1)
        values = _values(following, by=by, now=now)
        if row.version == 0:
            saved = await self._connection.execute(
                insert(plan_calendar).values(values).on_conflict_do_nothing()
            )
        else:
            saved = await self._connection.execute(
                update(plan_calendar)
                .where(
                    _CALENDAR.id == row.id,
                    _CALENDAR.version == row.version,
                    ~_CALENDAR.removed,
                )
                .values(values)
            )
        if saved.rowcount != 1:
            raise RuleBroken("calendar.moved_on")
        return following

    async def remove(self, row: CalendarRow) -> None:
        """Take a row out; a plan that it has grown stays.

        :raises RuleBroken: `calendar.moved_on`
        """
        removed = await self._connection.execute(
            update(plan_calendar)
            .where(
                _CALENDAR.id == row.id,
                _CALENDAR.version == row.version,
                ~_CALENDAR.removed,
            )
            .values(removed=True)
        )
        if removed.rowcount != 1:
            raise RuleBroken("calendar.moved_on")


def _override(row: Row[Any]) -> Override:
    return Override(
        template=row.template,
        revision=row.revision,
        changes=row.changes,
        by=PersonId(row.by),
        at=row.at,
        because=row.because,
        alert=row.alert,
    )


def _values(row: CalendarRow, *, by: PersonId | None, now: datetime) -> dict[str, object]:
    noted = {"noted_by": by, "noted_at": now, "removed": False, "areas": tuple(sorted(row.areas))}
    return {
        column.name: noted[column.name] if column.name in noted else getattr(row, column.name)
        for column in _CALENDAR
    }


def _row(row: Row[Any]) -> CalendarRow:
    return CalendarRow(
        id=row.id,
        template=row.template,
        name=row.name,
        from_on=row.from_on,
        to_on=row.to_on,
        areas=frozenset(AreaCode(each) for each in row.areas),
        school=row.school,
        source=row.source,
        confirmed=row.confirmed,
        version=row.version,
    )
