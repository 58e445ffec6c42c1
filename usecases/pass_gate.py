"""Judge by §115 whether somebody may be told, and keep the judgement (domain.md S115-8)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

from domain.data_classes import DataClass
from domain.gates import GATE_VERSION, Judged, Purpose
from domain.journal import Note
from domain.matters import Matter
from domain.people import Person, PersonId
from domain.records import Record, RecordKind
from storage.database import Transaction


async def pass_gate(
    tx: Transaction,
    *,
    id: UUID,
    matter: Matter,
    key: str,
    judged: Judged,
    recipients: Collection[PersonId],
    task: str = "",
    by: Person,
    now: datetime,
) -> bool:
    """Record the judgement under this id; False where a condition failed and nobody may be told.

    Whoever is named for something sensitive may read that from now on, as far as they may
    read the matter at all (S115-3).

    :param key: the data key of the matter.
    :param task: what the recipients are to do with it (S115-11).
    :raises RuleBroken: as `domain.gates.Gate` does, where the conditions hold.
    """
    is_open = not judged.failed
    if is_open:
        judged.opens_to(recipients, by=by.id, at=now, task=task)
    await tx.records.add(
        Record(
            id=id,
            matter=matter.id,
            key=key,
            kind=RecordKind.GATE,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content={
                "gate_version": GATE_VERSION,
                "purpose": Purpose.CRIME_PREVENTION,
                "failed": list(judged.failed),
                "reason": judged.reason,
                "recipients": sorted(recipients),
                "task": task.strip(),
            },
        )
    )
    if judged.sensitive:
        await _keep_sensitive(tx, id, matter, key, judged, by=by, now=now)
    if judged.sensitive and is_open:
        await tx.gates.name(matter.id, recipients, at=now)
    note = Note.GATE_PASSED if is_open else Note.GATE_FAILED
    await tx.journal.note(note, matter=matter.id, source=id, by=by.id, at=now)
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="gate.pass",
        about=str(matter.id),
        result="ok" if is_open else "failed",
        purpose=Purpose.CRIME_PREVENTION,
    )
    return is_open


async def _keep_sensitive(
    tx: Transaction,
    gate: UUID,
    matter: Matter,
    key: str,
    judged: Judged,
    *,
    by: Person,
    now: datetime,
) -> None:
    """Keep what was sensitive, and why it is needed all the same, in a class of its own (D6)."""
    await tx.records.add(
        Record(
            id=uuid5(gate, "sensitive"),
            matter=matter.id,
            key=key,
            kind=RecordKind.GATE,
            data_class=DataClass.SENSITIVE,
            by=by.id,
            at=now,
            content={
                "gate": str(gate),
                "sensitive": sorted(judged.sensitive),
                "heightened_reason": judged.heightened_reason,
            },
        )
    )
