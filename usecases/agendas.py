"""Send a committee's agenda: provisional, final, and again for a sudden item (SGF-1, 3, 5)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.agendas import AgendaKind, AgendaVersion, fit, is_final, mark
from domain.committee_meetings import CommitteeMeeting, DeadlineState
from domain.errors import RuleBroken
from domain.meeting_items import LIVE, ItemState, MeetingItem
from domain.notices import Notice, NoticeKind
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases import permit
from usecases.find_item import AHEAD, due_of, takes_items
from usecases.meeting_people import who_reads
from usecases.propose_item import Wording, propose


async def issue(
    tx: Transaction, *, id: UUID, seen: int, kind: AgendaKind, by: Person, now: datetime
) -> AgendaVersion:
    """Send an agenda before its hour.

    :param seen: the mark of the agenda that the person looked at.
    :raises RuleBroken: `meeting_agenda.not_found`, `meeting_agenda.moved_on`,
        `agenda.empty`, `agenda.sent`.
    """
    try:
        meeting, _, _ = await permit.meeting(
            tx, by, Action.MANAGE_MEETING, id, result="ok", now=now
        )
    except RuleBroken:
        raise RuleBroken("meeting_agenda.not_found", about=str(id)) from None
    versions = await tx.agendas.of_meeting(id)
    if is_final(versions) or kind in {each.kind for each in versions}:
        raise RuleBroken("agenda.sent")
    if not (items := await accepted(tx, id)):
        raise RuleBroken("agenda.empty")
    if mark(meeting, items) != seen:
        raise RuleBroken("meeting_agenda.moved_on")
    return await issue_agenda(tx, meeting, kind=kind, now=now, by=by.id)


async def issue_agenda(
    tx: Transaction,
    meeting: CommitteeMeeting,
    *,
    kind: AgendaKind,
    now: datetime,
    by: PersonId | None = None,
) -> AgendaVersion:
    """Send the agenda as it is: to those of the meeting, and for good (SGF-1, SGF-3).

    One of that kind that has been sent is given as it is. With the final one, what is not on
    it goes to the next meeting (MTG-24).
    """
    await tx.committee_meetings.hold(meeting.id)
    versions = await tx.agendas.of_meeting(meeting.id)
    already = [each for each in versions if each.kind is kind or each.is_final]
    if already and kind is not AgendaKind.SUDDEN:
        return already[-1]
    committee = await tx.organisation.committee(meeting.committee)
    items = fit(await tx.meeting_items.of_meeting(meeting.id), committee.type)
    agenda = AgendaVersion(
        meeting=meeting.id,
        number=len(versions) + 1,
        kind=kind,
        items=tuple(replace(each, position=n) for n, each in enumerate(items, start=1)),
        made_by=by,
        made_at=now,
    )
    await tx.agendas.add(agenda)
    if kind is AgendaKind.FINAL:
        await _carry_over(tx, meeting, {each.id for each in items}, now=now)
    due = None if kind is AgendaKind.SUDDEN else await due_of(tx, meeting, kind)
    if due is not None and by is not None:
        await tx.committee_meetings.settle(due, state=DeadlineState.DONE, at=now)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.AGENDA_SENT,
                about=meeting.id,
                due_at=now,
                person=each,
                round=agenda.number,
            )
            for each in await who_reads(tx, meeting)
            if each != by
        ]
    )
    return agenda


async def admit_sudden(
    tx: Transaction,
    *,
    id: UUID,
    meeting: UUID,
    wording: Wording,
    because: str,
    by: Person,
    now: datetime,
) -> AgendaVersion:
    """Let an item in after the final agenda; everybody gets the agenda again (SGF-5, MTG-24).

    :raises RuleBroken: as `propose`, or `item.not_sudden` while others can still propose.
    """
    found, _, _ = await permit.meeting(tx, by, Action.ADMIT_SUDDEN, meeting, now=now)
    if await takes_items(tx, found, now=now):
        raise RuleBroken("item.not_sudden")
    item = await propose(
        tx, id=id, meeting=meeting, wording=wording, because=because, by=by, now=now
    )
    if item.state is ItemState.PROPOSED:
        committee = await tx.organisation.committee(found.committee)
        position = await end_of(tx, meeting)
        await tx.meeting_items.save(item.accepted(committee=committee.type, position=position))
    return await issue_agenda(tx, found, kind=AgendaKind.SUDDEN, now=now, by=by.id)


async def leave_items(tx: Transaction, meeting: CommitteeMeeting, *, now: datetime) -> None:
    """Take all of a cancelled meeting's items to the next one, or let them wait for it."""
    await _carry_over(tx, meeting, set(), now=now)


async def next_meeting(
    tx: Transaction, meeting: CommitteeMeeting, *, now: datetime
) -> CommitteeMeeting | None:
    """Find the committee's next meeting that still takes items."""
    later = await tx.committee_meetings.between(
        meeting.day, meeting.day + AHEAD, committees=[meeting.committee]
    )
    for each in later:
        if each.starts_at > max(meeting.starts_at, now) and await takes_items(tx, each, now=now):
            return each
    return None


async def _carry_over(
    tx: Transaction, meeting: CommitteeMeeting, staying: set[UUID], *, now: datetime
) -> None:
    left = [
        each
        for each in await tx.meeting_items.of_meeting(meeting.id)
        if each.id not in staying and each.state in LIVE
    ]
    following = await next_meeting(tx, meeting, now=now) if left else None
    for each in left:
        saved = await tx.meeting_items.save(each.moved(following.id if following else None))
        await tell_proposer(tx, saved, None, now=now)


async def accepted(tx: Transaction, meeting: UUID) -> list[MeetingItem]:
    """List what is on a meeting's agenda, in its order."""
    items = await tx.meeting_items.of_meeting(meeting)
    return [each for each in items if each.state is ItemState.ACCEPTED]


async def end_of(tx: Transaction, meeting: UUID) -> int:
    """Give the place after the last item."""
    return max((each.position for each in await accepted(tx, meeting)), default=0) + 1


async def tell_proposer(
    tx: Transaction, item: MeetingItem, by: PersonId | None, *, now: datetime
) -> None:
    """Tell who proposed an item that something became of it, unless it was their own doing."""
    if item.proposed_by == by:
        return
    notice = Notice(
        kind=NoticeKind.ITEM_ANSWERED,
        about=item.id,
        due_at=now,
        person=item.proposed_by,
        round=item.version,
    )
    await tx.outbox.add([notice])
