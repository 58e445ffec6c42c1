"""Note that a colleague is away who cannot do it here, as the Secretariat may (BER-28)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.absences import Absence
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Person
from storage.database import Transaction
from usecases.be_absent import absences_of, be_absent, be_back
from usecases.permit import actor_of
from usecases.permit_office import permit_office


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A colleague, and when they are noted as away."""

    person: Person
    noted: Sequence[Absence]


async def find_colleagues(tx: Transaction, *, named: str, by: Person) -> list[Person]:
    """List who is meant by a typed name.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.NOTE_ABSENCE)
    return await tx.people.named(named)


async def absence_of(tx: Transaction, *, aad_id: UUID, by: Person, now: datetime) -> Away:
    """Find a colleague, and when they are away.

    :raises RuleBroken: `colleague.not_found`, the same whether there is nobody active of that
        id or whoever asks is not the Secretariat (AC-CARD-02).
    """
    person = await _colleague(tx, aad_id=aad_id, by=by)
    return Away(person=person, noted=await absences_of(tx, person, now=now))


async def note_absence(
    tx: Transaction,
    *,
    id: UUID,
    aad_id: UUID,
    from_on: date,
    to_on: date,
    by: Person,
    mail: bool,
    now: datetime,
) -> Away:
    """Note an absence as if they had done it themselves; it is on record who did.

    :param mail: whether there is e-mail as a second channel.
    :raises RuleBroken: as `absence_of` and `be_absent` do.
    """
    person = await _colleague(tx, aad_id=aad_id, by=by)
    absence = Absence(id=id, person=person.id, from_on=from_on, to_on=to_on, noted_at=now)
    await be_absent(tx, absence, by=person, mail=mail)
    await _record(tx, "absence.note_absence", person, by=by, now=now)
    return Away(person=person, noted=await absences_of(tx, person, now=now))


async def end_absence(tx: Transaction, *, aad_id: UUID, by: Person, now: datetime) -> Away:
    """Note that a colleague is back.

    :raises RuleBroken: as `absence_of` does.
    """
    person = await _colleague(tx, aad_id=aad_id, by=by)
    if await be_back(tx, person, now=now):
        await _record(tx, "absence.end_absence", person, by=by, now=now)
    return Away(person=person, noted=())


async def _colleague(tx: Transaction, *, aad_id: UUID, by: Person) -> Person:
    found = await tx.people.of_aad(str(aad_id))
    notes = may(await actor_of(tx, by), OfficeAction.NOTE_ABSENCE)
    if found is None or not found.active or not notes:
        raise RuleBroken("colleague.not_found", about=str(aad_id))
    return found


async def _record(
    tx: Transaction, action: str, person: Person, *, by: Person, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=action,
        about=person.id,
        result="ok",
        purpose=ADMINISTRATION,
    )
