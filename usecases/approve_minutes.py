"""Send minutes out, hear what is said of them, approve them, and send them on (SGF-4)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from domain.access import Action
from domain.committee_meetings import CommitteeMeeting, DeadlineKind, DeadlineState
from domain.decision_tasks import TaskState, reminders
from domain.errors import RuleBroken
from domain.meeting_deadlines import LEADS
from domain.minutes import (
    APPROVED_BY,
    Approval,
    MinutedTask,
    Minutes,
    MinutesComment,
    MinutesState,
)
from domain.notices import Notice, NoticeKind
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases import permit
from usecases.meeting_people import who_approves, who_else_receives, who_reads
from usecases.prepare_meeting import runners
from usecases.write_minutes import draft_of

K = DeadlineKind
MOST = 10_000  # changes to one version of minutes
TIME_TO_AGREE = timedelta(days=1)  # from approval to distribution (SGF-4)


async def send_minutes(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Minutes:
    """Send a draft to the members: for comments, or where there is no time for that, approval.

    :raises RuleBroken: `minutes.not_found`, `minutes.moved_on`, `minutes.not_draft`,
        `minutes.unfinished`.
    """
    minutes, meeting = await draft_of(tx, id=id, by=by, now=now)
    must_be_seen(minutes, seen)
    return await send_out(tx, meeting, minutes, by=by.id, now=now)


async def send_out(
    tx: Transaction,
    meeting: CommitteeMeeting,
    minutes: Minutes,
    *,
    by: PersonId | None,
    now: datetime,
) -> Minutes:
    """Send a draft that is complete; the tasks in it are given with it."""
    committee = await tx.organisation.committee(meeting.committee)
    commented = K.COMMENTS in LEADS[committee.type]
    state = MinutesState.COMMENTS if commented else MinutesState.APPROVAL
    sent = minutes.with_tasks(await _give_tasks(tx, meeting, now=now)).sent_to_members(
        state, at=now
    )
    saved = await tx.minutes.save(sent)
    await settle(tx, meeting, (K.DRAFT, K.COMMENTS), now=now)
    kind = NoticeKind.MINUTES_OUT if commented else NoticeKind.MINUTES_TO_APPROVE
    people = await (who_reads if commented else who_approves)(tx, meeting)
    await tell(tx, saved, kind, people, but=by, now=now)
    return saved


async def _give_tasks(
    tx: Transaction, meeting: CommitteeMeeting, *, now: datetime
) -> dict[UUID, list[MinutedTask]]:
    """Give each owner their tasks, and write them down by item with the owner's name."""
    tasks = await tx.decision_tasks.of_meeting(meeting.id)
    owners = await tx.people.of_ids([each.owner for each in tasks])
    written: dict[UUID, list[MinutedTask]] = {}
    for task in tasks:
        if task.state is TaskState.PLANNED:
            given = await tx.decision_tasks.save(task.opened())
            await tx.outbox.add(list(reminders(given, now=now)))
        if task.item is not None:
            named = MinutedTask(
                owner=owners[task.owner].name, words=task.words, due_on=task.due_on
            )
            written.setdefault(task.item, []).append(named)
    return written


async def comment(
    tx: Transaction, *, id: UUID, comment: UUID, words: str, by: Person, now: datetime
) -> Minutes:
    """Say what is wrong with a draft: as often as one likes until it is closed.

    :raises RuleBroken: `minutes.not_found`, `minutes.not_out`.
    """
    minutes, meeting = await draft_of(tx, id=id, by=by, now=now, action=Action.COMMENT_MINUTES)
    if minutes.state is MinutesState.DRAFT:
        raise RuleBroken("minutes.not_found", about=str(id))
    if minutes.state is not MinutesState.COMMENTS:
        raise RuleBroken("minutes.not_out")
    await tx.minutes.comment(
        MinutesComment(
            id=comment,
            meeting=id,
            number=minutes.number,
            by=by.id,
            at=now,
            words=words.strip(),
        )
    )
    said = minutes.number * MOST + len(await tx.minutes.comments(id, minutes.number))
    kept_by = await runners(tx, meeting)
    await tell(tx, minutes, NoticeKind.MINUTES_COMMENTED, kept_by, but=by.id, round=said, now=now)
    return minutes


