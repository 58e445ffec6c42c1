"""Find a task from a decision, for its owner or for who keeps the minutes; and close it."""

from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.committee_meetings import CommitteeMeeting
from domain.decision_tasks import DecisionTask, TaskState
from domain.errors import RuleBroken
from domain.people import Person
from storage.database import Transaction
from usecases import permit


async def read_task(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[DecisionTask, CommitteeMeeting]:
    """Find a task that is somebody's own, or in minutes they keep.

    :raises RuleBroken: `task.not_found`
    """
    task, meeting, keeps = await _find(tx, id=id, by=by, now=now)
    if not keeps and (task.owner != by.id or task.state is TaskState.PLANNED):
        raise _not_found(id)
    return task, meeting


async def kept_task(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[DecisionTask, CommitteeMeeting]:
    """Find a task in minutes that somebody keeps.

    :raises RuleBroken: `task.not_found`
    """
    task, meeting, keeps = await _find(tx, id=id, by=by, now=now)
    if not keeps:
        raise _not_found(id)
    return task, meeting


async def _find(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[DecisionTask, CommitteeMeeting, bool]:
    task = await tx.decision_tasks.find(id)
    try:
        meeting, matter, actor = await permit.meeting(
            tx, by, Action.DO_TASK, task.meeting if task else id, now=now
        )
    except RuleBroken:
        raise _not_found(id) from None
    if task is None:
        raise _not_found(id)
    return task, meeting, can(actor, Action.WRITE_MINUTES, matter)


def _not_found(id: UUID) -> RuleBroken:
    return RuleBroken("task.not_found", about=str(id))


async def do_task(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> DecisionTask:
    """Close a task: its owner, or who keeps the minutes.

    :raises RuleBroken: `task.not_found`, `task.moved_on`, `task.ended` for a second press.
    """
    task, _ = await read_task(tx, id=id, by=by, now=now)
    if task.state is TaskState.OPEN and task.version != seen:
        raise RuleBroken("task.moved_on")
    return await tx.decision_tasks.save(task.done(at=now))
