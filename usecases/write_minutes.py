"""Write the minutes of a meeting while it goes on, and after it: item by item (SGF-4)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.access import Action
from domain.attending import attended, seats_then
from domain.committee_meetings import (
    Attendance,
    CommitteeMeeting,
    Invitation,
    MeetingState,
    Presence,
    Reply,
)
from domain.dates import local_date
from domain.decision_tasks import RUNNING, DecisionTask
from domain.errors import RuleBroken
from domain.meeting_items import MeetingItem
from domain.minutes import Minutes, MinutesState
from domain.people import Membership, Office, Person, PersonId, Seat
from storage.database import Transaction
from usecases import permit
from usecases.agendas import accepted
from usecases.find_task import kept_task


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Who may have been at a meeting, and who seems to have been, by their replies.

    :param own: those with a seat of their own, who alone can be excused.
    """

    people: dict[PersonId, Person] = field(repr=False)
    own: frozenset[PersonId]
    present: list[PersonId]
    excused: list[PersonId]


async def begin_minutes(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Minutes:
    """Begin the draft from the agenda, on the day of the meeting or after; begun once.

    What the chair let in meanwhile is taken in too.

    :raises RuleBroken: `committee_meeting.not_found`, `minutes.too_early`,
        `minutes.cancelled`, `minutes.nothing`.
    """
    meeting, _, _ = await permit.meeting(tx, by, Action.WRITE_MINUTES, id, now=now)
    if meeting.state is MeetingState.CANCELLED:
        raise RuleBroken("minutes.cancelled")
    latest = await tx.minutes.latest(id)
    if latest is not None and latest.state is not MinutesState.DRAFT:
        return latest
    if local_date(now) < meeting.day:
        raise RuleBroken("minutes.too_early")
    agenda = await _agenda(tx, meeting)
    if latest is not None:
        taken_in = latest.with_items(agenda) if latest.number == 1 else latest
        return latest if taken_in == latest else await tx.minutes.save(taken_in)
    if not agenda:
        raise RuleBroken("minutes.nothing")
    begun = Minutes(meeting=id, number=1, made_by=by.id, made_at=now).with_items(agenda)
    await tx.minutes.add(begun)
    return begun


async def _agenda(tx: Transaction, meeting: CommitteeMeeting) -> list[MeetingItem]:
    sent = await tx.agendas.latest(meeting.id)
    if sent is not None and sent.is_final:
        return list(sent.items)
    return await accepted(tx, meeting.id)


async def draft_of(
    tx: Transaction, *, id: UUID, by: Person, now: datetime, action: Action = Action.WRITE_MINUTES
) -> tuple[Minutes, CommitteeMeeting]:
    """Find the minutes that are being written.

    :raises RuleBroken: `minutes.not_found`, the same whether there are none or they are not
        theirs.
    """
    try:
        meeting, _, _ = await permit.meeting(tx, by, action, id, now=now)
    except RuleBroken:
        raise RuleBroken("minutes.not_found", about=str(id)) from None
    minutes = await tx.minutes.latest(id)
    if minutes is None:
        raise RuleBroken("minutes.not_found", about=str(id))
    return minutes, meeting


async def minuted(
    tx: Transaction, *, item: UUID, by: Person, now: datetime
) -> tuple[Minutes, CommitteeMeeting]:
    """Find the minutes that an item is written in.

    :raises RuleBroken: `minuted.not_found`
    """
    found = await tx.meeting_items.find(item)
    try:
        minutes, meeting = await draft_of(
            tx, id=found.meeting if found and found.meeting else item, by=by, now=now
        )
    except RuleBroken:
        raise RuleBroken("minuted.not_found", about=str(item)) from None
    minutes.of_item(item)
    return minutes, meeting


async def decide(
    tx: Transaction, *, item: UUID, seen: int, words: str, by: Person, now: datetime
) -> Minutes:
    """Write what was decided about an item.

    :raises RuleBroken: `minuted.not_found`, `minuted.moved_on`, `minutes.closed`.
    """
    minutes, _ = await minuted(tx, item=item, by=by, now=now)
    return await tx.minutes.save(minutes.decided(item, words, seen=seen))


async def expected(tx: Transaction, meeting: CommitteeMeeting) -> Expected:
    """Say who may have been there, with what they answered as a beginning."""
    seats = await _seats_then(tx, meeting)
    replies = {each.person: each for each in await tx.committee_meetings.invitations(meeting.id)}
    noted = {each.person: each.how for each in await tx.committee_meetings.attendance(meeting.id)}
    people = {each.id: each for _, each in seats}
    own = frozenset(each.id for seat, each in seats if seat.seat is not Seat.SUBSTITUTE)
    if noted:
        present = [each for each in people if noted.get(each) in _THERE]
        excused = [each for each in people if noted.get(each) is Presence.EXCUSED]
    else:
        present = [each for each in people if _comes(replies.get(each))]
        excused = [each for each in people if each in own and _stays_away(replies.get(each))]
    return Expected(people=people, own=own, present=present, excused=excused)


async def _seats_then(
    tx: Transaction, meeting: CommitteeMeeting
) -> list[tuple[Membership, Person]]:
    seats = seats_then(
        [seat for seat, _ in await tx.organisation.members(meeting.committee)],
        await tx.committee_meetings.invitations(meeting.id),
        await tx.committee_meetings.attendance(meeting.id),
        committee=meeting.committee,
    )
    people = await tx.people.of_ids([each.person for each in seats])
    return [(each, people[each.person]) for each in seats]


_THERE = frozenset({Presence.PRESENT, Presence.SUBSTITUTE})


def _comes(invitation: Invitation | None) -> bool:
    return invitation is not None and invitation.reply is Reply.COMING


def _stays_away(invitation: Invitation | None) -> bool:
    return invitation is not None and invitation.reply in {Reply.DECLINED, Reply.SUBSTITUTE}


async def note_attendance(
    tx: Transaction,
    *,
    id: UUID,
    present: Collection[PersonId],
    excused: Collection[PersonId],
    by: Person,
    now: datetime,
) -> Minutes:
    """Note who was there, with the minutes (MTG-26).

    :raises RuleBroken: `minutes.not_found`, `minutes.closed`, `minutes.nobody`,
        `minutes.both` for somebody who was there and away, or `press.not_ours`.
    """
    minutes, meeting = await draft_of(tx, id=id, by=by, now=now, action=Action.NOTE_ATTENDANCE)
    seats = await _seats_then(tx, meeting)
    if not {*present, *excused} <= {each.id for _, each in seats}:
        raise RuleBroken("press.not_ours")
    if not present:
        raise RuleBroken("minutes.nobody")
    if {*present} & {*excused}:
        raise RuleBroken("minutes.both")
    invitations = {
        each.person: each for each in await tx.committee_meetings.invitations(meeting.id)
    }
    rows = attended(seats, invitations, present=present, excused=excused)
    saved = await tx.minutes.save(minutes.with_attendance(rows))
    await tx.committee_meetings.note_attendance(
        id,
        [
            Attendance(
                meeting=id,
                person=each.person,
                slot=each.slot,
                how=each.how,
                stands_for=each.stands_for,
                noted_by=by.id,
                noted_at=now,
            )
            for each in rows
        ],
    )
    return saved


async def owners_offered(tx: Transaction, meeting: CommitteeMeeting) -> dict[PersonId, Person]:
    """Name who can be given a task: who sits there, and the Secretariat."""
    members = await tx.organisation.members(meeting.committee)
    offices = [await tx.people.of_office(each) for each in (Office.SEK, Office.HEAD)]
    everybody = [*(each for _, each in members), *(each for held in offices for each in held)]
    return {each.id: each for each in everybody}


async def add_task(
    tx: Transaction,
    *,
    id: UUID,
    item: UUID,
    owner: PersonId,
    words: str,
    due_on: date,
    by: Person,
    now: datetime,
) -> DecisionTask:
    """Give somebody a task with a decision; they hear of it when the minutes are sent out.

    :param id: the task's; given again under the same id, it is given once.
    :raises RuleBroken: `minuted.not_found`, `minutes.closed`, `press.not_ours`.
    """
    minutes, meeting = await minuted(tx, item=item, by=by, now=now)
    minutes.must_be_open()
    if owner not in await owners_offered(tx, meeting):
        raise RuleBroken("press.not_ours")
    if (already := await tx.decision_tasks.find(id)) is not None:
        return already
    task = DecisionTask(
        id=id,
        meeting=meeting.id,
        item=item,
        committee=meeting.committee,
        owner=owner,
        words=words.strip(),
        due_on=due_on,
        given_by=by.id,
        given_at=now,
    )
    await tx.decision_tasks.add(task)
    return task


async def drop_task(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> DecisionTask:
    """Take a task back.

    :raises RuleBroken: `task.not_found`, `task.moved_on`, `task.ended`.
    """
    task, _ = await kept_task(tx, id=id, by=by, now=now)
    if task.state in RUNNING and task.version != seen:
        raise RuleBroken("task.moved_on")
    return await tx.decision_tasks.save(task.dropped(at=now))
