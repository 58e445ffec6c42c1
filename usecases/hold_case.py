"""A legal hold: while it lasts, nothing of a case may be deleted (AC-DATA-01)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.cases import Case
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import Person
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit


async def set_hold(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    held: bool,
    reason: str,
    by: Person,
    now: datetime,
) -> Case:
    """Put a case under legal hold, or lift it, with a reason.

    :param id: the record's; pressing twice makes one.
    :param seen: the version the person acts on (AC-CARD-04).
    :raises RuleBroken: `case.not_found`, `case.moved_on`, `hold.already`, `hold.no_reason`.
    """
    found, _, _ = await permit.case(
        tx, by, Action.HOLD, case, result="held" if held else "lifted", now=now
    )
    if found.held == held:
        raise RuleBroken("hold.already" if held else "hold.none")
    if not reason.strip():
        raise RuleBroken("hold.no_reason")
    saved = await tx.cases.save(replace(found, held=held, version=seen))
    await tx.retention.agree(saved.id, countersign=None)
    await tx.records.add(
        Record(
            id=id,
            matter=saved.id,
            key=str(saved.subject),
            kind=RecordKind.HOLD,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content={"held": held, "reason": reason.strip()},
        )
    )
    return saved
