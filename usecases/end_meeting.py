"""End a case meeting, and tell each how much they have promised (issue item 4)."""

from datetime import datetime
from uuid import UUID

from domain import case_meetings
from domain.case_meetings import CaseMeeting
from domain.dates import local_date
from domain.notices import Notice, NoticeKind
from domain.people import Person, PersonId, Seat
from storage.database import Transaction
from usecases.run_meeting import held, record


async def end_meeting(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> CaseMeeting:
    """End a meeting: each is told how much they have promised, the facilitators what came of it.

    :raises RuleBroken: `meeting.not_found`, `.moved_on`, `.ended`.
    """
    meeting, _ = await held(tx, id, seen, by)
    return await _end(tx, meeting, by=by.id, now=now)


async def end_forgotten(tx: Transaction, *, now: datetime) -> None:
    """End the meetings of earlier days that nobody has ended: each hears what is theirs."""
    for meeting in await tx.meetings.going_on():
        if local_date(meeting.begun_at) < local_date(now):
            await _end(tx, meeting, by=None, now=now)


async def _end(
    tx: Transaction, meeting: CaseMeeting, *, by: PersonId | None, now: datetime
) -> CaseMeeting:
    ended = await tx.meetings.save(case_meetings.end(meeting, now=now))
    owners = {each.owner for each in await tx.actions.of_meeting(meeting.id)}
    others = {
        each.id
        for seat, each in await tx.organisation.members(meeting.group)
        if seat.seat is Seat.FACILITATOR and each.id != by
    }
    told = [
        *((NoticeKind.MEETING_OWN, person) for person in sorted(owners)),
        *((NoticeKind.MEETING_DECIDED, person) for person in sorted(others)),
    ]
    await tx.outbox.add(
        [Notice(kind=kind, about=meeting.id, due_at=now, person=person) for kind, person in told]
    )
    await record(tx, ended, by=by, what="end", now=now)
    return ended
