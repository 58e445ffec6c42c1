"""Let a colleague see one member of a concern group, for a task of their own (GRP-6)."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from domain.access import Action
from domain.concern_groups import Member
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.gates import Judged
from domain.grants import Grant, GrantKind
from domain.journal import Note
from domain.notices import Notice, NoticeKind
from domain.people import CommitteeType, Person, PersonId
from domain.sharing import MOST_DAYS
from storage.database import Transaction
from usecases.pass_gate import pass_gate
from usecases.see_group import barred_from, look_at_member


async def share_member(
    tx: Transaction,
    *,
    id: UUID,
    grant: UUID,
    by: Person,
    to: PersonId,
    task: str,
    days: int,
    judged: Judged,
    now: datetime,
) -> Grant | None:
    """Let one colleague see one member for a task of their own, for a time (GRP-6).

    :return: None when a condition of §115 failed: then nothing is shared.
    :raises RuleBroken: `member.not_found`; `group.nobody_to_share` when the colleague may not,
        or need not, be shown this member.
    """
    member, looked = await look_at_member(
        tx, id=id, by=by, action=Action.ADD_AD_HOC, result="ok", now=now
    )
    if not looked.sight.keeps(member):
        raise RuleBroken("member.not_found", about=str(id))
    if to not in {person.id for person in await colleagues_to_share_with(tx, member, now=now)}:
        raise RuleBroken("group.nobody_to_share")
    gate = uuid5(grant, "gate")
    key = gate_key(member, judged)
    if not await pass_gate(
        tx,
        id=gate,
        matter=looked.matter,
        key=key,
        judged=judged,
        recipients={to},
        task=task,
        by=by,
        now=now,
    ):
        return None
    shared = Grant(
        id=grant,
        matter=member.id,
        person=to,
        kind=GrantKind.AD_HOC,
        classes=frozenset({DataClass.SCREENING}),
        by=by.id,
        begins_at=now,
        expires_at=now + timedelta(days=min(days, MOST_DAYS)),
        gate=gate,
    )
    await tx.grants.add(shared)
    await tx.journal.note(Note.DISCLOSED, matter=looked.group.id, source=grant, by=by.id, at=now)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.GROUP_SHARED,
                about=looked.group.id,
                due_at=now,
                person=to,
                round=int(now.timestamp()),
            )
        ]
    )
    return shared


async def colleagues_to_share_with(
    tx: Transaction, member: Member, *, now: datetime
) -> list[Person]:
    """List who a member may be shared with: covered colleagues of the group's committees.

    Who sees the member already, is recused from them, or has a grant is left out.
    """
    matter = await tx.matters.of_group(member.concern_group, now=now)
    if matter is None:
        return []
    barred = (await barred_from(tx, [member]))[member.id]
    own = await tx.organisation.group_of_area(member.area)
    asked: dict[PersonId, Person] = {}
    for committee in await tx.organisation.committees():
        local = committee.type is CommitteeType.LOCAL and set(committee.areas) & matter.areas
        if committee.code == own or not (committee.code in matter.groups or local):
            continue
        for _, person in await tx.organisation.members(committee.code):
            asked[person.id] = person
    insiders = {each.id for _, each in await tx.organisation.members(own)} if own else set()
    granted = {grant.person for grant in matter.grants if grant.matter in {member.id, matter.id}}
    left_out = {*barred, *insiders, *granted}
    return [
        person
        for person in asked.values()
        if person.s115_covered and person.active and person.id not in left_out
    ]


async def stop_sharing(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Member:
    """End every grant to one member at once.

    :raises RuleBroken: `member.not_found`.
    """
    member, looked = await look_at_member(
        tx, id=id, by=by, action=Action.END_GRANT, result="ok", now=now
    )
    if not looked.sight.keeps(member):
        raise RuleBroken("member.not_found", about=str(id))
    for grant in looked.matter.grants:
        if grant.matter == id:
            await tx.grants.end(grant.id, at=now)
    return member


def gate_key(member: Member, judged: Judged) -> str:
    """Name the key of a judgement: the member's, or the group's where nobody is written down."""
    return str(member.concern_group) if judged.failed else member.key
