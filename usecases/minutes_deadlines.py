"""What falls due for agendas and minutes, done at its hour (MTG-21)."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from domain.agendas import AgendaKind
from domain.committee_meetings import CommitteeMeeting, DeadlineKind
from domain.minutes import Minutes, MinutesState
from domain.notices import Notice, NoticeKind
from storage.database import Transaction
from usecases.agendas import issue_agenda
from usecases.approve_minutes import ask_for_approval, send_out, tell
from usecases.meeting_people import who_approves, who_leads
from usecases.prepare_meeting import runners

Do = Callable[[Transaction, CommitteeMeeting, DeadlineKind, datetime], Awaitable[bool]]


async def meet_deadline(
    tx: Transaction, meeting: CommitteeMeeting, kind: DeadlineKind, *, now: datetime
) -> bool:
    """Do what falls due; False where it could not be done yet, and who must see to it was told.

    What is done by press afterwards needs no hour of its own any more.
    """
    return await _DO[kind](tx, meeting, kind, now)


async def _issue(
    tx: Transaction, meeting: CommitteeMeeting, kind: DeadlineKind, now: datetime
) -> bool:
    """Send the agenda; one with nothing on it is sent too, for that is worth knowing."""
    which = AgendaKind.FINAL if kind is DeadlineKind.FINAL else AgendaKind.PROVISIONAL
    await issue_agenda(tx, meeting, kind=which, now=now)
    return True


async def _draft(
    tx: Transaction, meeting: CommitteeMeeting, _: DeadlineKind, now: datetime
) -> bool:
    """Remind of minutes that nobody has sent out."""
    latest = await tx.minutes.latest(meeting.id)
    if latest is None or latest.state is MinutesState.DRAFT:
        await _remind(tx, meeting, DeadlineKind.DRAFT, now)
    return True


async def _send_for_comments(
    tx: Transaction, meeting: CommitteeMeeting, kind: DeadlineKind, now: datetime
) -> bool:
    """Send a draft that is complete; one that is not is never sent by itself."""
    latest = await tx.minutes.latest(meeting.id)
    if latest is None or (latest.state is MinutesState.DRAFT and not latest.is_complete):
        await _remind(tx, meeting, kind, now)
        return False
    if latest.state is MinutesState.DRAFT:
        await send_out(tx, meeting, latest, by=None, now=now)
    return True


async def _ask_for_approval(
    tx: Transaction, meeting: CommitteeMeeting, kind: DeadlineKind, now: datetime
) -> bool:
    if not await _send_for_comments(tx, meeting, kind, now):
        return False
    latest = await tx.minutes.latest(meeting.id)
    if latest is not None and latest.state is MinutesState.COMMENTS:
        await ask_for_approval(tx, meeting, latest, by=None, now=now)
    return True


async def _distribute(
    tx: Transaction, meeting: CommitteeMeeting, kind: DeadlineKind, now: datetime
) -> bool:
    """Approved minutes have been sent on; of others, whoever holds them up is told."""
    latest = await tx.minutes.latest(meeting.id)
    if latest is not None and latest.state is MinutesState.APPROVED:
        return True
    if latest is not None and latest.state is MinutesState.APPROVAL:
        await _ask_again(tx, meeting, latest, now)
    else:
        await _remind(tx, meeting, kind, now)
    return False


async def _ask_again(
    tx: Transaction, meeting: CommitteeMeeting, minutes: Minutes, now: datetime
) -> None:
    agreed = await tx.minutes.agreed(meeting.id, minutes.number)
    waiting = [each for each in await who_approves(tx, meeting) if each not in agreed]
    asked = [*waiting, *await who_leads(tx, meeting)]
    await tell(
        tx,
        minutes,
        NoticeKind.MINUTES_TO_APPROVE,
        dict.fromkeys(asked),
        but=None,
        round=minutes.number,
        now=now,
    )


async def _remind(
    tx: Transaction, meeting: CommitteeMeeting, kind: DeadlineKind, now: datetime
) -> None:
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.MINUTES_TO_WRITE,
                about=meeting.id,
                due_at=now,
                person=each,
                round=list(DeadlineKind).index(kind),
            )
            for each in await runners(tx, meeting)
        ]
    )


_DO: Mapping[DeadlineKind, Do] = {
    DeadlineKind.PROVISIONAL: _issue,
    DeadlineKind.FINAL: _issue,
    DeadlineKind.DRAFT: _draft,
    DeadlineKind.COMMENTS: _send_for_comments,
    DeadlineKind.APPROVAL: _ask_for_approval,
    DeadlineKind.DISTRIBUTION: _distribute,
}
