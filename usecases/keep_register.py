"""Keep the register: new colleagues and what is known of them, schools and leisure centres.

What somebody may do is no part of it: seats, offices and §115 cover are given on a leader's
word (usecases/appoint.py).
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Authority, Committee, CommitteeType, Institution, Person, PersonId
from storage.database import Transaction
from usecases import see_committee
from usecases.permit import actor_of
from usecases.permit_office import permit_office


async def enter_colleague(
    tx: Transaction,
    *,
    id: UUID,
    aad_id: UUID,
    name: str,
    authority: Authority,
    function: str,
    email: str,
    phone: str,
    by: Person,
    now: datetime,
) -> Person:
    """Take somebody into the register, or back into it: without a seat, an office or cover.

    :param id: of a new person; who has been there before keeps the one they had.
    :raises RuleBroken: `office.secretariat_only`; `colleague.known` for who is there already.
    """
    await permit_office(tx, by, OfficeAction.KEEP_REGISTER)
    found = await tx.people.of_aad(str(aad_id))
    if found is not None and found.active:
        raise RuleBroken("colleague.known")
    person = Person(
        id=found.id if found else PersonId(str(id)),
        aad_id=str(aad_id),
        name=name,
        authority=authority,
        function=function,
        email=email,
        phone=phone,
    )
    if found is None:
        await tx.people.add(person)
    else:
        await tx.people.save(person)
        await tx.people.describe(person)
    await _record(tx, "register.enter_colleague", person.id, by=by, now=now)
    return person


async def correct_colleague(
    tx: Transaction,
    *,
    aad_id: UUID,
    function: str,
    email: str,
    phone: str,
    by: Person,
    now: datetime,
) -> Person:
    """Correct what is known of a colleague; their authority and their seats stay.

    :raises RuleBroken: `colleague.not_found`, the same whether there is nobody of that id or
        whoever asks is no data steward (AC-CARD-02).
    """
    person = await colleague(tx, aad_id=aad_id, by=by)
    corrected = replace(person, function=function, email=email, phone=phone)
    await tx.people.describe(corrected)
    await _record(tx, "register.correct_colleague", person.id, by=by, now=now)
    return corrected


async def colleague(tx: Transaction, *, aad_id: UUID, by: Person) -> Person:
    """Find somebody active, to correct what is known of them.

    :raises RuleBroken: as `correct_colleague`.
    """
    found = await tx.people.of_aad(str(aad_id))
    keeps = may(await actor_of(tx, by), OfficeAction.KEEP_REGISTER)
    if found is None or not found.active or not keeps:
        raise RuleBroken("colleague.not_found", about=str(aad_id))
    return found


async def local_committee(tx: Transaction, *, id: UUID, by: Person) -> Committee:
    """Find the local committee whose schools and leisure centres somebody keeps.

    :raises RuleBroken: `committee.not_found`, also for a committee of another kind.
    """
    committee = await see_committee.look_at(tx, id=id, by=by)
    keeps = may(await actor_of(tx, by), OfficeAction.KEEP_REGISTER)
    if committee.type is not CommitteeType.LOCAL or not committee.areas or not keeps:
        raise RuleBroken("committee.not_found", about=str(id))
    return committee


async def places_of(tx: Transaction, committee: Committee) -> list[Institution]:
    """List the schools and leisure centres of a local committee's area."""
    return await tx.organisation.institutions(committee.areas[0])


async def add_place(
    tx: Transaction, *, id: UUID, kind: str, name: str, by: Person, now: datetime
) -> Institution:
    """Add a school or leisure centre: its local committee now lacks somebody for it (LU.3, LU.4).

    :raises RuleBroken: as `local_committee`; `place.known`.
    """
    committee = await local_committee(tx, id=id, by=by)
    place = Institution(area=committee.areas[0], name=name, kind=kind)
    await _must_be_new(tx, committee, place)
    await tx.organisation.add_institution(place)
    await _record(tx, "register.add_place", place.area, by=by, now=now)
    return place


async def rename_place(
    tx: Transaction, *, id: UUID, place: Institution, name: str, by: Person, now: datetime
) -> Institution:
    """Give a school or leisure centre its new name.

    :raises RuleBroken: as `local_committee`; `place.gone`, `place.known`.
    """
    committee = await local_committee(tx, id=id, by=by)
    await _must_be_there(tx, committee, place)
    renamed = replace(place, name=name)
    await _must_be_new(tx, committee, renamed)
    await tx.organisation.drop_institution(place)
    await tx.organisation.add_institution(renamed)
    await _record(tx, "register.rename_place", place.area, by=by, now=now)
    return renamed


async def drop_place(
    tx: Transaction, *, id: UUID, place: Institution, by: Person, now: datetime
) -> None:
    """Take out a school or leisure centre that is no more; nobody loses a seat by it.

    :raises RuleBroken: as `local_committee`; `place.gone`.
    """
    committee = await local_committee(tx, id=id, by=by)
    await _must_be_there(tx, committee, place)
    await tx.organisation.drop_institution(place)
    await _record(tx, "register.drop_place", place.area, by=by, now=now)


async def _must_be_new(tx: Transaction, committee: Committee, place: Institution) -> None:
    named = {(each.kind, each.name.casefold()) for each in await places_of(tx, committee)}
    if (place.kind, place.name.casefold()) in named:
        raise RuleBroken("place.known")


async def _must_be_there(tx: Transaction, committee: Committee, place: Institution) -> None:
    if place not in await places_of(tx, committee):
        raise RuleBroken("place.gone")


async def _record(tx: Transaction, action: str, about: str, *, by: Person, now: datetime) -> None:
    await tx.audit.record(
        at=now, actor=by.id, action=action, about=about, result="ok", purpose=ADMINISTRATION
    )
