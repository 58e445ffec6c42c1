"""Answer an invitation to a readiness meeting, or have one's substitute asked (BER-41)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.alerts import Why
from domain.committee_meetings import Reply
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.people import Person, PersonId
from domain.readiness_meetings import Attendance, ReadinessMeeting, stand_in
from storage.database import Transaction
from usecases.call_readiness_meeting import tell
from usecases.climb_ladder import unavailable
from usecases.read_readiness_meeting import see_readiness_meeting


async def reply_to_readiness_meeting(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    reply: Reply,
    said_at: datetime | None = None,
    now: datetime,
) -> ReadinessMeeting:
    """Take somebody's answer, or the change of it; the same answer twice changes nothing.

    :param seen: how often it had been moved, as the person saw it: an answer is to an hour.
    :param said_at: when they gave it, where we hear of it later (MTG-17).
    :raises RuleBroken: `readiness_meeting.not_found`, `.not_asked`, `.over`, `.moved_on`
    """
    found = await see_readiness_meeting(tx, id=id, by=by)
    meeting = await tx.readiness_meetings.hold(id) or found.meeting
    if found.own is None:
        raise RuleBroken("readiness_meeting.not_asked")
    if not (meeting.takes_answers(now) and found.alert.is_open):
        raise RuleBroken("readiness_meeting.over")
    if seen != meeting.sequence:
        raise RuleBroken("readiness_meeting.moved_on")
    changed = await tx.readiness_meetings.answer(id, by.id, reply, now=said_at or now)
    stands_for = found.own.stands_for
    if changed and (reply is Reply.SUBSTITUTE or (stands_for and reply is Reply.DECLINED)):
        await _ask_another(tx, meeting, of=stands_for or by.id, now=now)
    return meeting


async def _ask_another(
    tx: Transaction, meeting: ReadinessMeeting, *, of: PersonId, now: datetime
) -> PersonId | None:
    """Ask the next who may stand in; nobody where none is left."""
    snapshot = await tx.escalations.snapshot(meeting.alert)
    asked = await tx.readiness_meetings.attendances(meeting.id)
    away = await unavailable(tx, snapshot, (), now=now)
    following = stand_in(snapshot, asked, of=of, unavailable=away)
    if following is not None:
        await _let_in(tx, meeting.alert, following, of=of, now=now)
        await tx.readiness_meetings.ask(
            [Attendance(meeting=meeting.id, person=following, stands_for=of, asked_at=now)]
        )
        await tell(tx, NoticeKind.READINESS_MEETING, meeting, [following], now=now)
    return following


async def _let_in(
    tx: Transaction, alert: UUID, person: PersonId, *, of: PersonId, now: datetime
) -> None:
    """Alert them, so that they see what it is about, and hear what becomes of it (BER-18)."""
    replaced = await tx.recipients.find(alert, of)
    if replaced is not None:
        stands_in = replace(
            replaced,
            person=person,
            why=Why.SUBSTITUTE,
            added_at=now,
            stands_for=of,
            reply=None,
            replied_at=None,
            via=None,
            via_person=None,
        )
        new = await tx.recipients.add([stands_in])
        await tx.outbox.add(
            [
                Notice(
                    kind=NoticeKind.ALERT,
                    about=alert,
                    due_at=now,
                    person=each,
                    tier=stands_in.tier,
                )
                for each in new
            ]
        )
