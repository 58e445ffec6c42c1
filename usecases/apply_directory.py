"""Carry out one difference that was agreed to: who left loses what they had at once (APP-2)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.appointments import Holding, Post
from domain.directory import CORRECTING, Difference, DifferenceKind
from domain.directory_changes import Decision
from domain.gates import ADMINISTRATION
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.appoint import carry_out


async def apply_difference(tx: Transaction, *, id: UUID, now: datetime) -> None:
    """Make the register what Entra says, if it is still otherwise; twice is no harm.

    What somebody had who left goes on to others, as when a data steward takes it (ROLE-03).
    """
    found = await tx.directory.hold(id)
    if found is None or found.decision is not Decision.AGREED:
        return
    difference = found.difference
    if difference.person is not None:
        person = await tx.people.get(difference.person)
        if not person.active:
            pass
        elif difference.kind in CORRECTING:
            await _correct(tx, person, difference, by=found.decided_by, now=now)
        else:
            await _end(tx, person, difference, by=found.decided_by, now=now)
    await tx.directory.carried_out(id)


async def _end(
    tx: Transaction, person: Person, difference: Difference, *, by: PersonId | None, now: datetime
) -> None:
    if difference.kind is not DifferenceKind.LEFT_GROUP:
        leaves = Post(holding=Holding.REGISTER)
        await carry_out(tx, person, leaves, given=False, by=by, now=now)
        return
    seats = await tx.organisation.memberships_of(person.id)
    held = {(each.committee, each.seat) for each in seats}
    for committee, seat in sorted(held):
        if committee in difference.committees:
            post = Post(holding=Holding.SEAT, committee=committee, seat=seat)
            await carry_out(tx, person, post, given=False, by=by, now=now)


async def _correct(
    tx: Transaction, person: Person, difference: Difference, *, by: PersonId | None, now: datetime
) -> None:
    """Correct a name or an address, unless somebody has corrected it here meanwhile."""
    renamed = difference.kind is DifferenceKind.RENAMED
    if difference.was != (person.name if renamed else person.email):
        return
    corrected = (
        replace(person, name=difference.becomes)
        if renamed
        else replace(person, email=difference.becomes)
    )
    await tx.people.describe(corrected)
    await tx.audit.record(
        at=now,
        actor=by,
        action="register.correct_colleague",
        about=person.id,
        result="ok",
        purpose=ADMINISTRATION,
    )
