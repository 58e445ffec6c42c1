"""What agendas, minutes and decisions ask of somebody, for `mine opgaver`."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.access import Action
from domain.committee_meetings import CommitteeMeeting, DeadlineKind, DeadlineState
from domain.dates import local_date
from domain.duties import Duty, DutyKind, Seen
from domain.matters import MatterKind
from domain.minutes import APPROVED_BY, Approval
from domain.roles import Actor
from storage.database import Transaction
from usecases.meeting_people import who_approves
from usecases.prepare_meeting import runners

BEHIND = timedelta(days=60)


async def decision_tasks(tx: Transaction, actor: Actor, _: datetime) -> Iterable[Duty]:
    """List the tasks that decisions gave somebody."""
    tasks = await tx.decision_tasks.open_of(actor.person.id)
    meetings = [await tx.committee_meetings.find(each.meeting) for each in tasks]
    return [
        Duty(
            kind=DutyKind.DECISION_TASK,
            id=meeting.id,
            due=task.due_on,
            matter=MatterKind.MEETING,
            action=Action.DO_TASK,
            reference=meeting.reference,
            version=meeting.version,
            own=Seen(id=task.id, version=task.version),
        )
        for task, meeting in zip(tasks, meetings, strict=True)
        if meeting is not None
    ]


async def items_waiting(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List the meetings whose agenda has items to answer, and one's own that came back."""
    answered = {each.meeting for each in await tx.meeting_items.waiting()}
    meetings = [await tx.committee_meetings.find(each) for each in answered if each]
    to_answer = [
        _duty(DutyKind.ITEMS_TO_ANSWER, each, Action.MANAGE_MEETING)
        for each in meetings
        if each and each.starts_at > now and await _keeps(tx, actor, each)
    ]
    returned = await tx.meeting_items.returned_to(actor.person.id)
    own = [await tx.committee_meetings.find(each.meeting) for each in returned if each.meeting]
    return [
        *to_answer,
        *(
            _duty(DutyKind.ITEM_RETURNED, each, Action.PROPOSE_ITEM)
            for each in own
            if each and each.starts_at > now
        ),
    ]


async def minutes_to_write(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List the meetings that were held, and whose minutes have not been sent out (SGF-4)."""
    if not actor.memberships and not actor.person.offices:
        return []
    today = local_date(now)
    found = []
    for id_ in await tx.minutes.unwritten(today - BEHIND, today):
        meeting = await tx.committee_meetings.find(id_)
        if meeting is not None and meeting.ends_at < now and await _keeps(tx, actor, meeting):
            due = await _due(tx, meeting)
            if due is not None:
                found.append(
                    _duty(DutyKind.MINUTES_TO_WRITE, meeting, Action.WRITE_MINUTES, due=due)
                )
    return found


async def minutes_to_approve(tx: Transaction, actor: Actor, _: datetime) -> Iterable[Duty]:
    """List the minutes that wait for somebody's word."""
    found = []
    for minutes in await tx.minutes.to_approve():
        meeting = await tx.committee_meetings.find(minutes.meeting)
        if meeting is None or actor.person.id not in await who_approves(tx, meeting):
            continue
        if actor.person.id in await tx.minutes.agreed(meeting.id, minutes.number):
            continue
        committee = await tx.organisation.committee(meeting.committee)
        together = APPROVED_BY[committee.type] is Approval.MEMBERS
        action = Action.AGREE_MINUTES if together else Action.APPROVE_MINUTES
        found.append(_duty(DutyKind.MINUTES_TO_APPROVE, meeting, action))
    return found


async def _keeps(tx: Transaction, actor: Actor, meeting: CommitteeMeeting) -> bool:
    return actor.person.id in await runners(tx, meeting)


async def _due(tx: Transaction, meeting: CommitteeMeeting) -> datetime | None:
    """Say when minutes are to be sent out; None where no minutes are asked for."""
    due = {
        each.kind: each.due_at
        for each in await tx.committee_meetings.deadlines(meeting.id)
        if each.state is not DeadlineState.DROPPED
    }
    return due.get(DeadlineKind.COMMENTS) or due.get(DeadlineKind.APPROVAL)


def _duty(
    kind: DutyKind, meeting: CommitteeMeeting, action: Action, *, due: datetime | None = None
) -> Duty:
    return Duty(
        kind=kind,
        id=meeting.id,
        due=None if due is None else local_date(due),
        matter=MatterKind.MEETING,
        action=action,
        reference=meeting.reference,
        version=meeting.version,
    )
