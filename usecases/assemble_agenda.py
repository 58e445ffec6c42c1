"""Put an agenda together: read it, answer what was proposed, set its order (SGF-9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.agendas import DEADLINES, AgendaKind, AgendaVersion, is_final, not_qualified, reordered
from domain.committee_meetings import CommitteeMeeting
from domain.errors import RuleBroken
from domain.meeting_items import ItemState, MeetingItem
from domain.people import Committee, CommitteeType, Person
from storage.database import Transaction
from usecases import permit
from usecases.agendas import accepted, end_of, next_meeting, tell_proposer
from usecases.find_item import due_of, kept_item, managers_meetings, must_be_seen, takes_items


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaSeen:
    """An agenda as one person sees it.

    :param items: what is on it; with what waits for an answer, to who keeps it; as it was sent,
        to a substitute who does not come.
    :param sent: the latest version that was sent, if any.
    :param due: when the next version is to be sent, and which.
    :param not_qualified: what the managers' group has not had before (SGF-7); to who keeps it.
    """

    meeting: CommitteeMeeting
    committee: Committee
    items: Sequence[MeetingItem] = field(repr=False)
    sent: AgendaVersion | None
    due: tuple[AgendaKind, datetime] | None
    keeps: bool
    proposes: bool
    admits: bool
    not_qualified: frozenset[UUID] = frozenset()


async def see_agenda(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> AgendaSeen:
    """See what is on a meeting's agenda now.

    :raises RuleBroken: `committee_meeting.not_found`
    """
    meeting, matter, actor = await permit.meeting(tx, by, Action.READ_MEETING, id, now=now)
    committee = await tx.organisation.committee(meeting.committee)
    versions = await tx.agendas.of_meeting(id)
    keeps = can(actor, Action.MANAGE_MEETING, matter)
    sent = versions[-1] if versions else None
    items = [
        each
        for each in await tx.meeting_items.of_meeting(id)
        if keeps or each.state is ItemState.ACCEPTED or each.proposed_by == by.id
    ]
    if not can(actor, Action.READ_UNSENT, matter):
        items = [] if sent is None else list(sent.items)
    open_to_all = await takes_items(tx, meeting, now=now)
    to_come = meeting.ends_at > now
    in_time = keeps and open_to_all
    unqualified = await _not_qualified(tx, meeting, committee, items) if in_time else []
    return AgendaSeen(
        meeting=meeting,
        committee=committee,
        items=items,
        sent=sent,
        due=await _next_due(tx, meeting, versions),
        keeps=keeps,
        proposes=open_to_all and can(actor, Action.PROPOSE_ITEM, matter),
        admits=to_come and not open_to_all and can(actor, Action.ADMIT_SUDDEN, matter),
        not_qualified=frozenset(each.id for each in unqualified),
    )


async def _next_due(
    tx: Transaction, meeting: CommitteeMeeting, versions: Sequence[AgendaVersion]
) -> tuple[AgendaKind, datetime] | None:
    sent = {each.kind for each in versions}
    for kind in DEADLINES:
        due = await due_of(tx, meeting, kind)
        if due is not None and kind not in sent and not is_final(versions):
            return kind, due.due_at
    return None


async def _not_qualified(
    tx: Transaction, meeting: CommitteeMeeting, committee: Committee, items: Iterable[MeetingItem]
) -> list[MeetingItem]:
    if committee.type is not CommitteeType.STEERING:
        return []
    theirs = [each.id for each in await managers_meetings(tx, meeting)]
    return not_qualified(items, await tx.meeting_items.of_meetings(theirs))


async def accept(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> MeetingItem:
    """Put an item on the agenda, at its end.

    :raises RuleBroken: `item.not_found`, `item.moved_on`, `item.not_complete`, `item.answered`,
        `item.too_late` once the final agenda has been sent (MTG-24).
    """
    item, meeting, _ = await kept_item(tx, id=id, by=by, now=now)
    must_be_seen(item, seen)
    if not await takes_items(tx, meeting, now=now):
        raise RuleBroken("item.too_late")
    committee = await tx.organisation.committee(item.committee)
    saved = await tx.meeting_items.save(
        item.accepted(committee=committee.type, position=await end_of(tx, meeting.id))
    )
    await tell_proposer(tx, saved, by.id, now=now)
    return saved


async def send_back(
    tx: Transaction, *, id: UUID, seen: int, words: str, by: Person, now: datetime
) -> MeetingItem:
    """Return an item to who proposed it, with words.

    :raises RuleBroken: `item.not_found`, `item.moved_on`, `item.too_late`, `item.withdrawn`.
    """
    item, meeting, _ = await kept_item(tx, id=id, by=by, now=now)
    must_be_seen(item, seen)
    if not await takes_items(tx, meeting, now=now):
        raise RuleBroken("item.too_late")
    saved = await tx.meeting_items.save(item.sent_back(words))
    await tell_proposer(tx, saved, by.id, now=now)
    return saved


async def move_on(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> tuple[MeetingItem, CommitteeMeeting]:
    """Take an item to the committee's next meeting.

    :raises RuleBroken: `item.not_found`, `item.moved_on`, `item.too_late`,
        `item.no_next_meeting`.
    """
    item, meeting, _ = await kept_item(tx, id=id, by=by, now=now)
    must_be_seen(item, seen)
    if not await takes_items(tx, meeting, now=now):
        raise RuleBroken("item.too_late")
    following = await next_meeting(tx, meeting, now=now)
    if following is None:
        raise RuleBroken("item.no_next_meeting")
    saved = await tx.meeting_items.save(item.moved(following.id))
    await tell_proposer(tx, saved, by.id, now=now)
    return saved, following


async def shift(
    tx: Transaction, *, id: UUID, seen: int, places: int, by: Person, now: datetime
) -> MeetingItem:
    """Move an item up (-1) or down (+1) on the agenda.

    :raises RuleBroken: `item.not_found`, `item.moved_on`, `item.too_late`.
    """
    item, meeting, _ = await kept_item(tx, id=id, by=by, now=now)
    must_be_seen(item, seen)
    if not await takes_items(tx, meeting, now=now):
        raise RuleBroken("item.too_late")
    on = await accepted(tx, meeting.id)
    order = reordered(on, id, by=places)
    for each in on:
        position = order.index(each.id) + 1
        if each.position != position:
            await tx.meeting_items.save(replace(each, position=position))
    return await tx.meeting_items.find(id) or item
