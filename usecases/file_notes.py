"""File what happened: where it is, that somebody else has looked, or why not (NOT-4, NOT-5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain import journal
from domain.access import Action, can
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.journal import JournalTask, NoteEvent, TaskState, WhyNot
from domain.matters import Matter
from domain.people import Authority, Person
from storage.database import Transaction
from usecases import permit
from usecases.any_matter import any_matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A task of filing, the matter it is about, and what is to be filed."""

    task: JournalTask
    matter: Matter
    key: str
    notes: Sequence[NoteEvent] = ()


async def filings_of(tx: Transaction, *, by: Person, now: datetime) -> list[Filing]:
    """List what this person may file or verify, the most pressing first."""
    actor = await permit.actor_of(tx, by)
    waiting = [
        Filing(task=task, matter=found.matter, key=found.key)
        for task in await tx.journal.tasks(TaskState.OPEN, TaskState.FILED)
        if (found := await any_matter(tx, task.matter, now=now)) is not None
        and can(actor, Action.FILE_JOURNAL, found.matter)
    ]
    return [
        each
        for each in waiting
        if each.task.state is TaskState.OPEN or each.task.filed_by != by.id
    ]


async def read_filing(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Filing:
    """Read what is to be filed in one task: which events, whose and when.

    :raises RuleBroken: `journal.not_found`, the same whether it is missing or not theirs.
    """
    task = await tx.journal.hold(id)
    found = await any_matter(tx, task.matter, now=now) if task else None
    actor = await permit.actor_of(tx, by)
    if task is None or found is None or not can(actor, Action.FILE_JOURNAL, found.matter):
        raise RuleBroken("journal.not_found", about=str(id))
    notes = await tx.journal.notes(task=id)
    return Filing(task=task, matter=found.matter, key=found.key, notes=notes)


async def file_notes(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    journal_ref: str,
    system: Authority,
    on: date,
    by: Person,
    now: datetime,
) -> Filing:
    """Note where they were filed, and when.

    :param seen: the version the person acts on: what was noted since is not filed (AC-CARD-04).
    :raises RuleBroken: `journal.not_found`, `journal.moved_on`, `journal.not_open`,
        `journal.ref_shape`, `journal.ref_cpr`, `date.future`.
    """
    filing = await read_filing(tx, id=id, by=by, now=now)
    if on > local_date(now):
        raise RuleBroken("date.future")
    filed = journal.filed(
        filing.task, journal_ref=journal_ref.strip(), system=system, on=on, by=by.id
    )
    return await _changed(tx, filing, filed, seen=seen, by=by, now=now)


async def verify_filing(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Filing:
    """Note that somebody else has looked that it is there.

    :raises RuleBroken: `journal.not_found`, `journal.moved_on`, `journal.not_filed`,
        `journal.verified_by_another`.
    """
    filing = await read_filing(tx, id=id, by=by, now=now)
    verified = journal.verified(filing.task, by=by.id, at=now)
    return await _changed(tx, filing, verified, seen=seen, by=by, now=now)


async def need_not_file(
    tx: Transaction, *, id: UUID, seen: int, why_not: WhyNot, by: Person, now: datetime
) -> Filing:
    """Note that nothing of it need be filed, and why.

    :raises RuleBroken: `journal.not_found`, `journal.moved_on`, `journal.not_open`.
    """
    filing = await read_filing(tx, id=id, by=by, now=now)
    left = journal.not_recordable(filing.task, why_not=why_not, on=local_date(now), by=by.id)
    return await _changed(tx, filing, left, seen=seen, by=by, now=now)


async def _changed(
    tx: Transaction,
    filing: Filing,
    task: JournalTask,
    *,
    seen: int,
    by: Person,
    now: datetime,
) -> Filing:
    if filing.task.version != seen:
        raise RuleBroken("journal.moved_on")
    saved = await tx.journal.save(task)
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=f"{filing.matter.kind}.{Action.FILE_JOURNAL}",
        about=str(filing.matter.id),
        result=task.state.value,
        purpose=Purpose.CRIME_PREVENTION,
    )
    return Filing(task=saved, matter=filing.matter, key=filing.key, notes=filing.notes)
