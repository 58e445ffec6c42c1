"""Write about the members of a concern group, each behind a gate of their own (GRP-4 to GRP-6)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from domain import concern_groups as rules
from domain.access import Action
from domain.concern_groups import Member, MemberRole
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Judged
from domain.journal import Note
from domain.people import AreaCode, Person, PersonId, Seat
from domain.records import Record, RecordKind
from domain.roles import CASE_DUTY
from domain.screenings import Screening, check
from storage.database import Transaction
from usecases import permit
from usecases.keep_group import versioned
from usecases.leave_behind import leave_behind
from usecases.pass_gate import pass_gate
from usecases.see_group import Looked, look, look_at_member
from usecases.see_members import is_cleared
from usecases.share_member import gate_key


async def add_member(
    tx: Transaction,
    *,
    id: UUID,
    group: UUID,
    seen: int,
    by: Person,
    name: str,
    born: date | None,
    area: AreaCode,
    role: MemberRole,
    source: str,
    noted_on: date,
    judged: Judged,
    now: datetime,
) -> Member | None:
    """Write somebody down as a member of a group, for those who coordinate in their area.

    Whoever is recused from a case about somebody of that name and birthday sees nothing of
    them here either.

    :return: None when a condition of §115 failed: then nothing is written down.
    :raises RuleBroken: `group.area_elsewhere` when it is not an area they facilitate,
        `group.names_member` when the group's name or description gives the name away,
        `group.full`, `group.ended` or `group.moved_on`.
    """
    looked = await look(tx, id=group, by=by, action=Action.ADD_MEMBER, result="ok", now=now)
    kept = versioned(looked, seen)
    member = Member(
        id=id,
        concern_group=group,
        area=area,
        role=role,
        role_at=now,
        role_by=by.id,
        gate=uuid5(id, "gate"),
        added_by=by.id,
        added_at=now,
    )
    rules.joined(kept, member, await tx.groups.members(group))
    if not looked.sight.keeps(member):
        raise RuleBroken("group.area_elsewhere")
    await _must_not_be_named(tx, group, name)
    if not await pass_gate(
        tx,
        id=member.gate,
        matter=looked.matter,
        key=gate_key(member, judged),
        judged=judged,
        recipients=await _coordinators(tx, area, by=by),
        by=by,
        now=now,
    ):
        return None
    await tx.groups.add_member(member)
    who = {"name": name, "born": born.isoformat() if born else ""}
    await _write(tx, member, RecordKind.MEMBER, who, by=by, now=now)
    await _write(tx, member, RecordKind.LABEL, _told(role, source, noted_on), by=by, now=now)
    for person in await _recused_from_namesakes(tx, name, born, now=now):
        await tx.relations.recuse(member.id, person, "namesake", now, key=member.key)
    await tx.relations.set_cleared(member.id, by.id)  # they have just written down who it is
    await tx.groups.save(replace(kept, last_event_at=now))
    return member


async def label_member(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    role: MemberRole,
    source: str,
    noted_on: date,
    now: datetime,
) -> Member:
    """Give a member a label, or confirm the one there is; its time begins again (GRP-6).

    :param seen: the version the person acts on; an older one writes nothing (AC-CARD-04).
    """
    member, looked = await _kept(tx, id, by=by, action=Action.CONFIRM_ROLE, now=now)
    rules.must_run(looked.group)
    given = rules.labelled(replace(member, version=seen), role, by=by.id, now=now)
    saved = await tx.groups.save_member(given)
    await write_label(tx, saved, _told(role, source, noted_on), by=by, now=now)
    return saved


async def measure_member(
    tx: Transaction, *, id: UUID, seen: int, by: Person, what: str, now: datetime
) -> Member:
    """Note a measure towards one member (GRP-2); only who sees the member reads it."""
    member, looked = await _kept(tx, id, by=by, action=Action.SET_MEASURE, now=now)
    rules.must_run(looked.group)
    saved = await tx.groups.save_member(replace(member, version=seen))
    record = await _write(tx, saved, RecordKind.MEASURE, {"what": what}, by=by, now=now)
    await tx.journal.note(Note.PLANNED, matter=looked.group.id, source=record.id, by=by.id, at=now)
    return saved


async def assess_member(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    risk: str,
    protective: str,
    leads_to: str,
    now: datetime,
) -> Member:
    """Note one young person's risk and protective factors, and what they lead to (GRP-4)."""
    member, looked = await _kept(tx, id, by=by, action=Action.SCREEN, now=now)
    rules.must_run(looked.group)
    saved = await tx.groups.save_member(replace(member, version=seen))
    view = {"risk": risk, "protective": protective, "leads_to": leads_to}
    record = await _write(tx, saved, RecordKind.VIEW, view, by=by, now=now)
    await tx.journal.note(Note.PLANNED, matter=looked.group.id, source=record.id, by=by.id, at=now)
    return saved


