"""Evaluations of alerts, and what was learned, with who sees to it (BER-61)."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.evaluations import Answered, Evaluation, EvaluationState, Learning, LearningState
from domain.people import PersonId
from storage.action_plan_rows import evaluations, learnings
from storage.conflicts import insert

_BEGINNING = ("alert", "drill", "begun_at")


class Evaluations:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, evaluation: Evaluation) -> bool:
        """Begin an evaluation; False when the alert's has begun: there is one for each."""
        begun = await self._connection.execute(
            insert(evaluations)
            .values(_values(evaluation))
            .on_conflict_do_nothing()
            .returning(evaluations.c.alert)
        )
        return begun.one_or_none() is not None

    async def of(self, alert: UUID) -> Evaluation | None:
        return next(iter(await self._all(evaluations.c.alert == alert)), None)

    async def waiting(self, *, drill: bool) -> list[Evaluation]:
        """List those that nobody has finished, the most pressing first."""
        return await self._all(
            evaluations.c.state == EvaluationState.DRAFT, evaluations.c.drill == drill
        )

    async def due(self, day: date) -> list[Evaluation]:
        """List what nobody has finished by its day, of drills and in earnest."""
        return await self._all(
            evaluations.c.state == EvaluationState.DRAFT, evaluations.c.due_on <= day
        )

    async def among(self, alerts: Iterable[Alert]) -> list[Evaluation]:
        """List those of some alerts, in one look, finished or not."""
        return await self._all(evaluations.c.alert.in_([each.id for each in alerts]))

    async def save(self, evaluation: Evaluation) -> Evaluation:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `evaluation.moved_on`
        """
        following = replace(evaluation, version=evaluation.version + 1)
        values = {k: each for k, each in _values(following).items() if k not in _BEGINNING}
        saved = await self._connection.execute(
            update(evaluations)
            .where(
                evaluations.c.alert == evaluation.alert,
                evaluations.c.version == evaluation.version,
            )
            .values(values)
        )
        if saved.rowcount != 1:
            raise RuleBroken("evaluation.moved_on")
        return following

    async def _all(self, *conditions: ColumnElement[bool]) -> list[Evaluation]:
        rows = await self._connection.execute(
            select(evaluations)
            .where(*conditions)
            .order_by(evaluations.c.due_on, evaluations.c.alert)
        )
        return [_evaluation(row) for row in rows]


class Learnings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, learning: Learning) -> bool:
        """Keep what was learned; False when it was kept under this id before."""
        added = await self._connection.execute(
            insert(learnings)
            .values(_learning_values(learning))
            .on_conflict_do_nothing()
            .returning(learnings.c.id)
        )
        return added.one_or_none() is not None

    async def find(self, id: UUID) -> Learning | None:
        return next(iter(await self._all(learnings.c.id == id)), None)

    async def of(self, alert: UUID) -> list[Learning]:
        return await self._all(learnings.c.alert == alert)

    async def about(self, template: str) -> list[Learning]:
        """List what was learned of a template, and which change of it came of that."""
        return await self._all(learnings.c.template == template)

    async def open_of(self, person: PersonId) -> list[Learning]:
        return await self._all(
            learnings.c.owner == person, learnings.c.state == LearningState.OPEN
        )

    async def open_before(self, day: date) -> list[Learning]:
        """List what should have been done before that day."""
        return await self._all(learnings.c.state == LearningState.OPEN, learnings.c.due_on < day)

    async def save(self, learning: Learning) -> Learning:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `learning.moved_on`
        """
        following = replace(learning, version=learning.version + 1)
        saved = await self._connection.execute(
            update(learnings)
            .where(learnings.c.id == learning.id, learnings.c.version == learning.version)
            .values(_learning_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("learning.moved_on")
        return following

    async def _all(self, *conditions: ColumnElement[bool]) -> list[Learning]:
        rows = await self._connection.execute(
            select(learnings)
            .where(*conditions)
            .order_by(learnings.c.due_on, learnings.c.given_at, learnings.c.id)
        )
        return [_learning(row) for row in rows]


def _values(evaluation: Evaluation) -> dict[str, object]:
    return {
        **{column.name: getattr(evaluation, column.name) for column in evaluations.c},
        "answers": [asdict(each) for each in evaluation.answers],
        "figures": dict(evaluation.figures),
    }


def _evaluation(row: Row[Any]) -> Evaluation:
    values = {column.name: getattr(row, column.name) for column in evaluations.c}
    return Evaluation(
        **{
            **values,
            "state": EvaluationState(row.state),
            "answers": tuple(Answered(**each) for each in row.answers),
        }
    )


def _learning_values(learning: Learning) -> dict[str, object]:
    return {column.name: getattr(learning, column.name) for column in learnings.c}


def _learning(row: Row[Any]) -> Learning:
    values = {column.name: getattr(row, column.name) for column in learnings.c}
    return Learning(**{**values, "state": LearningState(row.state)})
