"""See what Entra says otherwise, and decide: carry it out, set it aside, or take somebody in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.directory import CORRECTING, ENDING, TO_ENTER
from domain.directory_changes import Decision, DirectoryState, Found, GroupLink
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Authority, Committee, Person
from storage.database import Transaction
from usecases.keep_register import enter_colleague
from usecases.permit import actor_of
from usecases.permit_office import permit_office


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectorySeen:
    """How the last reading went, what waits, and which committees have a group.

    :param keeps: whether who looks may decide.
    """

    state: DirectoryState
    waiting: Sequence[Found]
    agreed: int
    links: Sequence[GroupLink]
    committees: Sequence[Committee]
    keeps: bool


async def see_directory(tx: Transaction, *, by: Person) -> DirectorySeen:
    """Show the directory to the Secretariat.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.SEE_REGISTER)
    return DirectorySeen(
        state=await tx.directory.state(),
        waiting=await tx.directory.found(Decision.WAITING),
        agreed=(await tx.directory.count()).get(Decision.AGREED, 0),
        links=await tx.directory.links(),
        committees=await tx.organisation.committees(),
        keeps=may(await actor_of(tx, by), OfficeAction.KEEP_REGISTER),
    )


async def ask_directory_now(tx: Transaction, *, by: Person, now: datetime) -> None:
    """Ask for a reading within moments; nobody waits for it here.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.KEEP_REGISTER)
    await tx.directory.ask(by=by.id, now=now)


async def to_decide(tx: Transaction, *, by: Person, agree: bool) -> list[Found]:
    """List what somebody may decide about: nothing about themselves (APP-2).

    :param agree: only what can be carried out; otherwise all that can be set aside.
    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.KEEP_REGISTER)
    return [
        each
        for each in await tx.directory.found(Decision.WAITING)
        if each.difference.person != by.id
        and (not agree or each.difference.kind in ENDING | CORRECTING)
    ]


async def decide(
    tx: Transaction, ids: Collection[UUID], *, agree: bool, by: Person, now: datetime
) -> int:
    """Have these carried out, or set them aside; gives how many.

    What is carried out ends within the minute; each by itself, so that many hold up nobody.
    Entra is read once more before: what is right again by then is not carried out.

    :raises RuleBroken: `office.secretariat_only`; `directory.decided` when one of them no longer
        waits, or is about whoever decides.
    """
    waiting = {each.difference.id: each for each in await to_decide(tx, by=by, agree=agree)}
    if not waiting.keys() >= set(ids):
        raise RuleBroken("directory.decided")
    decision = Decision.AGREED if agree else Decision.SET_ASIDE
    await tx.directory.decide(sorted(ids), decision, by=by.id, now=now)
    if agree:
        await tx.directory.ask(by=by.id, now=now)
    for each in sorted(ids):
        difference = waiting[each].difference
        await tx.audit.record(
            at=now,
            actor=by.id,
            action=f"directory.{'take_difference' if agree else 'leave_difference'}",
            about=difference.person or difference.aad_id,
            result=difference.kind,
            purpose=ADMINISTRATION,
        )
    return len(set(ids))


async def to_enter(tx: Transaction, *, by: Person) -> Mapping[UUID, Found]:
    """List who is in a group and not in the register.

    :raises RuleBroken: `office.secretariat_only`
    """
    await permit_office(tx, by, OfficeAction.KEEP_REGISTER)
    return {
        each.difference.id: each
        for each in await tx.directory.found(Decision.WAITING)
        if each.difference.kind in TO_ENTER
    }


async def enter_found(
    tx: Transaction,
    *,
    id: UUID,
    found: UUID,
    authority: Authority,
    function: str,
    email: str,
    phone: str,
    by: Person,
    now: datetime,
) -> Person:
    """Take somebody whom Entra names into the register: without a seat, an office or cover.

    :param id: of a new person.
    :raises RuleBroken: as `to_enter` and `enter_colleague`; `directory.decided` when they no
        longer wait.
    """
    waiting = await to_enter(tx, by=by)
    if found not in waiting:
        raise RuleBroken("directory.decided")
    difference = waiting[found].difference
    person = await enter_colleague(
        tx,
        id=id,
        aad_id=UUID(difference.aad_id),
        name=difference.name,
        authority=authority,
        function=function,
        email=email,
        phone=phone,
        by=by,
        now=now,
    )
    await tx.directory.decide([found], Decision.DONE, by=by.id, now=now)
    return person
