"""Ask for the year's plan on paper and as a calendar file; it is laid where documents are laid."""

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from domain.exports import Export, ExportKind
from domain.office_actions import OfficeAction
from domain.people import Person
from storage.database import Transaction
from usecases.permit_office import permit_office

_YEARS = range(2020, 2061)


def paper_of(year: int) -> UUID:
    """Name what the document is about."""
    return uuid5(NAMESPACE_OID, f"year paper/{year}")


def year_on(paper: UUID) -> int:
    return next(year for year in _YEARS if paper_of(year) == paper)


async def ask_year_papers(
    tx: Transaction, *, id: UUID, year: int, by: Person, now: datetime
) -> Export:
    """Ask for it; what is in it is read when it is written.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.PLAN_YEAR)
    export = Export(
        id=id,
        kind=ExportKind.YEAR_PLAN,
        about=paper_of(year),
        reason=uuid5(id, "reason"),
        by=by.id,
        at=now,
    )
    await tx.exports.ask(export)
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="year.ask_papers",
        about=str(export.about),
        result="asked",
        purpose="administration",
    )
    return export
