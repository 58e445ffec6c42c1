"""Propose a point for a committee's agenda, mend it, take it back (SGF-2, SGF-6, CGF-1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from domain.access import Action, can
from domain.annexes import read_annexes
from domain.committee_meetings import CommitteeMeeting
from domain.cpr import find_cpr_like
from domain.errors import RuleBroken
from domain.meeting_items import (
    ItemComment,
    ItemState,
    MeetingItem,
    lacks,
    needs_proposal,
    read_recommendations,
)
from domain.notices import Notice, NoticeKind
from domain.papers import ItemKind, ProposalPart
from domain.people import CommitteeType, Person
from storage.database import Transaction
from usecases import permit
from usecases.find_item import (
    kept_item,
    managers_meetings,
    must_be_seen,
    own_item,
    read_item,
    takes_items,
)
from usecases.prepare_meeting import runners


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What somebody writes of an item: nothing here has been judged yet."""

    kind: ItemKind
    title: str = field(repr=False)
    words: str = field(default="", repr=False)
    proposal: Mapping[ProposalPart, str] = field(default_factory=dict, repr=False)
    annexes: str = field(default="", repr=False)


async def propose(
    tx: Transaction,
    *,
    id: UUID,
    meeting: UUID,
    wording: Wording,
    by: Person,
    because: str = "",
    now: datetime,
) -> MeetingItem:
    """Propose an item; asked again under the same id, it is proposed once.

    After the final agenda only who chairs the meeting lets one in, with a reason (SGF-5).

    :raises RuleBroken: `committee_meeting.not_found`, `item.too_late`, `item.no_reason`,
        `item.no_recommendation`, `item.not_complete`, those of an annex, or `field.cpr`.
    """
    found, matter, actor = await permit.meeting(tx, by, Action.PROPOSE_ITEM, meeting, now=now)
    if (already := await tx.meeting_items.find(id)) is not None:
        return already
    committee = (await tx.organisation.committee(found.committee)).type
    sudden = not await takes_items(tx, found, now=now)
    if sudden:
        if found.ends_at <= now or not can(actor, Action.ADMIT_SUDDEN, matter):
            raise RuleBroken("item.too_late")
        await permit.meeting(tx, by, Action.ADMIT_SUDDEN, meeting, result="ok", now=now)
        if not because.strip():
            raise RuleBroken("item.no_reason")
    item = _worded(
        MeetingItem(
            id=id,
            committee=found.committee,
            meeting=meeting,
            kind=wording.kind,
            sudden=sudden,
            title="",
            because=because.strip() if sudden else "",
            proposed_by=by.id,
            proposed_at=now,
        ),
        wording,
        committee,
    )
    await tx.meeting_items.add(item)
    if not sudden:
        await _tell_keepers(tx, item, found, by, now=now)
    return item


async def change(
    tx: Transaction, *, id: UUID, seen: int, wording: Wording, by: Person, now: datetime
) -> MeetingItem:
    """Write it anew: by who proposed it, or who keeps the agenda, until the final one (SGF-2).

    :raises RuleBroken: `item.not_found`, `item.moved_on`, or as `propose`.
    """
    item, meeting, _ = await own_item(tx, id=id, by=by, now=now)
    must_be_seen(item, seen)
    item.must_be_live()
    if not await takes_items(tx, meeting, now=now):
        raise RuleBroken("item.too_late")
    committee = (await tx.organisation.committee(item.committee)).type
    worded = _worded(item, wording, committee)
    mended = item.state is ItemState.RETURNED and by.id == item.proposed_by
    if mended:
        worded = replace(worded, state=ItemState.PROPOSED, returned="")
    saved = await tx.meeting_items.save(worded)
    if mended:
        await _tell_keepers(tx, saved, meeting, by, now=now)
    return saved


