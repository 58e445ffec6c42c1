"""Who can lead an effort, be its contact in a leader group, and decide it (EFF-1, EFF-6)."""

from collections.abc import Collection, Mapping

from domain.efforts import Effort, EffortKind
from domain.people import (
    AreaCode,
    CommitteeCode,
    CommitteeType,
    Office,
    Person,
    PersonId,
    Seat,
)
from storage.database import Transaction

_SEATED = frozenset({Seat.MEMBER, Seat.CHAIR})


async def leaders(tx: Transaction) -> dict[PersonId, CommitteeCode]:
    """Name who sits in a leader group, and in which."""
    committees = {each.code: each for each in await tx.organisation.committees()}
    return {
        each.person: each.committee
        for each in await tx.organisation.all_memberships()
        if each.seat in _SEATED
        and each.committee in committees
        and committees[each.committee].type is CommitteeType.LEADER
    }


async def deciders(tx: Transaction, effort: Effort) -> set[PersonId]:
    """Name whose seat or office it is to decide an effort (EFF-1)."""
    if effort.kind is EffortKind.LOCAL:
        members = await tx.organisation.members(effort.committee)
        return {person.id for seat, person in members if seat.seat in _SEATED}
    offices = (Office.SEK, Office.HEAD)
    return {each.id for office in offices for each in await tx.people.of_office(office)}


async def serves(
    tx: Transaction, code: CommitteeCode, areas: Collection[AreaCode], *, local: bool
) -> bool:
    """Whether a leader group can have an effort: all areas of a local one, one at least else."""
    own = {each.code: set(each.areas) for each in await tx.organisation.committees()}
    served = own.get(code, set()) & set(areas)
    return bool(served) and (not local or served == set(areas))


async def contacts(
    tx: Transaction, *, areas: Collection[AreaCode], local: bool
) -> Mapping[str, str]:
    """Offer the leaders of the areas, by name, function and group; all where none fits."""
    found = await leaders(tx)
    fit = {person for person, code in found.items() if await serves(tx, code, areas, local=local)}
    people = await tx.people.of_ids(list(fit or found))
    return {
        str(each.id): f"{each.name}, {each.function} ({found[each.id]})"
        for each in sorted(people.values(), key=lambda person: person.name)
        if each.active
    }


async def leads(tx: Transaction, person: Person) -> Mapping[str, str]:
    """Offer oneself, those one sits in a committee with, and the leaders."""
    codes = {each.committee for each in await tx.organisation.memberships_of(person.id)}
    near = {
        each.person
        for each in await tx.organisation.all_memberships()
        if each.committee in codes and each.seat in _SEATED | {Seat.FACILITATOR}
    }
    people = await tx.people.of_ids([*near, *await leaders(tx)])
    others = sorted(people.values(), key=lambda each: each.name)
    return {
        str(each.id): f"{each.name}, {each.function}" for each in (person, *others) if each.active
    }
