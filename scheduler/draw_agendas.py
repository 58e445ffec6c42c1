"""What a notice of an agenda, of minutes or of a task says at the hour it is sent (MTG-20)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from cards import agendas, minutes, tasks
from cards.own_papers import paper_ready
from cards.shown import Shown
from cards.words import Say, speak
from domain.access import Action, can
from domain.agendas import AgendaKind
from domain.committee_meetings import CommitteeMeeting, MeetingState
from domain.decision_tasks import TaskState
from domain.delivery import Delivery
from domain.meeting_items import ItemState, MeetingItem
from domain.minutes import MinutesState
from domain.notices import Medium, Notice, NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.ask_readiness_calendar import readiness_number
from usecases.permit import actor_of

Drawn = Callable[[Transaction, Notice, Person, Say], Awaitable[Shown | None]]


async def draw_agendas(tx: Transaction, deliveries: Sequence[Delivery]) -> list[Shown | None]:
    """Draw each by itself; None for what is no longer needed, or no longer theirs."""
    return [await _draw(tx, each.notice) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice) -> Shown | None:
    if notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    if not person.active:
        return None
    return await KINDS[notice.kind](tx, notice, person, speak(person.language))


async def _for(
    tx: Transaction, person: Person, action: Action, id: UUID | None
) -> tuple[CommitteeMeeting, str] | None:
    """Find a meeting for somebody who may do this with it, and its committee's name."""
    meeting = await tx.committee_meetings.find(id) if id else None
    if meeting is None:
        return None
    matter = await tx.matters.of_meeting(meeting)
    if not can(await actor_of(tx, person), action, matter):
        return None
    return meeting, (await tx.organisation.committee(meeting.committee)).name


async def _item_waits(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    item = await tx.meeting_items.find(notice.about)
    found = await _for(tx, person, Action.MANAGE_MEETING, item.meeting if item else None)
    if item is None or found is None:
        return None
    waits = item.state is ItemState.PROPOSED
    if notice.kind is NoticeKind.ITEM_PROPOSED and not waits:
        return None
    meeting, committee = found
    key = agendas.LETTERS[notice.kind]
    return agendas.item_letter(item, meeting, key, committee=committee, say=say)


async def _item_answered(
    tx: Transaction, notice: Notice, person: Person, say: Say
) -> Shown | None:
    item = await tx.meeting_items.find(notice.about)
    if item is None or item.version != notice.round or item.state is ItemState.WITHDRAWN:
        return None
    committee = (await tx.organisation.committee(item.committee)).name
    found = await _for(tx, person, Action.READ_MEETING, item.meeting)
    if item.meeting is not None and found is None:
        return None
    meeting = None if found is None else found[0]
    return agendas.item_letter(item, meeting, _answer(item), committee=committee, say=say)


def _answer(item: MeetingItem) -> str:
    return "answered_waits" if item.meeting is None else f"answered_{item.state}"


async def _agenda_sent(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    """Tell of the version that is the latest now; one that another has followed is not told."""
    found = await _for(tx, person, Action.READ_MEETING, notice.about)
    latest = await tx.agendas.latest(notice.about)
    if found is None or latest is None or latest.number != notice.round:
        return None
    meeting, committee = found
    if meeting.state is MeetingState.CANCELLED:
        return None
    kind, by_mail = AgendaKind(latest.kind), _by_mail(notice)
    return agendas.sent(meeting, kind, committee=committee, by_mail=by_mail, say=say)


def _by_mail(notice: Notice) -> bool:
    return notice.medium is Medium.EMAIL


async def _minutes(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    action, states = _OF_MINUTES[notice.kind]
    found = await _for(tx, person, action, notice.about)
    latest = await tx.minutes.latest(notice.about)
    state = MinutesState.DRAFT if latest is None else latest.state
    if found is None or state not in states or found[0].state is MeetingState.CANCELLED:
        return None
    meeting, committee = found
    by_mail = _by_mail(notice)
    return minutes.letter(meeting, notice.kind, committee=committee, by_mail=by_mail, say=say)


_OF_MINUTES: Mapping[NoticeKind, tuple[Action, frozenset[MinutesState]]] = {
    NoticeKind.MINUTES_TO_WRITE: (Action.WRITE_MINUTES, frozenset({MinutesState.DRAFT})),
    NoticeKind.MINUTES_OUT: (Action.COMMENT_MINUTES, frozenset({MinutesState.COMMENTS})),
    NoticeKind.MINUTES_COMMENTED: (Action.WRITE_MINUTES, frozenset({MinutesState.COMMENTS})),
    NoticeKind.MINUTES_TO_APPROVE: (Action.READ_UNSENT, frozenset({MinutesState.APPROVAL})),
}


async def _minutes_sent(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    """Tell whoever the approved minutes went to, of the meeting or not (SGF-4)."""
    approved = await tx.minutes.approved(notice.about)
    meeting = await tx.committee_meetings.find(notice.about)
    if approved is None or meeting is None or person.id not in approved.sent_to:
        return None
    committee = (await tx.organisation.committee(meeting.committee)).name
    by_mail = _by_mail(notice)
    return minutes.letter(meeting, notice.kind, committee=committee, by_mail=by_mail, say=say)


async def _task(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    task = await tx.decision_tasks.find(notice.about)
    if task is None or task.state is not TaskState.OPEN or task.owner != person.id:
        return None
    found = await _for(tx, person, Action.DO_TASK, task.meeting)
    return None if found is None else tasks.letter(task, found[0], notice.kind, say=say)


async def _paper_ready(tx: Transaction, notice: Notice, person: Person, say: Say) -> Shown | None:
    export = await tx.exports.find(notice.about)
    if export is None or export.by != person.id:
        return None
    meeting = await tx.committee_meetings.find(export.about)
    if meeting is not None:
        return paper_ready(meeting.reference, export, say=say)
    number, drill = await readiness_number(tx, export.about)
    return paper_ready(number, export, drill=drill, say=say) if number else None


KINDS: Mapping[NoticeKind, Drawn] = {
    NoticeKind.ITEM_PROPOSED: _item_waits,
    NoticeKind.ITEM_COMMENTED: _item_waits,
    NoticeKind.ITEM_ANSWERED: _item_answered,
    NoticeKind.AGENDA_SENT: _agenda_sent,
    **dict.fromkeys(_OF_MINUTES, _minutes),
    NoticeKind.MINUTES_SENT: _minutes_sent,
    **dict.fromkeys(tasks.LETTERS, _task),
    NoticeKind.PAPER_READY: _paper_ready,
}
