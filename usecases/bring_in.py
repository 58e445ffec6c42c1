"""Bring somebody into a case for a time: who knows the young person, or a leader (CASE-7, 8)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from domain.access import Action, can
from domain.cases import Case
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Judged
from domain.grants import LENT, Grant, GrantKind
from domain.journal import Note
from domain.matters import Matter
from domain.notices import Notice, NoticeKind
from domain.people import CommitteeType, Person, PersonId
from domain.sharing import ESCALATION_DAYS, leads_for, lent
from storage.database import Transaction
from usecases import permit
from usecases.pass_gate import pass_gate


async def participants_offered(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> list[Person]:
    """List who is near at hand: the local committee, and who else sits in the case's groups."""
    _, matter, _ = await permit.case(tx, by, Action.ADD_AD_HOC, id, result=None, now=now)
    committees = await tx.organisation.committees()
    near = [
        each.code
        for each in committees
        if each.code in matter.groups
        or (each.type is CommitteeType.LOCAL and matter.areas & set(each.areas))
    ]
    seated = [person for code in near for _, person in await tx.organisation.members(code)]
    return await _who_may_come(tx, matter, seated, by=by)


async def add_participant(
    tx: Transaction,
    *,
    id: UUID,
    case_id: UUID,
    who: str,
    classes: Collection[DataClass],
    days: int,
    task: str,
    judged: Judged,
    by: Person,
    now: datetime,
) -> Grant | None:
    """Let somebody read what is ticked until it ends by itself; None where the gate is shut.

    :param id: the grant's; asked again under the same id, it is made once.
    :param who: the id of somebody, or their full name or e-mail address.
    :raises RuleBroken: `case.not_found`, `grant.who_unknown`, `grant.reads_already`, or as
        `domain.sharing.lent` and the gate do.
    """
    case, matter, _ = await permit.case(tx, by, Action.ADD_AD_HOC, case_id, now=now)
    person = await _named(tx, who)
    if await _reads_already(tx, person, matter):
        raise RuleBroken("grant.reads_already")
    grant = lent(
        id=id,
        matter=matter,
        to=person,
        kind=GrantKind.AD_HOC,
        classes=classes,
        days=days,
        gate=uuid5(id, "gate"),
        by=by.id,
        now=now,
    )
    if DataClass.SENSITIVE in classes and not judged.sensitive:
        raise RuleBroken("grant.sensitive_not_judged")
    if not await _passes(tx, case, matter, [grant], judged, task=task, by=by, now=now):
        return None
    await _lend(tx, [grant], note=Note.DISCLOSED, by=by, now=now)
    return grant


