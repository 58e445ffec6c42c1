"""Count coordinations and levels for statistics, as they happen (STAT-2)."""

from datetime import datetime

from domain.cases import Case
from domain.dates import local_date
from domain.facts import FactKind
from domain.people import Person
from storage.database import Transaction
from usecases.note_fact import note_fact


async def counted(
    tx: Transaction,
    before: Case,
    after: Case,
    *,
    coordinated: bool = False,
    by: Person,
    now: datetime,
) -> Case:
    """Note what has become of a case in one step, and give it back as it is then."""
    if after.level != before.level:
        await note_fact(tx, FactKind.LEVEL_SET, after, by=by, now=now)
    if coordinated:
        await note_fact(tx, FactKind.COORDINATED, after, by=by, now=now)
    if coordinated and before.coordinated_at is None:
        days = await _days_waited(tx, after, now=now)
        await note_fact(tx, FactKind.COORDINATED_FIRST, after, by=by, value=days, now=now)
    return after


async def _days_waited(tx: Transaction, case: Case, *, now: datetime) -> int:
    """Count the days since the first concern that led to the case."""
    heard = [each.submitted_at for each in await tx.concerns.in_cases([case.id])]
    return (local_date(now) - local_date(min(heard, default=case.opened_at))).days
