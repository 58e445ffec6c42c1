"""Tasks that a decision gave somebody: an owner, a date, and reminders until they are done."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from domain.dates import local_date
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.people import CommitteeCode, PersonId
from domain.periods import moment

REMINDED_BEFORE = timedelta(days=3)
WEEK = timedelta(days=7)
MORNING = time(8)


class TaskState(StrEnum):
    PLANNED = "planned"  # written in minutes nobody has seen yet
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


RUNNING = frozenset({TaskState.PLANNED, TaskState.OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTask:
    id: UUID
    meeting: UUID
    item: UUID | None
    committee: CommitteeCode
    owner: PersonId
    words: str = field(repr=False)
    due_on: date
    state: TaskState = TaskState.PLANNED
    given_by: PersonId
    given_at: datetime
    done_at: datetime | None = None
    version: int = 1

    def done(self, *, at: datetime) -> Self:
        """Close it.

        :raises RuleBroken: `task.ended`, the same for a second press.
        """
        if self.state is not TaskState.OPEN:
            raise RuleBroken("task.ended")
        return replace(self, state=TaskState.DONE, done_at=at)

    def dropped(self, *, at: datetime) -> Self:
        if self.state not in RUNNING:
            raise RuleBroken("task.ended")
        return replace(self, state=TaskState.DROPPED, done_at=at)

    def opened(self) -> Self:
        return replace(self, state=TaskState.OPEN)

    def passed_on(self, to: PersonId) -> Self:
        return replace(self, owner=to)


def reminders(
    task: DecisionTask, *, news: NoticeKind = NoticeKind.TASK_GIVEN, now: datetime
) -> Sequence[Notice]:
    """Say when its owner hears of it: now, some days before it is due, and on the day.

    An hour that has passed already is left out; what is late is told week by week.

    :param news: what is told now; whoever gets the same task twice is told twice.
    """
    days = {
        NoticeKind.TASK_SOON: moment(task.due_on - REMINDED_BEFORE, MORNING),
        NoticeKind.TASK_DUE: moment(task.due_on, MORNING),
    }
    return [
        Notice(kind=news, about=task.id, due_at=now, person=task.owner, round=task.version),
        *(
            Notice(kind=kind, about=task.id, due_at=due_at, person=task.owner)
            for kind, due_at in days.items()
            if due_at >= now
        ),
    ]


def weeks_late(task: DecisionTask, *, now: datetime) -> int:
    """Say how many whole weeks have passed since the day it was due."""
    return max((local_date(now) - task.due_on) // WEEK, 0)


def late(task: DecisionTask, *, now: datetime) -> Notice | None:
    """Remind of what is late, once a week until it is done."""
    weeks = weeks_late(task, now=now)
    if weeks == 0 or task.state is not TaskState.OPEN:
        return None
    return Notice(
        kind=NoticeKind.TASK_OVERDUE, about=task.id, due_at=now, person=task.owner, round=weeks
    )