async def leaders_offered(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> list[Person]:
    """List the leaders to whom the case may be brought."""
    _, matter, _ = await permit.case(tx, by, Action.ESCALATE, id, result=None, now=now)
    return await _leaders(tx, matter, by=by)


async def escalate(
    tx: Transaction,
    *,
    id: UUID,
    case_id: UUID,
    to: Sequence[PersonId],
    classes: Collection[DataClass],
    purpose: str,
    judged: Judged,
    by: Person,
    now: datetime,
) -> Sequence[Grant]:
    """Let named leaders read the least they need, for a time; nobody where the gate is shut.

    :raises RuleBroken: `case.not_found`; `escalate.not_leader`, also for nobody; or as
        `domain.sharing.lent` and the gate do.
    """
    case, matter, _ = await permit.case(tx, by, Action.ESCALATE, case_id, now=now)
    leaders = {each.id: each for each in await _leaders(tx, matter, by=by)}
    if not to or not set(to) <= leaders.keys():
        raise RuleBroken("escalate.not_leader")
    grants = [
        lent(
            id=uuid5(id, person),
            matter=matter,
            to=leaders[person],
            kind=GrantKind.ESCALATION,
            classes=classes,
            days=ESCALATION_DAYS,
            gate=uuid5(id, "gate"),
            by=by.id,
            now=now,
        )
        for person in to
    ]
    if not await _passes(tx, case, matter, grants, judged, task=purpose, by=by, now=now):
        return ()
    await _lend(tx, grants, note=Note.ESCALATED, by=by, now=now)
    return grants


async def grants_of(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[Case, list[Grant]]:
    """List who reads a case by a grant now, for who works on it."""
    case, matter, _ = await permit.case(tx, by, Action.END_GRANT, id, now=now)
    return case, [each for each in matter.grants if each.kind in LENT]


async def end_grant(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Case:
    """End somebody's reading at once; they are told that it has ended.

    :raises RuleBroken: `grant.not_found`, the same whether it is missing or not theirs to
        end; `grant.ended`
    """
    grant = await tx.grants.find(id)
    if grant is None or grant.kind not in LENT:
        raise RuleBroken("grant.not_found", about=str(id))
    try:
        case, *_ = await permit.case(tx, by, Action.END_GRANT, grant.matter, now=now)
    except RuleBroken:
        raise RuleBroken("grant.not_found", about=str(id)) from None
    if not await tx.grants.end(id, at=now):
        raise RuleBroken("grant.ended")
    await tx.outbox.add([_told(grant, NoticeKind.GRANT_ENDED, now=now)])
    return case


async def why_here(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[Case, Grant, str]:
    """Tell somebody who was brought in what they are asked to do, and until when."""
    case, matter, _ = await permit.case(tx, by, Action.OPEN, id, now=now)
    own = [each for each in matter.grants if each.person == by.id and each.gate is not None]
    if not own:
        raise RuleBroken("case.not_found", about=str(id))
    gate = await tx.records.find(own[-1].gate) if own[-1].gate else None
    return case, own[-1], str(gate.content["task"]) if gate else ""


async def _passes(
    tx: Transaction,
    case: Case,
    matter: Matter,
    grants: Sequence[Grant],
    judged: Judged,
    *,
    task: str,
    by: Person,
    now: datetime,
) -> bool:
    gate = grants[0].gate
    if gate is None:
        return False
    return await pass_gate(
        tx,
        id=gate,
        matter=matter,
        key=str(case.subject),
        judged=judged,
        recipients=[each.person for each in grants],
        task=task,
        by=by,
        now=now,
    )


async def _lend(
    tx: Transaction, grants: Sequence[Grant], *, note: Note, by: Person, now: datetime
) -> None:
    for grant in grants:
        await tx.grants.add(grant)
        await tx.journal.note(note, matter=grant.matter, source=grant.id, by=by.id, at=now)
    await tx.outbox.add([_told(each, NoticeKind.GRANT_GIVEN, now=now) for each in grants])


def _told(grant: Grant, kind: NoticeKind, *, now: datetime) -> Notice:
    return Notice(kind=kind, about=grant.id, due_at=now, person=grant.person)


async def _named(tx: Transaction, who: str) -> Person:
    """Find the one person that an id, a full name or an e-mail address means.

    :raises RuleBroken: `grant.who_unknown`
    """
    said = " ".join(who.split()).casefold()
    found = [
        each
        for each in await tx.people.everybody()
        if said in {each.id, each.name.casefold(), each.email.casefold()}
    ]
    if not said or len(found) != 1:
        raise RuleBroken("grant.who_unknown")
    return found[0]


async def _leaders(tx: Transaction, matter: Matter, *, by: Person) -> list[Person]:
    committees = await tx.organisation.committees()
    wanted = {CommitteeType.LEADER, CommitteeType.SSP_PLUS_LEADER}
    seated = [
        person
        for each in committees
        if each.type in wanted
        for seat, person in await tx.organisation.members(each.code)
        if leads_for(matter, [seat], committees)
    ]
    return await _who_may_come(tx, matter, seated, by=by)


async def _who_may_come(
    tx: Transaction, matter: Matter, people: Sequence[Person], *, by: Person
) -> list[Person]:
    once = {each.id: each for each in people}.values()
    return [
        each
        for each in sorted(once, key=lambda person: person.name)
        if each.s115_covered
        and each.id != by.id
        and each.id not in matter.recused
        and not await _reads_already(tx, each, matter)
    ]


async def _reads_already(tx: Transaction, person: Person, matter: Matter) -> bool:
    return can(await permit.actor_of(tx, person), Action.OPEN, matter)
