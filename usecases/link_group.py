"""Say which Entra group has the members of a committee, or that there is none (APP-2)."""

from datetime import datetime
from uuid import UUID

from domain.directory_changes import GroupLink
from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Committee, Person
from storage.database import Transaction
from usecases import see_committee
from usecases.permit import actor_of


async def to_link(tx: Transaction, *, id: UUID, by: Person) -> tuple[Committee, GroupLink | None]:
    """Find the committee whose group a data steward chooses, and the one it has.

    :raises RuleBroken: `committee.not_found`, also for who is no data steward (AC-CARD-02).
    """
    committee = await see_committee.look_at(tx, id=id, by=by)
    if not may(await actor_of(tx, by), OfficeAction.KEEP_REGISTER):
        raise RuleBroken("committee.not_found", about=str(id))
    links = {each.committee: each for each in await tx.directory.links()}
    return committee, links.get(committee.code)


async def link_group(
    tx: Transaction, *, id: UUID, group: UUID, by: Person, now: datetime
) -> Committee:
    """Let a committee have this group, and ask Entra at once who is in it.

    :raises RuleBroken: as `to_link`; `directory.group_taken` when another committee has it.
    """
    committee, had = await to_link(tx, id=id, by=by)
    named = str(group)
    links = await tx.directory.links()
    if any(each.group == named and each.committee != committee.code for each in links):
        raise RuleBroken("directory.group_taken")
    if had is None or had.group != named:
        await tx.directory.link(committee.code, named, by=by.id, now=now)
        await _record(tx, "link_group", committee, by=by, now=now)
    await tx.directory.ask(by=by.id, now=now)
    return committee


async def unlink_group(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Committee:
    """Let a committee have no group; nobody loses a seat by it.

    :raises RuleBroken: as `to_link`; `directory.no_group`.
    """
    committee, had = await to_link(tx, id=id, by=by)
    if had is None:
        raise RuleBroken("directory.no_group")
    await tx.directory.unlink(committee.code)
    await _record(tx, "unlink_group", committee, by=by, now=now)
    await tx.directory.ask(by=by.id, now=now)
    return committee


async def _record(
    tx: Transaction, action: str, committee: Committee, *, by: Person, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=f"register.{action}",
        about=committee.code,
        result="ok",
        purpose=ADMINISTRATION,
    )