async def withdraw(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> MeetingItem:
    """Take an item back, before the final agenda.

    :raises RuleBroken: `item.not_found`, `item.moved_on`, `item.too_late`, `item.withdrawn`.
    """
    item, meeting, _ = await own_item(tx, id=id, by=by, now=now)
    must_be_seen(item, seen)
    if not await takes_items(tx, meeting, now=now):
        raise RuleBroken("item.too_late")
    return await tx.meeting_items.save(item.withdrawn())


async def comment(
    tx: Transaction, *, id: UUID, seen: int, words: str, by: Person, now: datetime
) -> MeetingItem:
    """Say something about an item until the final agenda is sent (SGF-2); its keepers are told.

    :raises RuleBroken: `item.not_found`, `item.moved_on`, `item.too_late`, `item.withdrawn`.
    """
    item, meeting, matter = await read_item(tx, id=id, by=by, now=now)
    if not can(await permit.actor_of(tx, by), Action.PROPOSE_ITEM, matter):
        raise RuleBroken("item.not_found", about=str(id))
    must_be_seen(item, seen)
    item.must_be_live()
    if not await takes_items(tx, meeting, now=now):
        raise RuleBroken("item.too_late")
    said = ItemComment(by=by.id, name=by.name, at=now, words=words.strip())
    saved = await tx.meeting_items.save(replace(item, comments=(*item.comments, said)))
    await _tell_keepers(tx, saved, meeting, by, kind=NoticeKind.ITEM_COMMENTED, now=now)
    return saved


async def to_managers(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> tuple[MeetingItem, CommitteeMeeting]:
    """Put a steering group's item before the managers' group first (SGF-7, SGF-11).

    :raises RuleBroken: `item.not_found`, `item.moved_on`, `item.not_steering`, or
        `item.no_managers_meeting` where none lies before the provisional agenda.
    """
    item, meeting, _ = await kept_item(tx, id=id, by=by, now=now)
    must_be_seen(item, seen)
    committee = await tx.organisation.committee(item.committee)
    if committee.type is not CommitteeType.STEERING:
        raise RuleBroken("item.not_steering")
    before = [
        each
        for each in await managers_meetings(tx, meeting, now=now)
        if await takes_items(tx, each, now=now)
    ]
    if not before:
        raise RuleBroken("item.no_managers_meeting")
    theirs = before[0]
    prepared = replace(
        item,
        id=uuid5(item.id, str(theirs.id)),
        committee=theirs.committee,
        meeting=theirs.id,
        kind=ItemKind.DISCUSSION,
        state=ItemState.PROPOSED,
        position=0,
        returned="",
        prepares=item.id,
        comments=(),
        proposed_by=by.id,
        proposed_at=now,
        version=1,
    )
    if await tx.meeting_items.find(prepared.id) is None:
        await tx.meeting_items.add(prepared)
        await _tell_keepers(tx, prepared, theirs, by, now=now)
    return prepared, theirs


def _worded(item: MeetingItem, wording: Wording, committee: CommitteeType) -> MeetingItem:
    """Write an item as somebody wants it, where it can be so.

    :raises RuleBroken: see `propose`
    """
    needed = needs_proposal(committee, wording.kind)
    proposal = {
        part: text.strip() for part, text in wording.proposal.items() if needed and text.strip()
    }
    if ProposalPart.RECOMMENDATION in proposal:
        read = read_recommendations(proposal[ProposalPart.RECOMMENDATION])
        proposal[ProposalPart.RECOMMENDATION] = read
    worded = replace(
        item,
        kind=wording.kind,
        title=wording.title.strip(),
        words=wording.words.strip(),
        proposal=proposal,
        annexes=read_annexes(wording.annexes),
    )
    if any(find_cpr_like(text) for text in (worded.title, worded.words, *proposal.values())):
        raise RuleBroken("field.cpr")
    if lacks(worded, committee):
        raise RuleBroken("item.not_complete")
    return worded


async def _tell_keepers(
    tx: Transaction,
    item: MeetingItem,
    meeting: CommitteeMeeting,
    by: Person,
    *,
    kind: NoticeKind = NoticeKind.ITEM_PROPOSED,
    now: datetime,
) -> None:
    await tx.outbox.add(
        [
            Notice(
                kind=kind,
                about=item.id,
                due_at=now,
                person=each,
                round=item.version,
            )
            for each in await runners(tx, meeting)
            if each != by.id
        ]
    )
