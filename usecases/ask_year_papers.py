"""Ask for the year's plan on paper and as a calendar file; it is laid where documents are laid."""

from datetime import datetime
from uuid import UUID, uuid5

from domain.exports import Export, ExportKind
from domain.gates import ADMINISTRATION
from domain.meeting_years import year_id
from domain.office_actions import OfficeAction
from domain.people import Person
from storage.database import Transaction
from usecases.permit_office import permit_office


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
        about=year_id(year),
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
        purpose=ADMINISTRATION,
    )
    return export
