"""Merge two cases whose people are one; a facilitator proposes, a data steward agrees (CASE-3).

Nothing is moved and nothing sealed anew: the one is read under the other, and taking it back
restores both as they were.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain import merging
from domain.access import Action
from domain.cases import Case
from domain.countersigns import Countersign, CountersignKind
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.identities import Identity, may_be_same
from domain.merging import Merge
from domain.people import Person
from domain.records import Record, RecordKind
from domain.withholding import as_seen
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import must_be_seen
from usecases.countersign import ask

INTO, RECORD = "into", "record"  # terms of the countersign


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The two cases side by side, for whoever is asked whether they are one person."""

    one: Case
    into: Case
    people: tuple[Identity, Identity] = field(repr=False)
    reason: str = field(repr=False)


async def propose_merge(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    into: UUID,
    reason: str,
    by: Person,
    now: datetime,
) -> Countersign:
    """Propose that the person of a case is the person of another.

    :param id: of the record of the reason.
    :raises RuleBroken: `case.not_found` unless they may merge both; `case.moved_on`;
        `merge.…` as `must_be_mergeable`; `merge.two_numbers`; and as `ask` does.
    """
    one, other = await _both(tx, by, Action.MERGE, case, into, now=now)
    must_be_seen(one, seen)
    await _must_be_one_person(tx, one, other)
    await tx.records.add(
        Record(
            id=id,
            matter=one.id,
            key=str(one.subject),
            kind=RecordKind.MERGE,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content={"reason": reason, "into": other.reference},
        )
    )
    return await ask(
        tx,
        kind=CountersignKind.MERGE,
        about=one.id,
        seen=one.version,
        by=by,
        terms={INTO: str(other.id), RECORD: str(id)},
        now=now,
    )


async def merge_when_agreed(
    tx: Transaction, asked: Countersign, giver: Person, now: datetime
) -> None:
    """Let the one be read under the other from now on; it can be taken back for thirty days.

    :raises RuleBroken: as `propose_merge`, for what has changed meanwhile.
    """
    into = UUID(asked.terms[INTO])
    one, other = await _both(tx, giver, Action.AGREE_MERGE, asked.about, into, now=now)
    must_be_seen(one, asked.seen)
    await _must_be_one_person(tx, one, other)
    await tx.cases.save(merging.merged(one, into=other))
    await tx.subjects.merge(one.subject, into=other.subject)
    await tx.subjects.forget(one.subject)
    await tx.subjects.reindex(other.subject)
    await tx.merges.add(
        Merge(
            id=asked.id,
            from_case=one.id,
            into_case=other.id,
            at=now,
            proposed_by=asked.asked_by,
            agreed_by=giver.id,
        )
    )
    await _record(tx, "case.merge", one, other, by=giver, now=now)


async def undo_merge(
    tx: Transaction, *, case: UUID, seen: int, by: Person, now: datetime
) -> tuple[Case, Case]:
    """Take a merge back: both are as they were; what was added meanwhile stays where it is.

    :param case: either of the two.
    :raises RuleBroken: `case.not_found`, `case.moved_on`, `merge.none`, `merge.undone_already`,
        `merge.too_late`.
    """
    found, _, _ = await permit.case(tx, by, Action.UNDO_MERGE, case, now=now)
    must_be_seen(found, seen)
    merge = await tx.merges.of_case(case)
    if merge is None:
        raise RuleBroken("merge.none")
    one, other = await _both(tx, by, Action.UNDO_MERGE, merge.from_case, merge.into_case, now=now)
    await tx.merges.save_undone(merging.undo(merge, by=by.id, now=now))
    apart = await tx.cases.save(merging.apart(one))
    await tx.subjects.merge(one.subject, into=None)
    await tx.subjects.reindex(other.subject)
    await tx.subjects.reindex(one.subject)
    await _record(tx, "case.unmerge", apart, other, by=by, now=now)
    return apart, other


async def read_sides(tx: Transaction, asked: Countersign, *, by: Person, now: datetime) -> Sides:
    """Read who the two cases are about, for whoever asked or is asked to agree.

    :raises RuleBroken: `case.not_found`
    """
    action = Action.MERGE if asked.asked_by == by.id else Action.AGREE_MERGE
    one, other = await _both(tx, by, action, asked.about, UUID(asked.terms[INTO]), now=now)
    written = await tx.records.find(UUID(asked.terms[RECORD]))
    reason = "" if written is None else str(written.content.get("reason") or "")
    return Sides(
        one=one,
        into=other,
        people=(await _who(tx, one, by=by), await _who(tx, other, by=by)),
        reason=reason,
    )


async def _both(
    tx: Transaction, by: Person, action: Action, case: UUID, into: UUID, *, now: datetime
) -> tuple[Case, Case]:
    """Find both cases for somebody who may do this with both; in one order, whoever asks."""
    first, second = sorted((case, into))
    found: dict[UUID, Case] = {}
    for each in (first, second):
        found[each], _, _ = await permit.case(tx, by, action, each, now=now)
    return found[case], found[into]


async def _must_be_one_person(tx: Transaction, one: Case, other: Case) -> None:
    for subject in sorted((one.subject, other.subject)):
        await tx.subjects.hold(subject)
    others = await tx.cases.of_subjects([one.subject, other.subject])
    merging.must_be_mergeable(one, other, others=others)
    if not may_be_same(await _who(tx, one), await _who(tx, other)):
        raise RuleBroken("merge.two_numbers")


async def _who(tx: Transaction, case: Case, *, by: Person | None = None) -> Identity:
    """Read who a case is about: to compare, or with `by` to show it to them."""
    kinds = [RecordKind.IDENTITY, RecordKind.CPR]
    classes = [DataClass.IDENTITY] if by else [DataClass.IDENTITY, DataClass.CPR]
    read = await tx.records.read([case.id], classes, kinds=kinds)
    seen = as_seen(read, by.authority) if by else read
    return Identity.of({record.data_class: record.content for record in seen})


async def _record(
    tx: Transaction, action: str, one: Case, other: Case, *, by: Person, now: datetime
) -> None:
    for case, result in ((one, other.reference), (other, one.reference)):
        await tx.audit.record(
            at=now,
            actor=by.id,
            action=action,
            about=str(case.id),
            result=result,
            purpose=Purpose.CRIME_PREVENTION,
        )
