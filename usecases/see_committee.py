"""See the committees: which there are, who sits in one of them, and since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.errors import RuleBroken
from domain.office_actions import OfficeAction, may
from domain.people import (
    Committee,
    CommitteeCode,
    Institution,
    Membership,
    Person,
    PersonId,
    committee_id,
)
from domain.representation import Gap, RequiredSlot, gaps, required_slots
from domain.seating import SeatChange
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_office import permit_office
from usecases.read_register import read_register

MOST_CHANGES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """A committee: what it asks for, and who sits there now."""

    committee: Committee
    required: Sequence[RequiredSlot]
    members: Sequence[tuple[Membership, Person]]
    gaps: Sequence[Gap]
    institutions: Sequence[Institution]


async def see_committees(
    tx: Transaction, *, by: Person
) -> tuple[list[Committee], Mapping[CommitteeCode, int]]:
    """List every committee, and how many people each lacks.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.SEE_REGISTER)
    organisation = await read_register(tx)
    missing: dict[CommitteeCode, int] = {}
    for gap in gaps(organisation):
        missing[gap.committee] = missing.get(gap.committee, 0) + gap.missing
    return list(organisation.committees), missing


async def find_committees(tx: Transaction, *, named: str, by: Person) -> list[Committee]:
    """List the committees meant by a typed code or part of a name; a code means one alone.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.SEE_REGISTER)
    said = named.casefold().split()
    every = await tx.organisation.committees()
    coded = [each for each in every if [each.code.casefold()] == said]
    return coded or [each for each in every if all(word in each.name.casefold() for word in said)]


async def look_at(tx: Transaction, *, id: UUID, by: Person) -> Committee:
    """Find a committee by the id its buttons carry.

    :raises RuleBroken: `committee.not_found`, the same whether there is none or whoever asks is
        not in the Secretariat (AC-CARD-02).
    """
    every = {committee_id(each.code): each for each in await tx.organisation.committees()}
    if id not in every or not may(await actor_of(tx, by), OfficeAction.SEE_REGISTER):
        raise RuleBroken("committee.not_found", about=str(id))
    return every[id]


async def see_committee(tx: Transaction, *, id: UUID, by: Person) -> Seating:
    """Show a committee's slots, who sits in them, and what is missing.

    :raises RuleBroken: as `look_at`.
    """
    committee = await look_at(tx, id=id, by=by)
    register = await read_register(tx)
    return Seating(
        committee=committee,
        required=required_slots(committee, register.institutions),
        members=await tx.organisation.members(committee.code),
        gaps=[gap for gap in gaps(register) if gap.committee == committee.code],
        institutions=[each for each in register.institutions if each.area in committee.areas],
    )


async def see_history(
    tx: Transaction, *, id: UUID, by: Person
) -> tuple[Committee, list[SeatChange], Mapping[PersonId, Person]]:
    """Show who was given a seat and who lost one, the latest first, and who these people are.

    :raises RuleBroken: as `look_at`.
    """
    committee = await look_at(tx, id=id, by=by)
    changes = await tx.seat_history.of_committee(committee.code, at_most=MOST_CHANGES)
    named = {each.person for each in changes} | {each.by for each in changes if each.by}
    return committee, changes, await tx.people.of_ids(named)
