"""Committee meetings, whom they ask and what falls due around them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.committee_meetings import (
    Attendance,
    CommitteeMeeting,
    Invitation,
    MeetingState,
    Presence,
    Reply,
)
from domain.errors import RuleBroken
from domain.people import CommitteeCode, PersonId
from storage import conflicts
from storage.counters import Counters
from storage.meeting_deadlines import MeetingDeadlines, of_columns
from storage.meeting_rows import (
    committee_meetings,
    meeting_attendance,
    meeting_replies,
)


class CommitteeMeetings(MeetingDeadlines):
    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        super().__init__(connection)
        self._counters = counters

    async def next_reference(self, year: int) -> str:
        """Give the next number of a meeting held that year: `M2027-0042`."""
        return f"M{year}-{await self._counters.next('meetings', str(year)):04}"

    async def add(self, meetings: Sequence[CommitteeMeeting]) -> None:
        if meetings:
            await self._connection.execute(
                insert(committee_meetings), [_values(each) for each in meetings]
            )

    async def find(self, id: UUID) -> CommitteeMeeting | None:
        return await self._one(select(committee_meetings).where(committee_meetings.c.id == id))

    async def hold(self, id: UUID) -> CommitteeMeeting | None:
        """Find a meeting that nobody else can change before this transaction has ended."""
        return await self._one(
            select(committee_meetings).where(committee_meetings.c.id == id).with_for_update()
        )

    async def by_reference(self, reference: str) -> CommitteeMeeting | None:
        return await self._one(
            select(committee_meetings).where(committee_meetings.c.reference == reference)
        )

    async def between(
        self,
        from_on: date,
        to_on: date,
        *,
        committees: Collection[CommitteeCode] | None = None,
    ) -> list[CommitteeMeeting]:
        """List the meetings that stand of these days, both included, in the order of the hours."""
        chosen = select(committee_meetings).where(
            committee_meetings.c.day.between(from_on, to_on),
            committee_meetings.c.state == MeetingState.PLANNED,
        )
        if committees is not None:
            chosen = chosen.where(committee_meetings.c.committee.in_(list(committees)))
        rows = await self._connection.execute(
            chosen.order_by(
                committee_meetings.c.day, committee_meetings.c.starts, committee_meetings.c.id
            )
        )
        return [_meeting(row) for row in rows]

    async def of_year(self, year: int) -> list[CommitteeMeeting]:
        """List every meeting of a year, the cancelled ones too."""
        rows = await self._connection.execute(
            select(committee_meetings)
            .where(committee_meetings.c.year == year)
            .order_by(committee_meetings.c.day, committee_meetings.c.starts)
        )
        return [_meeting(row) for row in rows]

    async def save(self, meeting: CommitteeMeeting) -> CommitteeMeeting:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `committee_meeting.moved_on`.
        """
        following = replace(meeting, version=meeting.version + 1)
        saved = await self._connection.execute(
            update(committee_meetings)
            .where(
                committee_meetings.c.id == meeting.id,
                committee_meetings.c.version == meeting.version,
            )
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("committee_meeting.moved_on")
        return following

    async def invite(self, invitations: Sequence[Invitation]) -> None:
        """Ask people; who is asked already stays as they are."""
        if invitations:
            await self._connection.execute(
                conflicts.insert(meeting_replies).on_conflict_do_nothing(),
                [of_columns(each, meeting_replies) for each in invitations],
            )

    async def invitations(self, meeting: UUID) -> list[Invitation]:
        rows = await self._connection.execute(
            select(meeting_replies)
            .where(meeting_replies.c.meeting == meeting)
            .order_by(meeting_replies.c.slot, meeting_replies.c.person)
        )
        return [_invitation(row) for row in rows]

    async def uninvite(self, meeting: UUID, people: Collection[PersonId]) -> None:
        """Ask somebody no longer; how they were there, if they were, stays."""
        await self._connection.execute(
            delete(meeting_replies).where(
                meeting_replies.c.meeting == meeting, meeting_replies.c.person.in_(list(people))
            )
        )

    async def invitation(self, meeting: UUID, person: PersonId) -> Invitation | None:
        rows = await self._connection.execute(
            select(meeting_replies).where(
                meeting_replies.c.meeting == meeting, meeting_replies.c.person == person
            )
        )
        row = rows.one_or_none()
        return None if row is None else _invitation(row)

    async def asked_of(
        self, person: PersonId, *, from_on: date, to_on: date
    ) -> list[tuple[CommitteeMeeting, Invitation]]:
        """List the meetings of these days that somebody is asked to, and what they said."""
        rows = await self._connection.execute(
            select(meeting_replies)
            .join(committee_meetings, committee_meetings.c.id == meeting_replies.c.meeting)
            .where(
                meeting_replies.c.person == person,
                committee_meetings.c.day.between(from_on, to_on),
                committee_meetings.c.state == MeetingState.PLANNED,
            )
        )
        invited = {row.meeting: _invitation(row) for row in rows}
        found = await self._connection.execute(
            select(committee_meetings)
            .where(committee_meetings.c.id.in_(list(invited)))
            .order_by(
                committee_meetings.c.day, committee_meetings.c.starts, committee_meetings.c.id
            )
        )
        return [(_meeting(row), invited[row.id]) for row in found]

    async def save_reply(self, invitation: Invitation) -> None:
        await self._connection.execute(
            update(meeting_replies)
            .where(
                meeting_replies.c.meeting == invitation.meeting,
                meeting_replies.c.person == invitation.person,
            )
            .values(of_columns(invitation, meeting_replies))
        )

    async def note_attendance(self, meeting: UUID, attended: Sequence[Attendance]) -> None:
        """Note how people were there, in the place of what was noted before."""
        await self._connection.execute(
            delete(meeting_attendance).where(meeting_attendance.c.meeting == meeting)
        )
        if attended:
            await self._connection.execute(
                insert(meeting_attendance),
                [of_columns(each, meeting_attendance) for each in attended],
            )

    async def attendance(self, meeting: UUID) -> list[Attendance]:
        rows = await self._connection.execute(
            select(meeting_attendance)
            .where(meeting_attendance.c.meeting == meeting)
            .order_by(meeting_attendance.c.slot, meeting_attendance.c.person)
        )
        return [
            Attendance(
                meeting=row.meeting,
                person=PersonId(row.person),
                slot=row.slot,
                how=Presence(row.how),
                stands_for=row.stands_for,
                noted_by=PersonId(row.noted_by),
                noted_at=row.noted_at,
            )
            for row in rows
        ]

    async def _one(self, chosen: Select[Any]) -> CommitteeMeeting | None:
        row = (await self._connection.execute(chosen)).one_or_none()
        return None if row is None else _meeting(row)


def _values(meeting: CommitteeMeeting) -> dict[str, object]:
    return of_columns(meeting, committee_meetings)


def _meeting(row: Row[Any]) -> CommitteeMeeting:
    values = {column.name: getattr(row, column.name) for column in committee_meetings.c}
    return CommitteeMeeting(**{**values, "state": MeetingState(row.state)})


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        meeting=row.meeting,
        person=PersonId(row.person),
        slot=row.slot,
        reply=Reply(row.reply),
        stands_for=row.stands_for,
        asked_at=row.asked_at,
        replied_at=row.replied_at,
    )
