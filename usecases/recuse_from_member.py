"""Bar somebody from one member of a concern group, and decide about it (INH-2 to INH-5)."""

from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.concern_groups import Member
from domain.notices import Notice, NoticeKind
from domain.people import Office, Person, PersonId
from storage.database import Transaction
from usecases.see_group import barred_from, look_at_member


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


async def recuse_from(
    tx: Transaction, member: Member, who: PersonId, *, reason: str, by: Person, now: datetime
) -> None:
    """Bar somebody from one member, and tell the Secretariat, which decides."""
    await tx.relations.recuse(member.id, who, reason, now, key=member.key, by=by.id)
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