async def close_comments(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Minutes:
    """Close the comments: now they are to be approved.

    :raises RuleBroken: `minutes.not_found`, `minutes.moved_on`, `minutes.not_out`.
    """
    minutes, meeting = await draft_of(tx, id=id, by=by, now=now)
    must_be_seen(minutes, seen)
    return await ask_for_approval(tx, meeting, minutes, by=by.id, now=now)


async def ask_for_approval(
    tx: Transaction,
    meeting: CommitteeMeeting,
    minutes: Minutes,
    *,
    by: PersonId | None,
    now: datetime,
) -> Minutes:
    """Close the comments and ask those whose word makes the minutes final."""
    written = minutes.with_tasks(await _give_tasks(tx, meeting, now=now))
    saved = await tx.minutes.save(written.closed_for_comments(at=now))
    await settle(tx, meeting, (K.COMMENTS, K.APPROVAL), now=now)
    people = await who_approves(tx, meeting)
    await tell(tx, saved, NoticeKind.MINUTES_TO_APPROVE, people, but=by, now=now)
    return saved


async def take_back(tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime) -> Minutes:
    """Take minutes back to write something anew; who has agreed is asked again.

    :raises RuleBroken: `minutes.not_found`, `minutes.moved_on`, `minutes.not_out`.
    """
    minutes, _ = await draft_of(tx, id=id, by=by, now=now)
    must_be_seen(minutes, seen)
    saved = await tx.minutes.save(minutes.back_to_draft())
    await tx.minutes.agree_anew(id, minutes.number)
    return saved


async def agree(tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime) -> Minutes:
    """Agree to minutes as one of those who approve together; the last yes makes them final.

    :raises RuleBroken: `minutes.not_found`, `minutes.moved_on`, `minutes.not_to_approve`.
    """
    minutes, meeting = await draft_of(tx, id=id, by=by, now=now, action=Action.AGREE_MINUTES)
    committee = await tx.organisation.committee(meeting.committee)
    if APPROVED_BY[committee.type] is not Approval.MEMBERS:
        raise RuleBroken("minutes.not_found", about=str(id))
    minutes.must_be_to_approve()
    must_be_seen(minutes, seen)
    await tx.minutes.agree(id, minutes.number, person=by.id, at=now)
    agreed = await tx.minutes.agreed(id, minutes.number)
    if {*await who_approves(tx, meeting)} <= agreed:
        return await _make_final(tx, meeting, minutes, by=by.id, now=now)
    return minutes


async def approve(tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime) -> Minutes:
    """Approve minutes as who leads the meeting.

    Where the members approve together, the chair notes that they have once the time for it is
    over, and not before; who said yes is in the minutes.

    :raises RuleBroken: `minutes.not_found`, `minutes.moved_on`, `minutes.not_to_approve`,
        `minutes.members_first`.
    """
    minutes, meeting = await draft_of(tx, id=id, by=by, now=now, action=Action.APPROVE_MINUTES)
    await must_be_the_leaders(tx, meeting, minutes, now=now)
    must_be_seen(minutes, seen)
    await permit.meeting(tx, by, Action.APPROVE_MINUTES, id, result="ok", now=now)
    return await _make_final(tx, meeting, minutes, by=by.id, now=now)


async def must_be_the_leaders(
    tx: Transaction, meeting: CommitteeMeeting, minutes: Minutes, *, now: datetime
) -> None:
    """Let who leads a meeting approve its minutes only while the word is theirs.

    :raises RuleBroken: `minutes.not_to_approve`, `minutes.members_first`.
    """
    minutes.must_be_to_approve()
    committee = await tx.organisation.committee(meeting.committee)
    together = APPROVED_BY[committee.type] is Approval.MEMBERS
    if together and not await _time_is_over(tx, meeting, minutes, now=now):
        raise RuleBroken("minutes.members_first")


async def _time_is_over(
    tx: Transaction, meeting: CommitteeMeeting, minutes: Minutes, *, now: datetime
) -> bool:
    """Whether these minutes were to be sent on by now: a corrected version takes its own time."""
    if minutes.asked_at is None or now < minutes.asked_at + TIME_TO_AGREE:
        return False
    last = [
        each.due_at
        for each in await tx.committee_meetings.deadlines(meeting.id)
        if each.kind is K.DISTRIBUTION
    ]
    return all(each <= now for each in last)


async def _make_final(
    tx: Transaction, meeting: CommitteeMeeting, minutes: Minutes, *, by: PersonId, now: datetime
) -> Minutes:
    """Approve, and send to the members and, only now, to the other relevant actors."""
    receivers = list(
        dict.fromkeys([*await who_reads(tx, meeting), *await who_else_receives(tx, meeting)])
    )
    agreed = await tx.minutes.agreed(meeting.id, minutes.number)
    final = minutes.approved(by=by, agreed=agreed, sent_to=receivers, at=now)
    saved = await tx.minutes.save(final)
    await settle(tx, meeting, (K.DRAFT, K.COMMENTS, K.APPROVAL, K.DISTRIBUTION), now=now)
    await tell(tx, saved, NoticeKind.MINUTES_SENT, receivers, but=by, now=now)
    return saved


async def correct(
    tx: Transaction, *, id: UUID, seen: int, why: str, by: Person, now: datetime
) -> Minutes:
    """Begin a corrected version; the approved one stays as it is until that is approved.

    :raises RuleBroken: `minutes.not_found`, `minutes.moved_on`, `minutes.not_approved`.
    """
    minutes, _ = await draft_of(tx, id=id, by=by, now=now)
    must_be_seen(minutes, seen)
    corrected = minutes.corrected(why=why, by=by.id, at=now)
    if not await tx.minutes.add(corrected):
        raise RuleBroken("minutes.moved_on")
    return corrected


def must_be_seen(minutes: Minutes, seen: int) -> None:
    """Take no press on a card that shows something older.

    :raises RuleBroken: `minutes.moved_on`
    """
    if stamp(minutes) != seen:
        raise RuleBroken("minutes.moved_on")


def stamp(minutes: Minutes) -> int:
    """Give the number a card carries: a corrected version comes after the one before it."""
    return minutes.number * MOST + minutes.version


async def settle(
    tx: Transaction, meeting: CommitteeMeeting, kinds: Iterable[DeadlineKind], *, now: datetime
) -> None:
    """Note that what was to be done by these days has been done."""
    wanted = set(kinds)
    for each in await tx.committee_meetings.deadlines(meeting.id):
        if each.kind in wanted and each.state is DeadlineState.WAITING:
            await tx.committee_meetings.settle(each, state=DeadlineState.DONE, at=now)


async def tell(
    tx: Transaction,
    minutes: Minutes,
    kind: NoticeKind,
    people: Iterable[PersonId],
    *,
    but: PersonId | None,
    round: int | None = None,
    now: datetime,
) -> None:
    """Tell people of minutes, each once for each version of them."""
    await tx.outbox.add(
        [
            Notice(
                kind=kind,
                about=minutes.meeting,
                due_at=now,
                person=each,
                round=stamp(minutes) if round is None else round,
            )
            for each in people
            if each != but
        ]
    )
