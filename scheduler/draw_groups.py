"""What a notice of a concern group says at the hour it is sent."""

from collections.abc import Mapping, Sequence

from cards import groups as cards
from cards.shown import Shown
from cards.words import speak
from domain.access import Action, can
from domain.concern_groups import ConcernGroup, is_to_review
from domain.dates import local_date
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from domain.roles import Actor
from storage.database import Transaction
from usecases.group_duties import labels_to_confirm
from usecases.permit import actor_of

# What somebody must be able to do with the group, for the notice to be theirs.
KINDS: Mapping[NoticeKind, Action] = {
    NoticeKind.GROUP_SHARED: Action.SEE_GROUP,
    NoticeKind.GROUP_REVIEW: Action.SCREEN,
    NoticeKind.GROUP_LABELS: Action.CONFIRM_ROLE,
    NoticeKind.MEMBER_RECUSAL: Action.DECIDE_RECUSAL,
}


async def draw_groups(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each by itself, for who may still do what it asks for."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    """Draw a notice as things stand now; None when it is no longer needed, or not theirs."""
    group = await tx.groups.find(notice.about)
    matter = await tx.matters.of_group(notice.about, now=notice.due_at)
    if group is None or matter is None or matter.ended or notice.person is None:
        return None
    actor = await actor_of(tx, await tx.people.get(notice.person))
    if not can(actor, KINDS[notice.kind], matter):
        return None
    if not await _is_needed(tx, group, actor, notice):
        return None
    return cards.told(group, notice.kind, say=speak(actor.person.language))


async def _is_needed(tx: Transaction, group: ConcernGroup, actor: Actor, notice: Notice) -> bool:
    match notice.kind:
        case NoticeKind.GROUP_REVIEW:
            return is_to_review(group, local_date(notice.due_at))
        case NoticeKind.GROUP_LABELS:
            duties = await labels_to_confirm(tx, actor, notice.due_at)
            return any(duty.id == group.id for duty in duties)
        case _:
            return True
