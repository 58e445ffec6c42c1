"""Tasks that decisions gave people."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.decision_tasks import RUNNING, DecisionTask, TaskState
from domain.errors import RuleBroken
from domain.people import PersonId
from storage.agenda_rows import decision_tasks


class DecisionTasks:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, task: DecisionTask) -> None:
        await self._connection.execute(insert(decision_tasks).values(_values(task)))

    async def find(self, id: UUID) -> DecisionTask | None:
        return next(iter(await self._listed(decision_tasks.c.id == id)), None)

    async def of_meeting(self, meeting: UUID) -> list[DecisionTask]:
        """List what a meeting gave people to do, and was not taken back."""
        return await self._listed(
            decision_tasks.c.meeting == meeting, decision_tasks.c.state != TaskState.DROPPED
        )

    async def open_of(self, person: PersonId) -> list[DecisionTask]:
        return await self._listed(
            decision_tasks.c.owner == person, decision_tasks.c.state == TaskState.OPEN
        )

    async def running_of(self, person: PersonId) -> list[DecisionTask]:
        """List what somebody has or is about to get, the minutes it stands in sent or not."""
        return await self._listed(
            decision_tasks.c.owner == person, decision_tasks.c.state.in_(sorted(RUNNING))
        )

    async def open_before(self, day: date) -> list[DecisionTask]:
        """List what should have been done before that day."""
        return await self._listed(
            decision_tasks.c.state == TaskState.OPEN, decision_tasks.c.due_on < day
        )

    async def save(self, task: DecisionTask) -> DecisionTask:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `task.moved_on`.
        """
        following = replace(task, version=task.version + 1)
        saved = await self._connection.execute(
            update(decision_tasks)
            .where(decision_tasks.c.id == task.id, decision_tasks.c.version == task.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("task.moved_on")
        return following

    async def _listed(self, *conditions: ColumnElement[bool]) -> list[DecisionTask]:
        rows = await self._connection.execute(
            select(decision_tasks)
            .where(*conditions)
            .order_by(decision_tasks.c.due_on, decision_tasks.c.given_at, decision_tasks.c.id)
        )
        return [_task(row) for row in rows]


def _values(task: DecisionTask) -> dict[str, object]:
    return {column.name: getattr(task, column.name) for column in decision_tasks.c}


def _task(row: Row[Any]) -> DecisionTask:
    values = {column.name: getattr(row, column.name) for column in decision_tasks.c}
    return DecisionTask(**{**values, "state": TaskState(row.state)})
