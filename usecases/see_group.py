"""See a concern group: its general part, and the members that are this person's to see (GRP-6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.access import Action, can
from domain.concern_groups import ConcernGroup, Member
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.group_sight import Part, Sight, members_seen, sight
from domain.matters import Matter
from domain.people import Person, PersonId
from domain.records import RecordKind
from domain.roles import Actor
from domain.screenings import Screening
from storage.database import Transaction
from usecases import permit


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A group, who looks at it, and the members they see; of the others there is no trace."""

    group: ConcernGroup
    matter: Matter
    actor: Actor
    sight: Sight
    members: Sequence[Member]

    def may(self, action: Action) -> bool:
        return can(self.actor, action, self.matter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The general part of a group, as this person may read it."""

    looked: Looked
    screening: Screening = field(repr=False)
    screened_on: date | None
    coordinates: bool  # who took part in the screening is theirs to know


async def look(
    tx: Transaction,
    *,
    id: UUID,
    by: Person,
    action: Action = Action.SEE_GROUP,
    result: str | None = None,
    now: datetime,
) -> Looked:
    """Find a group for somebody who may do this with it.

    Nobody else can change it before this transaction has ended.

    :param result: puts it on record with this result.
    :raises RuleBroken: `group.not_found`, the same whether it is missing or out of reach.
    """
    group = await tx.groups.hold(id)
    if group is None:
        raise RuleBroken("group.not_found", about=str(id))
    matter, actor = await permit.group(tx, by, action, id, result=result, now=now)
    seeing = sight(actor, matter)
    members = [each for each in await tx.groups.members(id) if each.left_at is None]
    barred = await barred_from(tx, members)
    return Looked(
        group=group,
        matter=matter,
        actor=actor,
        sight=seeing,
        members=members_seen(by.id, seeing, members, barred=barred),
    )


async def look_at_members(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Looked:
    """Find a group for somebody who sees members of it.

    :raises RuleBroken: `group.not_found`, also where only the general part is theirs.
    """
    looked = await look(tx, id=id, by=by, now=now)
    if Part.MEMBERS not in looked.sight.parts:
        raise RuleBroken("group.not_found", about=str(id))
    return looked


async def look_at_member(
    tx: Transaction,
    *,
    id: UUID,
    by: Person,
    action: Action = Action.SEE_GROUP,
    result: str | None = None,
    now: datetime,
) -> tuple[Member, Looked]:
    """Find a member for somebody who sees them, and may do this with the group.

    :raises RuleBroken: `member.not_found`, whatever the reason.
    """
    member = await tx.groups.hold_member(id)
    if member is None:
        raise RuleBroken("member.not_found", about=str(id))
    try:
        looked = await look(
            tx, id=member.concern_group, by=by, action=action, result=result, now=now
        )
    except RuleBroken:
        raise RuleBroken("member.not_found", about=str(id)) from None
    if member not in looked.members:
        raise RuleBroken("member.not_found", about=str(id))
    return member, looked


async def open_group(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Opened:
    """Read the general part of a group; it says nothing about one person."""
    looked = await look(tx, id=id, by=by, result="ok", now=now)
    return await latest_screening(tx, looked)


async def latest_screening(tx: Transaction, looked: Looked) -> Opened:
    """Read what the latest screening came to."""
    found = await tx.records.read(
        [looked.group.id], {DataClass.SCREENING}, kinds={RecordKind.SCREENING}
    )
    latest = found[-1] if found else None
    return Opened(
        looked=looked,
        screening=Screening.of(latest.content if latest else {}),
        screened_on=local_date(latest.at) if latest else None,
        coordinates=Part.WORKING in looked.sight.parts,
    )


async def list_groups(tx: Transaction, *, by: Person, now: datetime) -> list[ConcernGroup]:
    """List the running groups that somebody may open, by number alone."""
    actor = await permit.actor_of(tx, by)
    found: list[ConcernGroup] = []
    for group in await tx.groups.running():
        matter = await tx.matters.of_group(group.id, now=now)
        if matter is not None and can(actor, Action.SEE_GROUP, matter):
            found.append(group)
    return found


async def barred_from(
    tx: Transaction, members: Sequence[Member]
) -> dict[UUID, frozenset[PersonId]]:
    """Name who is recused from each member, or from any case or concern about them."""
    about: dict[UUID, list[UUID]] = {}
    for member in members:
        cases = await tx.cases.of_subject(member.subject) if member.subject else []
        matters = [each for case in cases for each in await tx.matters.about_same_person(case.id)]
        about[member.id] = [member.id, *matters]
    return await tx.relations.recused_from(about)
