"""What a notice of an effort says at the hour it is sent."""

from collections.abc import Mapping, Sequence

from cards import efforts as cards
from cards.shown import Shown
from cards.words import speak
from domain.access import Action, can
from domain.dates import local_date
from domain.delivery import Delivery
from domain.effort_dues import dues
from domain.efforts import APPROVES, UNDECIDED, Effort, EffortState
from domain.notices import Notice, NoticeKind
from storage.database import Transaction
from usecases.permit import actor_of

KINDS: Mapping[NoticeKind, Action] = {
    NoticeKind.EFFORT_APPLIED: Action.ASSESS_EFFORT,
    NoticeKind.EFFORT_ASSESSED: Action.READ_EFFORT,
    NoticeKind.EFFORT_DECIDED: Action.READ_EFFORT,
    NoticeKind.EFFORT_DUE: Action.EVALUATE_EFFORT,
}


async def draw_efforts(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each for who may still do what it asks for; None for what is no longer needed."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    effort = await tx.efforts.find(notice.about)
    if effort is None or notice.person is None or not _is_needed(effort, notice):
        return None
    actor = await actor_of(tx, await tx.people.get(notice.person))
    asked = notice.kind is NoticeKind.EFFORT_ASSESSED
    action = APPROVES[effort.kind] if asked else KINDS[notice.kind]
    if not can(actor, action, await tx.matters.of_effort(effort)):
        return None
    return cards.told(effort, notice.kind, say=speak(actor.person.language))


def _is_needed(effort: Effort, notice: Notice) -> bool:
    match notice.kind:
        case NoticeKind.EFFORT_APPLIED:
            return effort.state is EffortState.APPLIED
        case NoticeKind.EFFORT_ASSESSED:
            return effort.state in UNDECIDED
        case NoticeKind.EFFORT_DUE:
            return any(on <= local_date(notice.due_at) for _, on in dues(effort))
        case _:
            return effort.state not in UNDECIDED
