"""What a year of meetings is planned around: holidays, closed days, habits, busy half-days."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.meeting_year import Busy, ClosedDay, Habits, KeptHoliday
from domain.people import CommitteeCode, PersonId
from domain.year_plan import Policy
from storage.conflicts import insert
from storage.meeting_rows import busy_halves, closed_days, meeting_habits, school_holidays


class YearCalendar:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def holidays(self, from_on: date, to_on: date) -> list[KeptHoliday]:
        """List the school holidays that touch these days, the first first."""
        rows = await self._connection.execute(
            select(school_holidays)
            .where(school_holidays.c.from_on <= to_on, school_holidays.c.to_on >= from_on)
            .order_by(school_holidays.c.from_on, school_holidays.c.name, school_holidays.c.id)
        )
        return [_holiday(row) for row in rows]

    async def holiday(self, id: UUID) -> KeptHoliday | None:
        rows = await self._connection.execute(
            select(school_holidays).where(school_holidays.c.id == id)
        )
        row = rows.one_or_none()
        return None if row is None else _holiday(row)

    async def save_holiday(self, holiday: KeptHoliday) -> KeptHoliday:
        """Store a new line, or the next version of one.

        :raises RuleBroken: `holiday.moved_on` when somebody stored that first.
        """
        following = replace(holiday, version=holiday.version + 1)
        values = _values(following)
        if holiday.version == 0:
            await self._connection.execute(
                insert(school_holidays).values(values).on_conflict_do_nothing()
            )
            return following
        saved = await self._connection.execute(
            update(school_holidays)
            .where(
                school_holidays.c.id == holiday.id, school_holidays.c.version == holiday.version
            )
            .values(values)
        )
        if saved.rowcount != 1:
            raise RuleBroken("holiday.moved_on")
        return following

    async def remove_holiday(self, id: UUID) -> None:
        await self._connection.execute(delete(school_holidays).where(school_holidays.c.id == id))

    async def closed(self, from_on: date, to_on: date) -> list[ClosedDay]:
        rows = await self._connection.execute(
            select(closed_days)
            .where(closed_days.c.day.between(from_on, to_on))
            .order_by(closed_days.c.day)
        )
        return [
            ClosedDay(day=row.day, why=row.why, noted_by=row.noted_by, noted_at=row.noted_at)
            for row in rows
        ]

    async def close(self, closed: ClosedDay) -> None:
        """Close a day, or say anew why."""
        values = _values(closed)
        await self._connection.execute(
            insert(closed_days)
            .values(values)
            .on_conflict_do_update(index_elements=[closed_days.c.day], set_=values)
        )

    async def open(self, day: date) -> bool:
        """Open a day again; tell whether it was closed."""
        gone = await self._connection.execute(delete(closed_days).where(closed_days.c.day == day))
        return gone.rowcount == 1

    async def habits(self) -> dict[CommitteeCode, Habits]:
        rows = await self._connection.execute(
            select(meeting_habits).order_by(meeting_habits.c.committee)
        )
        return {CommitteeCode(row.committee): _habits(row) for row in rows}

    async def habits_of(self, code: CommitteeCode) -> Habits:
        """Give a committee's habits; as its type says where it has none of its own."""
        return (await self.habits()).get(code, Habits(committee=code))

    async def save_habits(self, habits: Habits) -> Habits:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `habits.moved_on`
        """
        following = replace(habits, version=habits.version + 1)
        if habits.version == 0:
            saved = await self._connection.execute(
                insert(meeting_habits).values(_values(following)).on_conflict_do_nothing()
            )
        else:
            saved = await self._connection.execute(
                update(meeting_habits)
                .where(
                    meeting_habits.c.committee == habits.committee,
                    meeting_habits.c.version == habits.version,
                )
                .values(_values(following))
            )
        if saved.rowcount != 1:
            raise RuleBroken("habits.moved_on")
        return following

    async def busy(self) -> dict[PersonId, tuple[str, ...]]:
        """Give the half-days on which people are busy; who is not in it never is."""
        rows = await self._connection.execute(select(busy_halves))
        return {PersonId(row.person): row.halves for row in rows}

    async def save_busy(self, busy: Busy) -> None:
        """Note when somebody is busy; never is no row."""
        await self._connection.execute(
            delete(busy_halves).where(busy_halves.c.person == busy.person)
        )
        if busy.halves:
            await self._connection.execute(insert(busy_halves).values(_values(busy)))


def _values(kept: KeptHoliday | ClosedDay | Habits | Busy) -> dict[str, object]:
    return {each.name: getattr(kept, each.name) for each in fields(kept)}


def _holiday(row: Row[Any]) -> KeptHoliday:
    return KeptHoliday(**{each.name: getattr(row, each.name) for each in fields(KeptHoliday)})


def _habits(row: Row[Any]) -> Habits:
    read = {each.name: getattr(row, each.name) for each in fields(Habits)}
    return Habits(**{**read, "policy": None if row.policy is None else Policy(row.policy)})
