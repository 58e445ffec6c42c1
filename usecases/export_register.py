"""Have the register written as files, to correct it and load it again."""

from datetime import datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.exports import Export, ExportKind
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction
from domain.people import Organisation, Person
from storage.database import Transaction
from usecases.permit_office import permit_office
from usecases.read_register import read_register


async def ask_for_register(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> None:
    """Ask for the register as files.

    :param id: the export's; asked again under the same id, it is made once.
    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.SEE_REGISTER)
    await tx.exports.ask(
        Export(id=id, kind=ExportKind.REGISTER, about=id, reason=id, by=by.id, at=now)
    )


async def register_for(tx: Transaction, export: Export, *, now: datetime) -> Organisation | None:
    """Read the register for who asked for it; None if they may not see it any more."""
    by = await tx.people.get(export.by)
    try:
        await permit_office(tx, by, OfficeAction.SEE_REGISTER)
    except RuleBroken:
        return None
    await tx.audit.record(
        at=now,
        actor=by.id,
        action="register.export",
        about="organisation",
        result="ok",
        purpose=ADMINISTRATION,
    )
    return await read_register(tx)
