"""Find a point of an agenda, for somebody who may do what they ask with it."""

from datetime import datetime, timedelta
from uuid import UUID

from domain.access import Action, can
from domain.agendas import DEADLINES, AgendaKind, is_final
from domain.committee_meetings import CommitteeMeeting, Deadline, DeadlineState
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.matters import Matter
from domain.meeting_items import ItemState, MeetingItem
from domain.people import CommitteeType, Person
from storage.database import Transaction
from usecases import permit

AHEAD = timedelta(days=365)
MANAGERS_AHEAD = timedelta(days=28)  # before the provisional agenda goes out (SGF-11)


async def meetings_to_come(
    tx: Transaction, person: Person, action: Action, *, now: datetime
) -> list[CommitteeMeeting]:
    """List the meetings ahead with which somebody may do this, the next first."""
    today = local_date(now)
    actor = await permit.actor_of(tx, person)
    coming = await tx.committee_meetings.between(today, today + AHEAD)
    matters = await tx.matters.of_meetings(coming)
    return [each for each in coming if each.ends_at > now and can(actor, action, matters[each.id])]


async def managers_meetings(
    tx: Transaction, meeting: CommitteeMeeting, *, now: datetime | None = None
) -> list[CommitteeMeeting]:
    """List the managers' meetings that lie before a steering group's provisional agenda.

    :param now: only those still to come.
    """
    groups = [
        each.code
        for each in await tx.organisation.committees()
        if each.type is CommitteeType.MANAGERS
    ]
    until = meeting.day - MANAGERS_AHEAD
    found = await tx.committee_meetings.between(until - AHEAD / 2, until, committees=groups)
    return [each for each in reversed(found) if now is None or each.ends_at > now]


async def takes_items(tx: Transaction, meeting: CommitteeMeeting, *, now: datetime) -> bool:
    """Whether its final agenda is still to be sent, and its hour has not come (SGF-2, MTG-24)."""
    if is_final(await tx.agendas.of_meeting(meeting.id)):
        return False
    due = await due_of(tx, meeting, AgendaKind.FINAL)
    return now < (meeting.starts_at if due is None else due.due_at)


async def due_of(tx: Transaction, meeting: CommitteeMeeting, kind: AgendaKind) -> Deadline | None:
    """Find when an agenda is to be sent; None where there is no such day."""
    for each in await tx.committee_meetings.deadlines(meeting.id):
        if each.kind is DEADLINES[kind] and each.state is not DeadlineState.DROPPED:
            return each
    return None


async def own_item(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[MeetingItem, CommitteeMeeting, Matter]:
    """Find an item that somebody may change: their own, or one on an agenda they keep.

    :raises RuleBroken: `item.not_found`
    """
    item, meeting, matter = await _item(tx, Action.PROPOSE_ITEM, id=id, by=by, now=now)
    actor = await permit.actor_of(tx, by)
    if item.proposed_by != by.id and not can(actor, Action.MANAGE_MEETING, matter):
        raise RuleBroken("item.not_found", about=str(id))
    return item, meeting, matter


async def kept_item(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[MeetingItem, CommitteeMeeting, Matter]:
    """Find an item on an agenda that somebody keeps.

    :raises RuleBroken: `item.not_found`
    """
    return await _item(tx, Action.MANAGE_MEETING, id=id, by=by, now=now)


async def read_item(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[MeetingItem, CommitteeMeeting, Matter]:
    """Find an item for somebody of the meeting; what is only proposed is not everybody's yet.

    A substitute who does not come reads what is on the agenda that was sent, as it was sent.

    :raises RuleBroken: `item.not_found`
    """
    item, meeting, matter = await _item(tx, Action.READ_MEETING, id=id, by=by, now=now)
    actor = await permit.actor_of(tx, by)
    if not can(actor, Action.READ_UNSENT, matter):
        return await _sent(tx, item, meeting), meeting, matter
    seen = item.state is ItemState.ACCEPTED or item.proposed_by == by.id
    if not seen and not can(actor, Action.MANAGE_MEETING, matter):
        raise RuleBroken("item.not_found", about=str(id))
    return item, meeting, matter


async def _sent(tx: Transaction, item: MeetingItem, meeting: CommitteeMeeting) -> MeetingItem:
    agenda = await tx.agendas.latest(meeting.id)
    for each in () if agenda is None else agenda.items:
        if each.id == item.id:
            return each
    raise RuleBroken("item.not_found", about=str(item.id))


async def _item(
    tx: Transaction, action: Action, *, id: UUID, by: Person, now: datetime
) -> tuple[MeetingItem, CommitteeMeeting, Matter]:
    item = await tx.meeting_items.find(id)
    try:
        meeting, matter, _ = await permit.meeting(
            tx, by, action, item.meeting if item and item.meeting else id, now=now
        )
    except RuleBroken:
        raise RuleBroken("item.not_found", about=str(id)) from None
    if item is None:
        raise RuleBroken("item.not_found", about=str(id))
    return item, meeting, matter


def must_be_seen(item: MeetingItem, seen: int) -> None:
    """Take no press on a card that shows something older.

    :raises RuleBroken: `item.moved_on`
    """
    if item.version != seen:
        raise RuleBroken("item.moved_on")
