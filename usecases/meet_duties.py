"""What committee meetings ask of somebody: an answer, while there is time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from domain.access import Action
from domain.committee_meetings import MeetingState, Reply
from domain.dates import local_date
from domain.duties import Duty, DutyKind
from domain.matters import MatterKind
from domain.roles import Actor
from storage.database import Transaction

AHEAD: Final = timedelta(days=14)


async def meetings_to_answer(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List the meetings of the next fortnight that somebody has not answered."""
    today = local_date(now)
    asked = await tx.committee_meetings.asked_of(
        actor.person.id, from_on=today, to_on=today + AHEAD
    )
    return [
        Duty(
            kind=DutyKind.MEETING_REPLY,
            id=meeting.id,
            due=meeting.day,
            matter=MatterKind.MEETING,
            action=Action.REPLY,
            reference=meeting.reference,
            version=meeting.version,
        )
        for meeting, invitation in asked
        if invitation.reply is Reply.ASKED
        and meeting.state is MeetingState.PLANNED
        and now < meeting.starts_at
    ]
