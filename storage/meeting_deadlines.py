"""What falls due around committee meetings: put down, found when it is due, settled once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.committee_meetings import Deadline, DeadlineKind, DeadlineState
from storage import conflicts
from storage.meeting_rows import meeting_deadlines

# One of another kind belongs to another release: it waits, and is counted (MTG-23).
_KNOWN = meeting_deadlines.c.kind.in_(list(DeadlineKind))
_AT_STAKE = (DeadlineState.WAITING, DeadlineState.DROPPED)


class MeetingDeadlines:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def set_deadlines(
        self,
        meeting: UUID,
        deadlines: Sequence[Deadline],
        *,
        anew: Collection[DeadlineKind] = (),
    ) -> None:
        """Put the deadlines of a meeting down; one that waits and is not among them is dropped.

        :param anew: what is done of these is to be done again; everything else stays done.
        """
        at_stake = [
            *(meeting_deadlines.c.state == each for each in _AT_STAKE),
            *(meeting_deadlines.c.kind == each for each in sorted(anew)),
        ]
        row = conflicts.insert(meeting_deadlines)
        put_down = row.on_conflict_do_update(
            index_elements=[meeting_deadlines.c.meeting, meeting_deadlines.c.kind],
            set_={"due_at": row.excluded.due_at, "state": row.excluded.state, "done_at": None},
            where=or_(*at_stake),
        )
        if deadlines:
            values = [of_columns(each, meeting_deadlines) for each in deadlines]
            await self._connection.execute(put_down, values)
        await self.drop_deadlines(meeting, but=[each.kind for each in deadlines])

    async def deadlines(self, meeting: UUID) -> list[Deadline]:
        rows = await self._connection.execute(
            select(meeting_deadlines)
            .where(meeting_deadlines.c.meeting == meeting, _KNOWN)
            .order_by(meeting_deadlines.c.due_at, meeting_deadlines.c.kind)
        )
        return [_deadline(row) for row in rows]

    async def due(self, now: datetime, *, at_most: int) -> list[Deadline]:
        """List what has fallen due and waits, the oldest first."""
        rows = await self._connection.execute(
            select(meeting_deadlines)
            .where(
                _KNOWN,
                meeting_deadlines.c.state == DeadlineState.WAITING,
                meeting_deadlines.c.due_at <= now,
            )
            .order_by(
                meeting_deadlines.c.due_at, meeting_deadlines.c.meeting, meeting_deadlines.c.kind
            )
            .limit(at_most)
        )
        return [_deadline(row) for row in rows]

    async def overdue(self, *, before: datetime) -> tuple[int, datetime | None]:
        """Count what was due by then and waits, of whatever kind, and since when."""
        rows = await self._connection.execute(
            select(func.count(), func.min(meeting_deadlines.c.due_at)).where(
                meeting_deadlines.c.state == DeadlineState.WAITING,
                meeting_deadlines.c.due_at <= before,
            )
        )
        count, oldest = rows.one()
        return count, oldest

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

    async def drop_deadlines(self, meeting: UUID, *, but: Collection[DeadlineKind] = ()) -> None:
        await self._connection.execute(
            update(meeting_deadlines)
            .where(
                meeting_deadlines.c.meeting == meeting,
                meeting_deadlines.c.state == DeadlineState.WAITING,
                meeting_deadlines.c.kind.not_in(list(but)),
            )
            .values(state=DeadlineState.DROPPED)
        )


def of_columns(value: object, table: Table) -> dict[str, object]:
    return {column.name: getattr(value, column.name) for column in table.c}


def _deadline(row: Row[Any]) -> Deadline:
    return Deadline(
        meeting=row.meeting,
        kind=DeadlineKind(row.kind),
        due_at=row.due_at,
        state=DeadlineState(row.state),
        done_at=row.done_at,
    )
