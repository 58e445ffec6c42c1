"""Call a meeting beyond the plan, move one, cancel one: who counts on it is told, nobody else."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from domain.access import Action
from domain.committee_meetings import CommitteeMeeting, DeadlineState, Reply
from domain.errors import RuleBroken
from domain.meeting_conflicts import (
    Conflicts,
    Doubled,
    collide,
    is_at_odd_hours,
    is_day_off,
)
from domain.meeting_deadlines import agendas_late
from domain.notices import NoticeKind
from domain.office_actions import OfficeAction, may
from domain.people import Committee, CommitteeCode, Person, PersonId, Seat
from storage.database import Transaction
from usecases import permit
from usecases.agendas import leave_items
from usecases.permit_office import permit_office
from usecases.prepare_meeting import concerned, leads_of, prepare, seated
from usecases.reply_to_meeting import must_be_ahead, tell_of


async def callable_by(tx: Transaction, person: Person) -> list[Committee]:
    """List the committees whose meetings somebody may call."""
    actor = await permit.actor_of(tx, person)
    return [
        each
        for each in await tx.organisation.committees()
        if may(actor, OfficeAction.CALL_MEETING, group=each.code)
    ]


async def call(
    tx: Transaction,
    *,
    id: UUID,
    committee: CommitteeCode,
    day: date,
    starts: time,
    minutes: int,
    place: str,
    purpose: str,
    by: Person,
    now: datetime,
) -> CommitteeMeeting:
    """Call a committee to a meeting beyond the plan; asked twice under one id, there is one.

    :raises RuleBroken: `office.secretariat_only`, or `committee_meeting.past`.
    """
    await permit_office(tx, by, OfficeAction.CALL_MEETING, group=committee)
    if (already := await tx.committee_meetings.find(id)) is not None:
        return already
    meeting = CommitteeMeeting(
        id=id,
        reference=await tx.committee_meetings.next_reference(day.year),
        committee=committee,
        year=day.year,
        number=None,
        day=day,
        starts=starts,
        minutes=minutes,
        place=place,
        purpose=purpose,
        led_by=by.id if await _facilitates(tx, by, committee) else None,
        called_by=by.id,
        called_at=now,
    )
    _must_come(meeting, now=now)
    await tx.committee_meetings.add([meeting])
    await prepare(tx, meeting, now=now)
    await _comes(tx, meeting, by, now=now)
    await _tell(tx, NoticeKind.MEET_INVITED, meeting, await concerned(tx, meeting), by, now=now)
    return meeting


async def move(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    day: date,
    starts: time,
    by: Person,
    now: datetime,
) -> CommitteeMeeting:
    """Hold a meeting at another hour; everybody is asked anew.

    :raises RuleBroken: `committee_meeting.not_found`, `committee_meeting.over`,
        `committee_meeting.moved_on`, `committee_meeting.past` or `committee_meeting.same_hour`.
    """
    before = await _managed(tx, id, by=by, now=now)
    if (before.day, before.starts) == (day, starts):
        raise RuleBroken("committee_meeting.same_hour")
    moved = replace(before, version=seen).moved(day=day, starts=starts)
    _must_come(moved, now=now)
    meeting = await tx.committee_meetings.save(moved)
    told = await concerned(tx, meeting)
    await prepare(tx, meeting, moved=True, now=now)
    await _comes(tx, meeting, by, now=now)
    await _tell(tx, NoticeKind.MEET_MOVED, meeting, told, by, now=now)
    return meeting


async def cancel(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> CommitteeMeeting:
    """Cancel a meeting; its agenda goes to the committee's next.

    :raises RuleBroken: `committee_meeting.not_found`, `committee_meeting.over` or
        `committee_meeting.moved_on`.
    """
    before = await _managed(tx, id, by=by, now=now)
    meeting = await tx.committee_meetings.save(replace(before, version=seen).cancelled(at=now))
    await prepare(tx, meeting, now=now)
    await leave_items(tx, meeting, now=now)
    told = await concerned(tx, meeting)
    await _tell(tx, NoticeKind.MEET_CANCELLED, meeting, told, by, now=now)
    return meeting


async def conflicts(
    tx: Transaction, meeting: CommitteeMeeting, *, day: date, starts: time, now: datetime
) -> Conflicts:
    """Look what speaks against holding a meeting at an hour."""
    there = replace(meeting, day=day, starts=starts)
    people = {person.id for _, person in await seated(tx, meeting)}
    doubled = [
        Doubled(committee=other.committee, people=len(both))
        for other in await tx.committee_meetings.between(day, day)
        if other.id != meeting.id and collide(there, other)
        if (both := people & {person.id for _, person in await seated(tx, other)})
    ]
    leads, closed = await leads_of(tx, there)
    sent = {
        each.kind
        for each in await tx.committee_meetings.deadlines(meeting.id)
        if each.state in {DeadlineState.DONE, DeadlineState.LATE}
    }
    late = agendas_late(there, leads, now=now, closed=closed)
    holidays = await tx.year_calendar.holidays(day, day)
    return Conflicts(
        doubled=tuple(doubled),
        away=len(people & await tx.absences.away(day)),
        day_off=day if holidays or is_day_off(day, closed) else None,
        odd_hours=is_at_odd_hours(there),
        late=tuple(each for each in late if each not in sent),
    )


async def _managed(tx: Transaction, id: UUID, *, by: Person, now: datetime) -> CommitteeMeeting:
    meeting, _, _ = await permit.meeting(tx, by, Action.MANAGE_MEETING, id, result="ok", now=now)
    must_be_ahead(meeting, now=now)
    return meeting


def _must_come(meeting: CommitteeMeeting, *, now: datetime) -> None:
    if meeting.starts_at <= now:
        raise RuleBroken("committee_meeting.past")


async def _facilitates(tx: Transaction, person: Person, code: CommitteeCode) -> bool:
    members = await tx.organisation.members(code)
    return any(seat.seat is Seat.FACILITATOR and each.id == person.id for seat, each in members)


async def _comes(tx: Transaction, meeting: CommitteeMeeting, by: Person, *, now: datetime) -> None:
    """Take it that who chose the hour comes."""
    own = await tx.committee_meetings.invitation(meeting.id, by.id)
    if own is not None:
        await tx.committee_meetings.save_reply(replace(own, reply=Reply.COMING, replied_at=now))


async def _tell(
    tx: Transaction,
    kind: NoticeKind,
    meeting: CommitteeMeeting,
    people: Iterable[PersonId],
    by: Person,
    *,
    now: datetime,
) -> None:
    others = [each for each in people if each != by.id]
    await tell_of(tx, kind, meeting, others, round=meeting.sequence + 1, now=now)
