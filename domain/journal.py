"""What must be on file: notes of what happened, and the task of filing them (domain.md §7.5)."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.cpr import find_cpr_like
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.people import Authority, PersonId
from domain.working_days import after_working_days

# A number with at most four letters together, so that no name fits: it is kept unsealed (D12).
JOURNAL_REF = re.compile(
    r"(?=.{0,39}\d)(?!.{0,39}[A-Za-z]{5})[A-Za-z0-9][A-Za-z0-9./ -]{1,38}[A-Za-z0-9]"
)
FILE_WITHIN = 5  # working days (domain.md §16 journal.max_days)


class Note(StrEnum):
    """What has to be noted (NOT-4): the code of the event, and what it was of that kind."""

    RECEIVED = "N1.received"
    MOVED = "N1.moved"
    GATE_PASSED = "N2.passed"
    GATE_FAILED = "N2.failed"
    LEVEL_SET = "N3.set"
    COORDINATION_BEGUN = "N4.begun"
    COORDINATED = "N4.held"
    PLANNED = "N5.decided"
    ASSESSED = "N5.assessed"
    INFORMED = "N6.informed"
    INFORMING_PLANNED = "N6.planned"
    EXEMPTED = "N6.exempted"
    DISCLOSED = "N7.ad_hoc"
    ESCALATED = "N7.escalated"
    ACTION_AGREED = "N8.agreed"
    ACTION_CHANGED = "N8.changed"
    ACTION_DONE = "N8.done"
    ACTION_DROPPED = "N8.dropped"
    LEAD_APPOINTED = "N9.appointed"
    LEAD_ENDED = "N9.ended"
    HANDOVER_PROPOSED = "N10.proposed"
    HANDOVER_ACCEPTED = "N10.accepted"
    HANDOVER_DECLINED = "N10.declined"
    HANDOVER_WITHDRAWN = "N10.withdrawn"
    CLOSED = "N11.closed"
    REOPENED = "N11.reopened"
    ACCESS_RECEIVED = "N12.received"
    ACCESS_ANSWERED = "N12.answered"
    RECUSAL_UPHELD = "N13.upheld"
    RECUSAL_LIFTED = "N13.lifted"
    CORRECTED = "N14.corrected"
    DELETED = "N14.deleted"

    @property
    def code(self) -> str:
        return self.value.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEvent:
    """One note: what happened with which matter, who did it and when; never a word confided.

    `source` is the record, decision or case that the event is in, `round` tells several of
    the same kind in it apart.
    """

    id: UUID
    note: Note
    source: UUID
    round: int
    matter: UUID
    by: PersonId | None
    at: datetime
    task: UUID


class TaskState(StrEnum):
    """How far the filing has come (NOT-5)."""

    OPEN = "open"
    FILED = "filed"
    VERIFIED = "verified"
    NOT_RECORDABLE = "not_recordable"


class WhyNot(StrEnum):
    """Why nothing of it need be filed."""

    FILED_ELSEWHERE = "filed_elsewhere"  # an authority has the same in its own case
    NO_CONTENT = "no_content"  # nothing was decided and no information passed on
    BY_MISTAKE = "by_mistake"  # the entry was made in error and has been taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalTask:
    """The notes of one matter that wait to be filed together, or were."""

    id: UUID
    matter: UUID
    state: TaskState
    opened_at: datetime
    due_on: date
    journal_ref: str | None = field(default=None, repr=False)
    system: Authority | None = None  # whose records system it is in
    filed_on: date | None = None
    filed_by: PersonId | None = None
    verified_by: PersonId | None = None
    verified_at: datetime | None = None
    why_not: WhyNot | None = None
    version: int = 1


def task_opened(*, id: UUID, matter: UUID, at: datetime) -> JournalTask:
    """Open the task of filing what happens from now on."""
    return JournalTask(
        id=id,
        matter=matter,
        state=TaskState.OPEN,
        opened_at=at,
        due_on=after_working_days(local_date(at), FILE_WITHIN),
    )


def filed(
    task: JournalTask, *, journal_ref: str, system: Authority, on: date, by: PersonId
) -> JournalTask:
    """Note where it was filed.

    :raises RuleBroken: `journal.not_open`, `journal.ref_shape`, or `journal.ref_cpr` where the
        reference is somebody's number: it stands here for all to see who may file
    """
    _must_be_open(task)
    if JOURNAL_REF.fullmatch(journal_ref) is None:
        raise RuleBroken("journal.ref_shape")
    if find_cpr_like(journal_ref):
        raise RuleBroken("journal.ref_cpr")
    return replace(
        task,
        state=TaskState.FILED,
        journal_ref=journal_ref,
        system=system,
        filed_on=on,
        filed_by=by,
    )


def verified(task: JournalTask, *, by: PersonId, at: datetime) -> JournalTask:
    """Note that somebody else has looked that it is there.

    :raises RuleBroken: `journal.not_filed`, or `journal.verified_by_another`
    """
    if task.state is not TaskState.FILED:
        raise RuleBroken("journal.not_filed")
    if by == task.filed_by:
        raise RuleBroken("journal.verified_by_another")
    return replace(task, state=TaskState.VERIFIED, verified_by=by, verified_at=at)


def not_recordable(task: JournalTask, *, why_not: WhyNot, on: date, by: PersonId) -> JournalTask:
    """Note that there is nothing to file, and why.

    :raises RuleBroken: `journal.not_open`
    """
    _must_be_open(task)
    return replace(task, state=TaskState.NOT_RECORDABLE, why_not=why_not, filed_on=on, filed_by=by)


def _must_be_open(task: JournalTask) -> None:
    if task.state is not TaskState.OPEN:
        raise RuleBroken("journal.not_open")
