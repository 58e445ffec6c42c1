"""Case meetings: who takes which cases in turn, and how far they have come."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.case_meetings import AgendaItem, CaseMeeting, ItemState, Why
from domain.errors import RuleBroken
from domain.people import CommitteeCode, PersonId
from storage.case_rows import agenda_items, case_meetings


class CaseMeetings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, meeting: CaseMeeting, items: Sequence[AgendaItem]) -> None:
        await self._connection.execute(insert(case_meetings).values(_values(meeting)))
        if items:
            await self._connection.execute(
                insert(agenda_items), [_item_values(item) for item in items]
            )

    async def find(self, id: UUID) -> CaseMeeting | None:
        rows = await self._connection.execute(
            select(case_meetings).where(case_meetings.c.id == id)
        )
        row = rows.one_or_none()
        return None if row is None else _meeting(row)

    async def hold(self, id: UUID) -> CaseMeeting | None:
        """Find a meeting that nobody else can move on before this transaction has ended."""
        rows = await self._connection.execute(
            select(case_meetings).where(case_meetings.c.id == id).with_for_update()
        )
        row = rows.one_or_none()
        return None if row is None else _meeting(row)

    async def running_in(self, groups: Iterable[CommitteeCode]) -> list[CaseMeeting]:
        """List the meetings of these groups that have begun and not ended."""
        rows = await self._connection.execute(
            select(case_meetings)
            .where(case_meetings.c.group.in_(list(groups)), case_meetings.c.ended_at.is_(None))
            .order_by(case_meetings.c.begun_at, case_meetings.c.id)
        )
        return [_meeting(row) for row in rows]

    async def going_on(self) -> list[CaseMeeting]:
        """List every meeting that nobody has ended."""
        rows = await self._connection.execute(
            select(case_meetings)
            .where(case_meetings.c.ended_at.is_(None))
            .order_by(case_meetings.c.begun_at, case_meetings.c.id)
        )
        return [_meeting(row) for row in rows]

    async def items(self, meeting: UUID) -> list[AgendaItem]:
        rows = await self._connection.execute(
            select(agenda_items)
            .where(agenda_items.c.meeting == meeting)
            .order_by(agenda_items.c.position)
        )
        return [_item(row) for row in rows]

    async def save(self, meeting: CaseMeeting) -> CaseMeeting:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `meeting.moved_on`.
        """
        following = replace(meeting, version=meeting.version + 1)
        saved = await self._connection.execute(
            update(case_meetings)
            .where(case_meetings.c.id == meeting.id, case_meetings.c.version == meeting.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("meeting.moved_on")
        return following

    async def save_items(self, items: Iterable[AgendaItem]) -> None:
        """Store what has become of items; the meeting's version guards them."""
        for item in items:
            await self._connection.execute(
                update(agenda_items).where(agenda_items.c.id == item.id).values(_item_values(item))
            )


def _values(meeting: CaseMeeting) -> dict[str, object]:
    values = {column.name: getattr(meeting, column.name) for column in case_meetings.c}
    return {**values, "present": tuple(sorted(meeting.present))}


def _meeting(row: Row[Any]) -> CaseMeeting:
    return CaseMeeting(
        id=row.id,
        group=CommitteeCode(row.group),
        begun_by=PersonId(row.begun_by),
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        present=frozenset(map(PersonId, row.present)),
        version=row.version,
    )


def _item_values(item: AgendaItem) -> dict[str, object]:
    values = {column.name: getattr(item, column.name) for column in agenda_items.c}
    return {**values, "why": tuple(item.why)}


def _item(row: Row[Any]) -> AgendaItem:
    return AgendaItem(
        id=row.id,
        meeting=row.meeting,
        position=row.position,
        about=row.about,
        why=tuple(map(Why, row.why)),
        state=ItemState(row.state),
        ended_at=row.ended_at,
    )
