"""Do what falls due around a meeting, once each, and say what was late (MTG-21)."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from uuid import UUID

from domain.agendas import is_final
from domain.committee_meetings import (
    CommitteeMeeting,
    Deadline,
    DeadlineKind,
    DeadlineState,
    MeetingState,
    Reply,
)
from domain.meeting_deadlines import fate
from domain.notices import NoticeKind
from storage.database import Transaction
from usecases.minutes_deadlines import meet_deadline
from usecases.prepare_meeting import runners
from usecases.replace_away import replace_away
from usecases.reply_to_meeting import expected_at, tell_missing, tell_of

Effect = Callable[[Transaction, CommitteeMeeting, datetime], Awaitable[None]]

KINDS = tuple(DeadlineKind)


async def fire(tx: Transaction, due: Deadline, *, now: datetime) -> DeadlineState | None:
    """Do what is due, in the transaction that says it is done; None when it was done already.

    What is done a day late, or can be done no more, is told to who runs the meeting.
    """
    meeting = await tx.committee_meetings.hold(due.meeting)
    deadline = await _as_it_is(tx, due.meeting, due.kind)
    if meeting is None or deadline is None or deadline.due_at > now:
        return None
    state = fate(deadline, meeting, now=now)
    if meeting.state is MeetingState.CANCELLED:
        state = DeadlineState.DROPPED
    elif state is not DeadlineState.DONE:
        await _tell_late(tx, meeting, deadline.kind, now=now)
    if state is not DeadlineState.DROPPED and not await _do(tx, meeting, deadline.kind, now=now):
        state = DeadlineState.LATE
    await tx.committee_meetings.settle(deadline, state=state, at=now)
    return state


async def _do(
    tx: Transaction, meeting: CommitteeMeeting, kind: DeadlineKind, *, now: datetime
) -> bool:
    if kind in _OURS:
        await _OURS[kind](tx, meeting, now)
        return True
    return await meet_deadline(tx, meeting, kind, now=now)


async def _as_it_is(tx: Transaction, meeting: UUID, kind: DeadlineKind) -> Deadline | None:
    """Look again, now that nobody else can change the meeting: another replica may have been."""
    for each in await tx.committee_meetings.deadlines(meeting):
        if each.kind is kind and each.state is DeadlineState.WAITING:
            return each
    return None


async def _call(tx: Transaction, meeting: CommitteeMeeting, now: datetime) -> None:
    """Ask everybody with a seat of their own what should be on the agenda, until it is final."""
    if is_final(await tx.agendas.of_meeting(meeting.id)):
        return
    invited = await tx.committee_meetings.invitations(meeting.id)
    people = [each.person for each in invited if each.stands_for is None]
    await tell_of(tx, NoticeKind.MEET_CALL, meeting, people, round=meeting.sequence + 1, now=now)


async def _remind(tx: Transaction, meeting: CommitteeMeeting, now: datetime) -> None:
    """Remind who has not answered; of those known to be away the substitute is asked instead."""
    await replace_away(tx, meeting, now=now)
    people = [
        each.person
        for each in await tx.committee_meetings.invitations(meeting.id)
        if each.reply is Reply.ASKED and each.asked_at < now
    ]
    await tell_of(
        tx, NoticeKind.MEET_REMINDER, meeting, people, round=meeting.sequence + 1, now=now
    )


async def _check(tx: Transaction, meeting: CommitteeMeeting, now: datetime) -> None:
    """Look whether an authority will be missing, or may be; who runs it hears it (MTG-25)."""
    await replace_away(tx, meeting, now=now)
    if any(each.short or each.unsure for each in await expected_at(tx, meeting)):
        await tell_missing(tx, meeting, now=now)


async def _tell_late(
    tx: Transaction, meeting: CommitteeMeeting, kind: DeadlineKind, *, now: datetime
) -> None:
    number = meeting.sequence * len(KINDS) + KINDS.index(kind) + 1
    people = await runners(tx, meeting)
    await tell_of(tx, NoticeKind.MEET_LATE, meeting, people, round=number, now=now)


def kind_of_round(round: int) -> DeadlineKind:
    """Name the kind of deadline that a notice of something late is about."""
    return KINDS[(round - 1) % len(KINDS)]


_OURS: Mapping[DeadlineKind, Effect] = {
    DeadlineKind.CALL: _call,
    DeadlineKind.REMINDER: _remind,
    DeadlineKind.ATTENDANCE: _check,
}
