"""What concern groups ask of who facilitates them: look again, confirm labels (GRP-5, 6)."""

from collections.abc import Iterable
from datetime import datetime

from domain.access import Action
from domain.concern_groups import ConcernGroup, is_to_confirm, is_to_review
from domain.dates import local_date
from domain.duties import Duty, DutyKind
from domain.group_sight import members_seen, sight
from domain.matters import MatterKind
from domain.roles import Actor, Role
from storage.database import Transaction
from usecases.see_group import barred_from


async def groups_to_review(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List the groups that somebody facilitates whose next look is due."""
    if not _facilitates(actor):
        return []
    return [
        _duty(group, DutyKind.GROUP_REVIEW, Action.SCREEN)
        for group in await tx.groups.running()
        if is_to_review(group, local_date(now))
    ]


async def labels_to_confirm(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List the groups in which a label that somebody keeps is about to expire, or has."""
    if not _facilitates(actor):
        return []
    return [
        _duty(group, DutyKind.GROUP_LABELS, Action.CONFIRM_ROLE)
        for group in await tx.groups.running()
        if await _has_labels_to_confirm(tx, actor, group, now)
    ]


async def _has_labels_to_confirm(
    tx: Transaction, actor: Actor, group: ConcernGroup, now: datetime
) -> bool:
    matter = await tx.matters.of_group(group.id, now=now)
    members = [m for m in await tx.groups.members(group.id) if is_to_confirm(m, now)]
    if matter is None or not members:
        return False
    seeing = sight(actor, matter)
    seen = members_seen(actor.person.id, seeing, members, barred=await barred_from(tx, members))
    return any(seeing.keeps(member) for member in seen)


def _facilitates(actor: Actor) -> bool:
    return bool(actor.seats(Role.FAC) | actor.seats(Role.PFAC))


def _duty(group: ConcernGroup, kind: DutyKind, action: Action) -> Duty:
    return Duty(
        kind=kind,
        matter=MatterKind.GROUP,
        id=group.id,
        reference=group.reference,
        version=group.version,
        action=action,
        due=group.review_on if kind is DutyKind.GROUP_REVIEW else None,
    )
