"""What must be on file: the notes, which nobody can change, and the tasks of filing them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, exists, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.journal import JournalTask, Note, NoteEvent, TaskState, WhyNot, task_opened
from domain.people import Authority, PersonId
from storage.case_rows import journal_tasks, note_events
from storage.conflicts import insert


class Journal:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(
        self,
        note: Note,
        *,
        matter: UUID,
        source: UUID,
        by: PersonId | None,
        at: datetime,
        round: int = 1,
    ) -> bool:
        """Note what happened, once, and have it wait to be filed with the rest (NOT-4).

        :param source: the record, decision, action or case the event is in.
        :param round: tells several events of the same kind in one source apart; where the
            source has a version, that is it.
        :return: False when it had been noted before.
        """
        task = await self._open_task(matter, at=at)
        noted = await self._connection.execute(
            insert(note_events)
            .values(
                id=uuid4(),
                code=note,
                source=source,
                round=round,
                matter=matter,
                by=by,
                at=at,
                task=task,
            )
            .on_conflict_do_nothing(
                index_elements=[note_events.c.code, note_events.c.source, note_events.c.round]
            )
            .returning(note_events.c.id)
        )
        return noted.one_or_none() is not None

    async def _open_task(self, matter: UUID, *, at: datetime) -> UUID:
        """Find the task that is open for a matter, or open one; who files it must look again."""
        extended = (
            insert(journal_tasks)
            .values(_values(task_opened(id=uuid4(), matter=matter, at=at)))
            .on_conflict_do_update(
                index_elements=[journal_tasks.c.matter],
                index_where=text("state = 'open'"),
                set_={"version": journal_tasks.c.version + 1},
            )
            .returning(journal_tasks.c.id)
        )
        task: UUID = (await self._connection.execute(extended)).scalar_one()
        return task

    async def notes(
        self, *, matters: Collection[UUID] = (), task: UUID | None = None
    ) -> list[NoteEvent]:
        """List the notes of some matters, or of one task, in the order of the events."""
        wanted = note_events.c.matter.in_(list(matters))
        rows = await self._connection.execute(
            select(note_events)
            .where(wanted if task is None else note_events.c.task == task)
            .order_by(note_events.c.at, note_events.c.code, note_events.c.round)
        )
        return [_note(row) for row in rows]

    async def hold(self, id: UUID) -> JournalTask | None:
        """Find a task that nobody else can decide about before this transaction has ended."""
        held = select(journal_tasks).where(journal_tasks.c.id == id).with_for_update()
        row = (await self._connection.execute(held)).one_or_none()
        return None if row is None else _task(row)

    async def find(self, id: UUID) -> JournalTask | None:
        found = await self._listed(journal_tasks.c.id == id)
        return next(iter(found), None)

    async def tasks(
        self, *states: TaskState, matters: Collection[UUID] | None = None
    ) -> list[JournalTask]:
        """List the tasks in these states, the most pressing first."""
        of = () if matters is None else (journal_tasks.c.matter.in_(list(matters)),)
        return await self._listed(journal_tasks.c.state.in_(states), *of)

    async def due(self, *, by: date) -> list[JournalTask]:
        """List the open tasks that are due by this day."""
        return await self._listed(
            journal_tasks.c.state == TaskState.OPEN, journal_tasks.c.due_on <= by
        )

    async def is_filed(self, matters: Collection[UUID]) -> bool:
        """Tell whether nothing of these matters waits to be filed (NOT-5)."""
        waits = select(
            exists().where(
                journal_tasks.c.matter.in_(list(matters)),
                journal_tasks.c.state == TaskState.OPEN,
            )
        )
        return not await self._connection.scalar(waits)

    async def save(self, task: JournalTask) -> JournalTask:
        """Store the next version of a task, or refuse if someone stored it first.

        :raises RuleBroken: `journal.moved_on`
        """
        following = replace(task, version=task.version + 1)
        saved = await self._connection.execute(
            update(journal_tasks)
            .where(journal_tasks.c.id == task.id, journal_tasks.c.version == task.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("journal.moved_on")
        return following

    async def _listed(self, *conditions: ColumnElement[bool]) -> list[JournalTask]:
        rows = await self._connection.execute(
            select(journal_tasks)
            .where(*conditions)
            .order_by(journal_tasks.c.due_on, journal_tasks.c.opened_at, journal_tasks.c.id)
        )
        return [_task(row) for row in rows]


def _values(task: JournalTask) -> dict[str, object]:
    return {column.name: getattr(task, column.name) for column in journal_tasks.c}


def _note(row: Row[Any]) -> NoteEvent:
    return NoteEvent(
        id=row.id,
        note=Note(row.code),
        source=row.source,
        round=row.round,
        matter=row.matter,
        by=None if row.by is None else PersonId(row.by),
        at=row.at,
        task=row.task,
    )


def _task(row: Row[Any]) -> JournalTask:
    return JournalTask(
        id=row.id,
        matter=row.matter,
        state=TaskState(row.state),
        opened_at=row.opened_at,
        due_on=row.due_on,
        journal_ref=row.journal_ref,
        system=None if row.system is None else Authority(row.system),
        filed_on=row.filed_on,
        filed_by=None if row.filed_by is None else PersonId(row.filed_by),
        verified_by=None if row.verified_by is None else PersonId(row.verified_by),
        verified_at=row.verified_at,
        why_not=None if row.why_not is None else WhyNot(row.why_not),
        version=row.version,
    )
