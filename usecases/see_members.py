"""See the members of a concern group: first names alone, and once that is answered the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.concern_groups import Member, MemberRole, label
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.people import Person, PersonId
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases.see_group import Looked, look_at_members


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


async def list_members(
    tx: Transaction, *, id: UUID, by: Person, only: UUID | None = None, now: datetime
) -> Listed:
    """Read the members somebody may see, or nothing but names until they have answered.

    Everybody whose name or words are shown is on record, one by one (SEC-1).

    :param only: reads no other member than this one.
    """
    looked = await look_at_members(tx, id=id, by=by, now=now)
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
    looked = await look_at_members(tx, id=id, by=by, now=now)
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
    looked = await look_at_members(tx, id=id, by=by, now=now)
    listed = dict(enumerate(looked.members, start=1))
    if number not in listed:
        raise RuleBroken("group.no_such_number")
    return listed[number]


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
