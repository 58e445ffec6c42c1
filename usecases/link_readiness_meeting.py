"""Put a link to Teams on a readiness meeting, or say that none could be made (BER-41)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.committee_meetings import Reply
from domain.notices import NoticeKind
from domain.readiness_meetings import ReadinessMeeting, linked
from storage.database import Transaction
from usecases.call_readiness_meeting import tell


async def put_link(tx: Transaction, *, id: UUID, link: str, now: datetime) -> bool:
    """Put it on, and tell those who come; False where nobody waits for it any more.

    :raises ValueError: when it is no link
    """
    meeting = await _waiting(tx, id)
    if meeting is None:
        return False
    there = await tx.readiness_meetings.save(linked(meeting, link))
    asked = await tx.readiness_meetings.attendances(id)
    told = {each.person for each in asked if each.reply is not Reply.DECLINED}
    told |= {meeting.called_by}
    await tell(tx, NoticeKind.READINESS_MEETING_LINK, there, sorted(told), now=now)
    return True


async def give_up_link(tx: Transaction, *, id: UUID, now: datetime) -> bool:
    """Wait for a link no more; who called the meeting is asked to paste one."""
    meeting = await _waiting(tx, id)
    if meeting is None or meeting.link_by is None or now < meeting.link_by:
        return False
    there = await tx.readiness_meetings.save(replace(meeting, link_by=None))
    await tell(tx, NoticeKind.READINESS_MEETING_LINK, there, [there.called_by], now=now)
    return True


async def _waiting(tx: Transaction, id: UUID) -> ReadinessMeeting | None:
    meeting = await tx.readiness_meetings.hold(id)
    waits = meeting is not None and meeting.link_by is not None and not meeting.is_off
    return meeting if waits else None
