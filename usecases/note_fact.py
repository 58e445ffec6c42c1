"""Note a fact for statistics, with nothing of whom it is about (STAT-2, STAT-4)."""

from datetime import datetime

from domain.cases import Case
from domain.dates import local_date
from domain.facts import FactKind
from domain.people import Person
from storage.database import Transaction
from usecases.birth_dates import birth_date


async def note_fact(
    tx: Transaction,
    kind: FactKind,
    case: Case,
    *,
    by: Person | None,
    detail: str | None = None,
    value: int | None = None,
    now: datetime,
) -> None:
    """Note what happened to a case, as it is after the event, in the same transaction.

    :param by: who did it; only their authority is noted.
    """
    await tx.facts.note(
        kind,
        on=local_date(now),
        born=await birth_date(tx, case),
        case=case.id,
        area=case.area,
        level=case.level,
        authority=by.authority if by else None,
        detail=detail,
        value=value,
    )