async def let_member_go(
    tx: Transaction, *, id: UUID, seen: int, by: Person, reason: str, now: datetime
) -> Member:
    """Take somebody out of a group; nobody sees them there any more."""
    member, looked = await _kept(tx, id, by=by, action=Action.ADD_MEMBER, now=now)
    gone = await tx.groups.save_member(rules.left(replace(member, version=seen), now=now))
    await _write(tx, gone, RecordKind.LEAVING, {"reason": reason}, by=by, now=now)
    for grant in looked.matter.grants:
        if grant.matter == id:
            await tx.grants.end(grant.id, at=now)
    await tx.groups.save(replace(looked.group, last_event_at=now))
    return gone


async def link_member(
    tx: Transaction, *, id: UUID, seen: int, by: Person, reference: str, now: datetime
) -> Member:
    """Say that a member is whom a case is about: from then on one key seals both.

    Whoever is near to the member is near to the person: no duty in the case stays with them.

    :raises RuleBroken: `case.not_found` when there is no such case, or not for them;
        `group.linked_already` for a case about somebody else than the one they are linked to.
    """
    member, _ = await _kept(tx, id, by=by, action=Action.ADD_MEMBER, now=now)
    named = await tx.cases.by_reference(reference)
    if named is None:
        raise RuleBroken("case.not_found", about=reference)
    case, _, _ = await permit.case(tx, by, Action.OPEN, named.id, now=now)
    subject = await tx.subjects.canonical(case.subject)
    if member.subject not in {None, subject}:
        raise RuleBroken("group.linked_already")
    linked = await tx.groups.save_member(replace(member, version=seen, subject=subject))
    if linked.key != member.key:
        await tx.relations.reseal(member.id, member.key, into=linked.key)
        await tx.records.reseal(member.key, into=linked.key)
    await leave_behind(tx, await tx.relations.recused(member.id), now=now)
    return linked


async def write_label(
    tx: Transaction,
    member: Member,
    told: Mapping[str, object],
    *,
    by: Person | None,
    now: datetime,
) -> None:
    """Write down a label in place of the one before; that stays for the data steward alone."""
    before = await tx.records.read([member.id], {DataClass.SCREENING}, kinds={RecordKind.LABEL})
    replaces = before[-1].id if before else None
    await _write(tx, member, RecordKind.LABEL, told, by=by, replaces=replaces, now=now)


async def _kept(
    tx: Transaction, id: UUID, *, by: Person, action: Action, now: datetime
) -> tuple[Member, Looked]:
    """Find a member for who writes about them, and has said that they are not near (INH-2).

    :raises RuleBroken: `member.not_found`, or `group.answer_relation_first`.
    """
    member, looked = await look_at_member(tx, id=id, by=by, action=action, result="ok", now=now)
    if not looked.sight.keeps(member):
        raise RuleBroken("member.not_found", about=str(id))
    if not await is_cleared(tx, member, by.id):
        raise RuleBroken("group.answer_relation_first")
    return member, looked


async def _write(
    tx: Transaction,
    member: Member,
    kind: RecordKind,
    content: Mapping[str, object],
    *,
    by: Person | None,
    replaces: UUID | None = None,
    now: datetime,
) -> Record:
    record = Record(
        id=uuid4(),
        matter=member.id,
        key=member.key,
        kind=kind,
        data_class=DataClass.SCREENING,
        by=by.id if by else None,
        at=now,
        content=content,
        replaces=replaces,
    )
    await tx.records.add(record)
    return record


def _told(role: MemberRole, source: str, noted_on: date) -> dict[str, object]:
    return {"role": role.value, "source": source, "noted_on": noted_on.isoformat()}


async def _must_not_be_named(tx: Transaction, group: UUID, name: str) -> None:
    """Refuse somebody whom the group's name or description gives away already (S115-9).

    Both are open to more people than the member will be.
    """
    found = await tx.records.read([group], {DataClass.SCREENING}, kinds={RecordKind.SCREENING})
    try:
        check(Screening.of(found[-1].content), names=[name])
    except RuleBroken:
        raise RuleBroken("group.names_member") from None


async def _coordinators(tx: Transaction, area: AreaCode, *, by: Person) -> set[PersonId]:
    """Name who coordinates in an area, and so will see its members."""
    code = await tx.organisation.group_of_area(area)
    seated = await tx.organisation.members(code) if code else []
    return {by.id} | {
        person.id
        for seat, person in seated
        if person.s115_covered
        and (
            seat.seat is Seat.FACILITATOR
            or (seat.seat is Seat.MEMBER and person.authority in CASE_DUTY)
        )
    }


async def _recused_from_namesakes(
    tx: Transaction, name: str, born: date | None, *, now: datetime
) -> set[PersonId]:
    """Name who is recused from anybody who may well be the same person (INH-3).

    It is better that somebody sees too little than that they see a relative.
    """
    if born is None:
        return set()
    found: set[PersonId] = set()
    for subject in await tx.subjects.namesakes(name, born):
        cases = await tx.cases.of_subject(subject)
        matters = await tx.matters.of_cases(cases, now=now) if cases else {}
        found |= {person for each in matters.values() for person in each.recused}
    return found
