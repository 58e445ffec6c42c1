"""Evaluations of alerts, and what is learned from them (BER-61)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from domain.errors import RuleBroken
from domain.people import PersonId
from domain.plan_measures import person_free

AT_MOST = 2000  # characters in one answer


def round_of(due_on: date, *, today: date | None = None) -> int:
    """Give the round of a reminder of what is due on a day: that day, and each week after.

    Without a day it is the first word of it. Another due day has rounds of its own.
    """
    weeks = 0 if today is None else (today - due_on).days // 7 + 1
    return due_on.toordinal() * 100 + weeks


class EvaluationState(StrEnum):
    DRAFT = "draft"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question of the plan's list of evaluation, and what was said of it."""

    question: str = field(repr=False)
    answer: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What is said of an alert afterwards; one for each.

    :param due_on: five working days after it was closed.
    :param figures: seconds and counts, such as how long until the first answer. They are of no
        person, and stay when the rows they were counted from are gone (BER-54).
    """

    alert: UUID
    drill: bool
    state: EvaluationState = EvaluationState.DRAFT
    owner: PersonId
    due_on: date
    answers: tuple[Answered, ...]
    figures: Mapping[str, int] = field(default_factory=dict)
    begun_at: datetime
    done_by: PersonId | None = None
    done_at: datetime | None = None
    version: int = 1

    def answered(self, answers: Iterable[Answered]) -> Self:
        """Answer its questions.

        :raises RuleBroken: `evaluation.done`, `measure.cpr` or `measure.too_long`
        """
        if self.state is EvaluationState.DONE:
            raise RuleBroken("evaluation.done")
        said = tuple(
            replace(each, answer=person_free(each.answer, at_most=AT_MOST)) for each in answers
        )
        return replace(self, answers=said)

    def done(self, *, by: PersonId, now: datetime) -> Self:
        """Finish it.

        :raises RuleBroken: `evaluation.done`, or `evaluation.unanswered` without any answer
        """
        if self.state is EvaluationState.DONE:
            raise RuleBroken("evaluation.done")
        if not any(each.answer for each in self.answers):
            raise RuleBroken("evaluation.unanswered")
        return replace(self, state=EvaluationState.DONE, done_by=by, done_at=now)


class LearningState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """Something that was learned (læring): a task with an owner and a date.

    :param template: the template that is to be changed, where it is about one.
    :param revision: of the override that changed it, once somebody has.
    """

    id: UUID
    alert: UUID
    words: str = field(repr=False)
    owner: PersonId
    due_on: date
    state: LearningState = LearningState.OPEN
    template: str | None = None
    revision: int | None = None
    given_by: PersonId
    given_at: datetime
    ended_at: datetime | None = None
    version: int = 1

    def ended(self, state: LearningState, *, revision: int | None = None, now: datetime) -> Self:
        """Say that it is done or given up, and which change of the template came of it.

        :raises RuleBroken: `learning.ended`, the same for a second press.
        """
        if self.state is not LearningState.OPEN:
            raise RuleBroken("learning.ended")
        return replace(self, state=state, revision=revision, ended_at=now)
