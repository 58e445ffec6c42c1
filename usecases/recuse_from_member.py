"""Bar somebody from one member of a concern group, and decide about it (INH-2 to INH-5)."""

from datetime import datetime
from uuid import UUID, uuid4

from domain.access import Action
from domain.concern_groups import Member
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.journal import Note
from domain.notices import Notice, NoticeKind
from domain.people import Office, Person, PersonId
from domain.records import Record, RecordKind
from domain.recusals import must_be_anothers
from storage.database import Transaction
from usecases.leave_behind import leave_behind
from usecases.see_group import Looked, barred_from, look_at_member


async def step_aside_from_member(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> UUID:
    """Bar somebody who is, or may be, near to a member: they see no trace of them any more.

    The Secretariat hears of it and decides (INH-2).

    :return: the group, which they may still see the rest of.
    """
    member, looked = await look_at_member(
        tx, id=id, by=by, action=Action.STEP_ASIDE, result="ok", now=now
    )
    await recuse_from(tx, member, by.id, reason="self", by=by, now=now)
    return looked.group.id


async def recuse_colleague(
    tx: Transaction, *, id: UUID, by: Person, who: PersonId, reason: str, now: datetime
) -> UUID:
    """Bar a colleague who is near to a member, or may be (INH-4).

    :return: the group.
    :raises RuleBroken: `member.not_found`, or `group.nobody_to_bar`.
    """
    member, looked = await look_at_member(
        tx, id=id, by=by, action=Action.RECUSE_OTHER, result="ok", now=now
    )
    if who not in {person.id for person in await colleagues_to_bar(tx, looked, by=by)}:
        raise RuleBroken("group.nobody_to_bar")
    await recuse_from(tx, member, who, reason=reason, by=by, now=now)
    return looked.group.id


async def colleagues_to_bar(tx: Transaction, looked: Looked, *, by: Person) -> list[Person]:
    """List who may see members of the group by a seat or by a grant, but for who asks."""
    seated = {
        person.id: person
        for code in sorted(looked.matter.groups)
        for _, person in await tx.organisation.members(code)
    }
    granted = await tx.people.of_ids([each.person for each in looked.matter.grants])
    return [person for person in {**seated, **granted}.values() if person.id != by.id]


async def lift_recusal(
    tx: Transaction, *, id: UUID, by: Person, who: PersonId, reason: str, now: datetime
) -> UUID:
    """Decide that somebody is not near to a member after all; never about oneself (INH-5).

    :return: the group.
    :raises RuleBroken: `member.not_found`, `group.nobody_barred`, or `recusal.own_word`.
    """
    member, looked = await look_at_member(
        tx, id=id, by=by, action=Action.DECIDE_RECUSAL, result="ok", now=now
    )
    barring = [each for each in await tx.relations.barring() if each.matter == id]
    recusal = next((each for each in barring if each.person == who), None)
    if recusal is None:
        raise RuleBroken("group.nobody_barred")
    must_be_anothers(recusal, decider=by.id, lifts=True)
    await tx.relations.lift(id, who, by=by.id, at=now)
    record = Record(
        id=uuid4(),
        matter=id,
        key=member.key,
        kind=RecordKind.RECUSAL,
        data_class=DataClass.DECISIONS,
        by=by.id,
        at=now,
        content={"person": who, "lifted": True, "reason": reason},
    )
    await tx.records.add(record)
    await tx.journal.note(
        Note.RECUSAL_LIFTED, matter=looked.group.id, source=record.id, by=by.id, at=now
    )
    return looked.group.id


async def recuse_from(
    tx: Transaction, member: Member, who: PersonId, *, reason: str, by: Person, now: datetime
) -> None:
    """Bar somebody from one member, and tell the Secretariat, which decides."""
    await tx.relations.recuse(member.id, who, reason, now, key=member.key, by=by.id)
    await leave_behind(tx, [who], now=now)  # what they had in a case about the same person
    barred = (await barred_from(tx, [member]))[member.id]
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.MEMBER_RECUSAL,
                about=member.concern_group,
                due_at=now,
                person=officer.id,
                round=int(now.timestamp()),
            )
            for officer in await tx.people.of_office(Office.SEK)
            if officer.s115_covered and officer.id not in barred
        ]
    )
