"""What a notice of a committee's meeting says at the hour it is sent (MTG-20, MTG-21, MTG-25)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cards import meet as cards
from cards.shown import Shown
from cards.words import Say, speak
from domain.access import Action
from domain.committee_meetings import DeadlineState, MeetingState, Reply
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from storage.database import Transaction
from usecases.meet_deadline import kind_of_round
from usecases.read_meeting import MeetingView, view_for

# What somebody must be able to do with the meeting, for the notice to be theirs.
KINDS: Mapping[NoticeKind, Action] = {
    NoticeKind.MEET_INVITED: Action.REPLY,
    NoticeKind.MEET_MOVED: Action.REPLY,
    NoticeKind.MEET_CANCELLED: Action.READ_MEETING,
    NoticeKind.MEET_CALL: Action.PROPOSE_ITEM,
    NoticeKind.MEET_REMINDER: Action.REPLY,
    NoticeKind.MEET_STAND_IN: Action.REPLY,
    NoticeKind.MEET_NOT_NEEDED: Action.REPLY,
    NoticeKind.MEET_NOBODY: Action.REPLY,
    NoticeKind.MEET_MISSING: Action.MANAGE_MEETING,
    NoticeKind.MEET_LATE: Action.MANAGE_MEETING,
}


async def draw_meet(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw each by itself, for who still has a part in the meeting."""
    return [await _draw(tx, each.notice, now=now) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice, *, now: datetime) -> Shown | None:
    meeting = await tx.committee_meetings.find(notice.about)
    if meeting is None or notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    view = await view_for(tx, meeting, person, now=now)
    if not view.may(KINDS[notice.kind]):
        return None
    return await _told(tx, notice, view, speak(person.language))


async def _told(tx: Transaction, notice: Notice, view: MeetingView, say: Say) -> Shown | None:
    """Say it as things stand now; None when it matters no more."""
    card = _card(view)
    own, kind = view.own, notice.kind
    match kind:
        case NoticeKind.MEET_LATE:
            return await _late(tx, notice, view, say)
        case NoticeKind.MEET_CANCELLED:
            off = view.meeting.state is MeetingState.CANCELLED
            return cards.told(card, kind, say=say) if off else None
        case NoticeKind.MEET_NOT_NEEDED:
            return cards.not_needed(card, say=say) if own is None else None
        case NoticeKind.MEET_MOVED if own is None and view.ahead:
            return cards.not_needed(card, say=say)
        case NoticeKind.MEET_MISSING:
            needed = view.ahead and any(each.short or each.unsure for each in view.expected)
        case NoticeKind.MEET_NOBODY:
            declined = own is not None and own.reply is Reply.SUBSTITUTE
            needed = view.asked and declined and view.stand_in is None
        case NoticeKind.MEET_REMINDER | NoticeKind.MEET_STAND_IN:
            needed = view.asked and own is not None and own.reply is Reply.ASKED
        case _:
            needed = view.asked
    return cards.told(card, kind, say=say) if needed else None


async def _late(tx: Transaction, notice: Notice, view: MeetingView, say: Say) -> Shown | None:
    late = kind_of_round(notice.round)
    states = {
        each.kind: each.state for each in await tx.committee_meetings.deadlines(view.meeting.id)
    }
    missed = states.get(late) is DeadlineState.DROPPED
    return cards.late(_card(view), late, missed=missed, say=say)


def _card(view: MeetingView) -> cards.MeetingCard:
    return cards.MeetingCard(
        meeting=view.meeting,
        committee=view.committee.name,
        reply=None if view.own is None else view.own.reply,
        asked=view.asked,
        stands_for=view.stands_for,
        expected=view.expected,
    )
