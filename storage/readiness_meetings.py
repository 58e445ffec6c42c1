"""Readiness meetings, and who is asked to each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.committee_meetings import Reply
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.readiness_meetings import Attendance, ReadinessMeeting
from storage import conflicts
from storage.counters import Counters
from storage.readiness_rows import attendances, readiness_meetings

_M, _A = readiness_meetings.c, attendances.c
_BEGINNING = ("id", "alert", "number", "called_by", "called_at")


class ReadinessMeetings:
    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self._connection = connection
        self._counters = counters

    async def next_number(self, alert: UUID) -> int:
        return await self._counters.next("readiness_meetings", str(alert))

    async def add(self, meeting: ReadinessMeeting) -> bool:
        """Keep a meeting; False when this one was called before."""
        added = await self._connection.execute(
            conflicts.insert(readiness_meetings)
            .values(_values(meeting))
            .on_conflict_do_nothing(index_elements=[_M.id])
            .returning(_M.id)
        )
        return added.one_or_none() is not None

    async def find(self, id: UUID) -> ReadinessMeeting | None:
        return next(iter(await self._all(_M.id == id)), None)

    async def hold(self, id: UUID) -> ReadinessMeeting | None:
        """Find a meeting that nobody else can change before this transaction has ended."""
        chosen = select(readiness_meetings).where(_M.id == id).with_for_update()
        row = (await self._connection.execute(chosen)).one_or_none()
        return None if row is None else _meeting(row)

    async def of_alert(self, alert: UUID) -> list[ReadinessMeeting]:
        """List the meetings about an alert, the first first."""
        return await self._all(_M.alert == alert)

    async def waiting_for_a_link(self) -> list[ReadinessMeeting]:
        return await self._all(_M.link_by.is_not(None), _M.cancelled_at.is_(None))

    async def save(self, meeting: ReadinessMeeting) -> ReadinessMeeting:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `readiness_meeting.moved_on`
        """
        following = replace(meeting, version=meeting.version + 1)
        values = {k: each for k, each in _values(following).items() if k not in _BEGINNING}
        saved = await self._connection.execute(
            update(readiness_meetings)
            .where(_M.id == meeting.id, _M.version == meeting.version)
            .values(values)
        )
        if saved.rowcount != 1:
            raise RuleBroken("readiness_meeting.moved_on")
        return following

    async def ask(self, asked: Iterable[Attendance]) -> list[PersonId]:
        """Ask people to a meeting; give those who were not asked before."""
        new = list[PersonId]()
        for each in asked:
            added = await self._connection.execute(
                conflicts.insert(attendances)
                .values({column.name: getattr(each, column.name) for column in _A})
                .on_conflict_do_nothing()
                .returning(_A.person)
            )
            if added.one_or_none() is not None:
                new.append(each.person)
        return new

    async def attendances(self, meeting: UUID) -> list[Attendance]:
        """List who is asked: those who were asked first, first."""
        rows = await self._connection.execute(
            select(attendances).where(_A.meeting == meeting).order_by(_A.asked_at, _A.person)
        )
        return [_attendance(row) for row in rows]

    async def answer(
        self, meeting: UUID, person: PersonId, reply: Reply, *, now: datetime
    ) -> bool:
        """Note an answer; False when it is the one they gave before, or they were not asked."""
        noted = await self._connection.execute(
            update(attendances)
            .where(_A.meeting == meeting, _A.person == person, _A.reply != reply)
            .values(reply=reply, replied_at=now)
        )
        return noted.rowcount == 1

    async def _all(self, *conditions: ColumnElement[bool]) -> list[ReadinessMeeting]:
        rows = await self._connection.execute(
            select(readiness_meetings).where(*conditions).order_by(_M.alert, _M.number)
        )
        return [_meeting(row) for row in rows]


def _values(meeting: ReadinessMeeting) -> dict[str, object]:
    return {column.name: getattr(meeting, column.name) for column in _M}


def _meeting(row: Row[Any]) -> ReadinessMeeting:
    values = {column.name: getattr(row, column.name) for column in _M}
    return ReadinessMeeting(**{**values, "called_by": PersonId(row.called_by)})


def _attendance(row: Row[Any]) -> Attendance:
    values = {column.name: getattr(row, column.name) for column in _A}
    return Attendance(
        **{
            **values,
            "person": PersonId(row.person),
            "reply": Reply(row.reply),
            "stands_for": None if row.stands_for is None else PersonId(row.stands_for),
        }
    )
