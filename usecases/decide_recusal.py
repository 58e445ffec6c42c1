"""Decide whether somebody who was barred stays barred (domain.md INH-2, INH-5)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.journal import Note
from domain.matters import Matter
from domain.notices import Notice, NoticeKind
from domain.people import Person
from domain.records import Record, RecordKind
from domain.recusals import Recusal, must_be_anothers
from storage.database import Transaction
from usecases import permit
from usecases.any_matter import any_matter


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDecide:
    """A recusal that waits for a decision, and the matter it bars somebody from."""

    recusal: Recusal
    matter: Matter
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """A recusal as somebody who decides about it reads it."""

    waits: ToDecide
    person: Person
    said_by: Person
    reason: str = field(repr=False)


async def recusals_to_decide(
    tx: Transaction, *, by: Person, about: UUID | None = None, now: datetime
) -> list[ToDecide]:
    """List what waits for this person's decision; of one matter, also what was decided before."""
    actor = await permit.actor_of(tx, by)
    wanted = set(await tx.matters.about_same_person(about)) if about is not None else None
    waiting = [
        ToDecide(recusal=recusal, matter=found.matter, version=found.version)
        for recusal in await tx.relations.barring()
        if recusal.person != by.id
        and (not recusal.upheld if wanted is None else recusal.matter in wanted)
        and (found := await any_matter(tx, recusal.matter, now=now)) is not None
    ]
    return [each for each in waiting if can(actor, Action.DECIDE_RECUSAL, each.matter)]


async def read_recusal(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Reasoned:
    """Read why somebody is barred; not a word of the matter itself.

    :raises RuleBroken: `recusal.not_found`, the same whether it is missing or not theirs to
        decide.
    """
    waits, key = await _found(tx, id=id, by=by, now=now)
    recusal = waits.recusal
    await _audited(tx, waits.matter, by=by, result="read", now=now)
    reason = await tx.relations.recusal_reason(recusal.matter, recusal.person, key=key)
    return Reasoned(
        waits=waits,
        person=await tx.people.get(recusal.person),
        said_by=await tx.people.get(waits.recusal.by),
        reason=reason or "",
    )


async def decide_recusal(
    tx: Transaction,
    *,
    record: UUID,
    id: UUID,
    lifts: bool,
    reason: str,
    by: Person,
    now: datetime,
) -> Matter:
    """Keep somebody barred, or let them in again; they are told which.

    Lifted, they get no duty back: that is given to them anew.

    :param record: the id of the decision; asked again under the same id, it is made once.
    :raises RuleBroken: `recusal.not_found`, `recusal.own_word`, `recusal.no_reason`.
    """
    waits, key = await _found(tx, id=id, by=by, now=now)
    matter, person = waits.recusal.matter, waits.recusal.person
    must_be_anothers(waits.recusal, decider=by.id, lifts=lifts)
    if not reason.strip():
        raise RuleBroken("recusal.no_reason")
    decide = tx.relations.lift if lifts else tx.relations.uphold
    if not await decide(matter, person, by=by.id, at=now):
        raise RuleBroken("recusal.not_found", about=str(id))
    await tx.records.add(
        Record(
            id=record,
            matter=matter,
            key=key,
            kind=RecordKind.RECUSAL,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content={
                "person": person,
                "decision": "lifted" if lifts else "upheld",
                "reason": reason.strip(),
            },
        )
    )
    note = Note.RECUSAL_LIFTED if lifts else Note.RECUSAL_UPHELD
    await tx.journal.note(note, matter=matter, source=record, by=by.id, at=now)
    await _audited(tx, waits.matter, by=by, result="lifted" if lifts else "upheld", now=now)
    await tx.outbox.add(
        [Notice(kind=NoticeKind.RECUSAL_DECIDED, about=record, due_at=now, person=person)]
    )
    return waits.matter


async def was_lifted(
    tx: Transaction, record: UUID, *, now: datetime
) -> tuple[Matter, bool] | None:
    """Say what was decided, and about which matter, for whom it was about; not why."""
    decision = await tx.records.find(record)
    found = await any_matter(tx, decision.matter, now=now) if decision else None
    if decision is None or found is None:
        return None
    return found.matter, decision.content["decision"] == "lifted"


async def _found(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> tuple[ToDecide, str]:
    recusal = next((each for each in await tx.relations.barring() if each.id == id), None)
    found = await any_matter(tx, recusal.matter, now=now) if recusal else None
    actor = await permit.actor_of(tx, by)
    if recusal is None or found is None:
        raise RuleBroken("recusal.not_found", about=str(id))
    if not can(actor, Action.DECIDE_RECUSAL, found.matter):  # nor are those who are barred
        raise RuleBroken("recusal.not_found", about=str(id))
    return ToDecide(recusal=recusal, matter=found.matter, version=found.version), found.key


async def _audited(
    tx: Transaction, matter: Matter, *, by: Person, result: str, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=f"{matter.kind}.{Action.DECIDE_RECUSAL}",
        about=str(matter.id),
        result=result,
        purpose=Purpose.CRIME_PREVENTION,
    )
