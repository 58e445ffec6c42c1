"""Let the substitutes of those who are away be asked without a word of theirs (MTG-25)."""

from dataclasses import replace
from datetime import datetime

from domain.committee_meetings import (
    CommitteeMeeting,
    DeadlineKind,
    DeadlineState,
    Invitation,
    Reply,
)
from domain.people import PersonId
from storage.database import Transaction
from usecases.reply_to_meeting import ask_next, expected_at, tell_newly_short

_COUNTED_ON = frozenset({Reply.ASKED, Reply.COMING})


async def replace_away(tx: Transaction, meeting: CommitteeMeeting, *, now: datetime) -> None:
    """Take it that who is away that day does not come, unless they said so since."""
    before = await expected_at(tx, meeting)
    noted = await _noted(tx, meeting)
    for each in await tx.committee_meetings.invitations(meeting.id):
        if each.person in noted and _does_not_know(each, noted[each.person]):
            own = each.stands_for is None
            theirs = replace(
                each, reply=Reply.SUBSTITUTE if own else Reply.DECLINED, replied_at=now
            )
            await tx.committee_meetings.save_reply(theirs)
            await ask_next(tx, meeting, theirs.stands_for or theirs.person, now=now)
    await tell_newly_short(tx, meeting, before, now=now)


async def replace_from_now_on(
    tx: Transaction, meeting: CommitteeMeeting, *, now: datetime
) -> None:
    """Do it at once where the reminder, which does it too, has gone out."""
    held = await tx.committee_meetings.hold(meeting.id)
    reminder_waits = any(
        each.kind is DeadlineKind.REMINDER and each.state is DeadlineState.WAITING
        for each in await tx.committee_meetings.deadlines(meeting.id)
    )
    if held is not None and held.starts_at > now and not reminder_waits:
        await replace_away(tx, held, now=now)


async def _noted(tx: Transaction, meeting: CommitteeMeeting) -> dict[PersonId, datetime]:
    """Say of those who are away that day when they noted it, the last time."""
    away = await tx.absences.between(meeting.day, meeting.day)
    return {each.person: each.noted_at for each in sorted(away, key=lambda each: each.noted_at)}


def _does_not_know(invited: Invitation, noted_at: datetime) -> bool:
    answered = invited.replied_at
    return invited.reply in _COUNTED_ON and (answered is None or answered <= noted_at)
