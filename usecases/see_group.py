"""See a concern group: its general part, and the members that are this person's to see (GRP-6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.access import Action, can
from domain.concern_groups import ConcernGroup, Member, MemberRole, label
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.group_sight import Part, Sight, members_seen, sight
from domain.matters import Matter
from domain.people import Person, PersonId
from domain.records import Record, RecordKind
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A member as somebody who may see them reads it."""

    member: Member
    name: str = field(repr=False)
    born: date | None = field(repr=False)
    role: MemberRole  # as far as it still counts
    source: str = field(repr=False)
    noted_on: date | None
    measures: tuple[str, ...] = field(repr=False)
    assessed: Mapping[str, str] | None = field(repr=False)
    kept: bool  # they write about this member


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The members of a group: first their names alone, and once that is answered the rest.

    `asked` are those of whom the person has not said yet that they are not near (INH-2).
    """

    looked: Looked
    asked: Sequence[tuple[Member, str]] = field(default=(), repr=False)
    seen: Sequence[Seen] = field(default=(), repr=False)


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

    :raises RuleBroken: `group.not_found`, whatever the reason.
    """
    member = await tx.groups.hold_member(id)
    if member is None:
        raise RuleBroken("group.not_found", about=str(id))
    try:
        looked = await look(
            tx, id=member.concern_group, by=by, action=action, result=result, now=now
        )
    except RuleBroken:
        raise RuleBroken("group.not_found", about=str(id)) from None
    if member not in looked.members:
        raise RuleBroken("group.not_found", about=str(id))
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


async def list_members(
    tx: Transaction, *, id: UUID, by: Person, only: UUID | None = None, now: datetime
) -> Listed:
    """Read the members somebody may see, or nothing but names until they have answered.

    Everybody whose name or words are shown is on record, one by one (SEC-1).

    :param only: reads no other member than this one.
    :raises RuleBroken: `group.not_found`, also where no member is theirs to see.
    """
    looked = await look(tx, id=id, by=by, now=now)
    if Part.MEMBERS not in looked.sight.parts:
        raise RuleBroken("group.not_found", about=str(id))
    listed = [each for each in looked.members if only in {None, each.id}]
    unasked = [each for each in listed if not await is_cleared(tx, each, by.id)]
    shown, result = (unasked, "asked") if unasked else (listed, "ok")
    for member in shown:
        await _on_record(tx, "open", member.id, by=by, result=result, now=now)
    records = await _records_of(tx, shown)
    if unasked:
        return Listed(looked=looked, asked=[(each, name_in(records[each.id])) for each in unasked])
    return Listed(
        looked=looked,
        seen=[_seen(each, records[each.id], looked, now=now) for each in listed],
    )


async def clear_members(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Listed:
    """Take the answer that somebody is near to none of those whose names they were shown.

    :param seen: the version they were shown; one with other names in it is asked again.
    :raises RuleBroken: `group.moved_on`.
    """
    looked = await look(tx, id=id, by=by, now=now)
    if looked.group.version != seen:
        raise RuleBroken("group.moved_on")
    for member in looked.members:
        if not await is_cleared(tx, member, by.id):
            await tx.relations.set_cleared(member.id, by.id)
            await _on_record(tx, "clear", member.id, by=by, now=now)
    return await list_members(tx, id=id, by=by, now=now)


async def numbered_member(
    tx: Transaction, *, id: UUID, number: int, by: Person, now: datetime
) -> Member:
    """Find a member by their number in the list this person sees.

    :raises RuleBroken: `group.not_found`, or `group.no_such_number`.
    """
    looked = await look(tx, id=id, by=by, now=now)
    listed = dict(enumerate(looked.members, start=1))
    if number not in listed:
        raise RuleBroken("group.no_such_number")
    return listed[number]


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


async def is_cleared(tx: Transaction, member: Member, person: PersonId) -> bool:
    """Say whether somebody has answered that they are not near to a member (INH-2)."""
    return await tx.relations.cleared(member.id, person)


async def names_of(tx: Transaction, members: Sequence[Member]) -> list[str]:
    """Open the names of members, to look that a text holds none of them."""
    records = await _records_of(tx, members)
    return [name_in(records[each.id]) for each in members]


def name_in(records: Sequence[Record]) -> str:
    return str(_latest(records, RecordKind.MEMBER).get("name", ""))


async def _records_of(tx: Transaction, members: Sequence[Member]) -> dict[UUID, list[Record]]:
    found = await tx.records.read([each.id for each in members], {DataClass.SCREENING})
    return {each.id: [one for one in found if one.matter == each.id] for each in members}


def _seen(member: Member, records: Sequence[Record], looked: Looked, *, now: datetime) -> Seen:
    who = _latest(records, RecordKind.MEMBER)
    told = _latest(records, RecordKind.LABEL)
    assessed = _latest(records, RecordKind.VIEW)
    role = label(member, now)
    counts = role is member.role
    return Seen(
        member=member,
        name=str(who.get("name", "")),
        born=_day(who.get("born")),
        role=role,
        source=str(told.get("source", "")) if counts else "",
        noted_on=_day(told.get("noted_on")) if counts else None,
        measures=tuple(
            str(each.content.get("what", ""))
            for each in records
            if each.kind is RecordKind.MEASURE
        ),
        assessed={key: str(value) for key, value in assessed.items()} if assessed else None,
        kept=looked.sight.keeps(member),
    )


def _latest(records: Sequence[Record], kind: RecordKind) -> Mapping[str, object]:
    found = [each.content for each in records if each.kind is kind]
    return found[-1] if found else {}


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


async def _on_record(
    tx: Transaction, what: str, id: UUID, *, by: Person, result: str = "ok", now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=f"member.{what}",
        about=str(id),
        result=result,
        purpose=Purpose.CRIME_PREVENTION,
    )
