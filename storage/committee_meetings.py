"""Committee meetings, whom they ask and what falls due around them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.committee_meetings import (
    Attendance,
    CommitteeMeeting,
    Deadline,
    DeadlineKind,
    DeadlineState,
    Invitation,
    MeetingState,
    Presence,
    Reply,
)
from domain.errors import RuleBroken
from domain.people import CommitteeCode, PersonId
from storage import conflicts
from storage.counters import Counters
from storage.meeting_rows import (
    committee_meetings,
    meeting_attendance,
    meeting_deadlines,
    meeting_replies,
)


class CommitteeMeetings:
    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self._connection = connection
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
        states: Collection[MeetingState] = (MeetingState.PLANNED, MeetingState.HELD),
    ) -> list[CommitteeMeeting]:
        """List the meetings of these days, both included, in the order they are held."""
        chosen = select(committee_meetings).where(
            committee_meetings.c.day.between(from_on, to_on),
            committee_meetings.c.state.in_(list(states)),
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

    async def set_deadlines(self, deadlines: Iterable[Deadline]) -> None:
        """Put deadlines down, or move those that still wait; what is done stays done."""
        for each in deadlines:
            row = conflicts.insert(meeting_deadlines).values(
                meeting=each.meeting, kind=each.kind, due_at=each.due_at, state=each.state
            )
            await self._connection.execute(
                row.on_conflict_do_update(
                    index_elements=[meeting_deadlines.c.meeting, meeting_deadlines.c.kind],
                    set_={"due_at": row.excluded.due_at},
                    where=meeting_deadlines.c.state == DeadlineState.WAITING,
                )
            )

    async def deadlines(self, meeting: UUID) -> list[Deadline]:
        rows = await self._connection.execute(
            select(meeting_deadlines)
            .where(meeting_deadlines.c.meeting == meeting)
            .order_by(meeting_deadlines.c.due_at, meeting_deadlines.c.kind)
        )
        return [_deadline(row) for row in rows]

    async def due(self, now: datetime, *, at_most: int) -> list[Deadline]:
        """List what has fallen due and waits, the oldest first."""
        rows = await self._connection.execute(
            select(meeting_deadlines)
            .where(
                meeting_deadlines.c.state == DeadlineState.WAITING,
                meeting_deadlines.c.due_at <= now,
            )
            .order_by(meeting_deadlines.c.due_at, meeting_deadlines.c.meeting)
            .limit(at_most)
        )
        return [_deadline(row) for row in rows]

    async def settle(
        self, deadline: Deadline, *, state: DeadlineState, at: datetime | None
    ) -> bool:
        """Say what became of a deadline; `False` when somebody else has said so already."""
        settled = await self._connection.execute(
            update(meeting_deadlines)
            .where(
                meeting_deadlines.c.meeting == deadline.meeting,
                meeting_deadlines.c.kind == deadline.kind,
                meeting_deadlines.c.state == DeadlineState.WAITING,
            )
            .values(state=state, done_at=at)
        )
        return settled.rowcount == 1

    async def drop_deadlines(self, meeting: UUID) -> None:
        await self._connection.execute(
            update(meeting_deadlines)
            .where(
                meeting_deadlines.c.meeting == meeting,
                meeting_deadlines.c.state == DeadlineState.WAITING,
            )
            .values(state=DeadlineState.DROPPED)
        )

    async def invite(self, invitations: Sequence[Invitation]) -> None:
        """Ask people; who is asked already stays as they are."""
        for each in invitations:
            await self._connection.execute(
                conflicts.insert(meeting_replies)
                .values(_of_columns(each, meeting_replies))
                .on_conflict_do_nothing()
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

    async def save_reply(self, invitation: Invitation) -> None:
        await self._connection.execute(
            update(meeting_replies)
            .where(
                meeting_replies.c.meeting == invitation.meeting,
                meeting_replies.c.person == invitation.person,
            )
            .values(_of_columns(invitation, meeting_replies))
        )

    async def note_attendance(self, attended: Sequence[Attendance]) -> None:
        """Note how people were there, or correct it."""
        for each in attended:
            values = _of_columns(each, meeting_attendance)
            await self._connection.execute(
                conflicts.insert(meeting_attendance)
                .values(values)
                .on_conflict_do_update(
                    index_elements=[meeting_attendance.c.meeting, meeting_attendance.c.person],
                    set_=values,
                )
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


def _of_columns(value: object, table: Table) -> dict[str, object]:
    return {column.name: getattr(value, column.name) for column in table.c}


def _values(meeting: CommitteeMeeting) -> dict[str, object]:
    return _of_columns(meeting, committee_meetings)


def _meeting(row: Row[Any]) -> CommitteeMeeting:
    values = {column.name: getattr(row, column.name) for column in committee_meetings.c}
    return CommitteeMeeting(**{**values, "state": MeetingState(row.state)})


def _deadline(row: Row[Any]) -> Deadline:
    return Deadline(
        meeting=row.meeting,
        kind=DeadlineKind(row.kind),
        due_at=row.due_at,
        state=DeadlineState(row.state),
        done_at=row.done_at,
    )


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
