"""Read minutes: drafts by who writes them, then by the members, and when approved by others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.access import Action, can
from domain.committee_meetings import CommitteeMeeting
from domain.decision_tasks import DecisionTask
from domain.errors import RuleBroken
from domain.minutes import APPROVED_BY, Approval, Minutes, MinutesComment, MinutesState
from domain.people import Committee, Person, PersonId
from storage.database import Transaction
from usecases import permit
from usecases.approve_minutes import must_be_the_leaders
from usecases.meeting_people import who_approves, who_else_receives


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSeen:
    """Minutes as one person sees them.

    :param comments: all, to who writes them; one's own, to everybody else.
    :param tasks: all, to who writes them; to others they stand in the minutes.
    :param waiting: how many of those who approve together have not said yes.
    """

    meeting: CommitteeMeeting
    committee: Committee
    minutes: Minutes
    comments: Sequence[MinutesComment] = field(repr=False)
    people: Mapping[PersonId, Person] = field(repr=False)
    tasks: Sequence[DecisionTask]
    writes: bool
    may_comment: bool
    agrees: bool
    approves: bool
    waiting: int


async def see_minutes(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> MinutesSeen:
    """See the minutes of a meeting, as far as they are this person's.

    :raises RuleBroken: `minutes.not_found` to those of the meeting while there are none for
        them, `committee_meeting.not_found` to others.
    """
    meeting, minutes, rights = await _find(tx, id=id, by=by, now=now)
    committee = await tx.organisation.committee(meeting.committee)
    writes = Action.WRITE_MINUTES in rights
    comments = [
        each
        for each in await tx.minutes.comments(id, minutes.number)
        if writes or each.by == by.id
    ]
    together = APPROVED_BY[committee.type] is Approval.MEMBERS
    to_approve = minutes.state is MinutesState.APPROVAL
    agreed = await tx.minutes.agreed(id, minutes.number)
    standing = await who_approves(tx, meeting) if together else []
    tasks = await tx.decision_tasks.of_meeting(id) if writes else []
    named = [*(each.by for each in comments), *(each.owner for each in tasks)]
    return MinutesSeen(
        meeting=meeting,
        committee=committee,
        minutes=minutes,
        comments=comments,
        people=await tx.people.of_ids(named),
        tasks=tasks,
        writes=writes,
        may_comment=minutes.state is MinutesState.COMMENTS and Action.COMMENT_MINUTES in rights,
        agrees=to_approve and by.id in standing and by.id not in agreed,
        approves=Action.APPROVE_MINUTES in rights
        and await _is_the_leaders(tx, meeting, minutes, now=now),
        waiting=len(set(standing) - agreed),
    )


async def _is_the_leaders(
    tx: Transaction, meeting: CommitteeMeeting, minutes: Minutes, *, now: datetime
) -> bool:
    """Offer who leads to approve only what would not be refused."""
    try:
        await must_be_the_leaders(tx, meeting, minutes, now=now)
    except RuleBroken:
        return False
    return True


async def _find(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[CommitteeMeeting, Minutes, frozenset[Action]]:
    """Find the version somebody reads: who is not of the meeting, only what was sent to them.

    What was sent to them is theirs while they are one of those it goes to (APP-2).
    """
    rights, meeting = await _rights(tx, id=id, by=by, now=now)
    if meeting is None:
        raise RuleBroken("committee_meeting.not_found", about=str(id))
    receives = by.active and by.id in await who_else_receives(tx, meeting)
    readable = [
        each
        for each in await tx.minutes.of_meeting(id)
        if _reads(each.state, rights) or (receives and by.id in each.sent_to)
    ]
    if not (readable or rights):
        raise RuleBroken("committee_meeting.not_found", about=str(id))
    if not readable:
        raise RuleBroken("minutes.not_found", about=str(id))
    return meeting, readable[-1], rights


def _reads(state: MinutesState, rights: Collection[Action]) -> bool:
    match state:
        case MinutesState.DRAFT:
            return Action.WRITE_MINUTES in rights
        case MinutesState.APPROVED:
            return Action.READ_MEETING in rights
        case _:
            return Action.READ_UNSENT in rights


async def _rights(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[frozenset[Action], CommitteeMeeting | None]:
    try:
        meeting, matter, actor = await permit.meeting(tx, by, Action.READ_MEETING, id, now=now)
    except RuleBroken:
        return frozenset(), await tx.committee_meetings.find(id)
    return frozenset(each for each in Action if can(actor, each, matter)), meeting
