"""Answer an invitation, and ask the substitute of the same slot where one is wanted (MTG-25)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.committee_meetings import (
    CommitteeMeeting,
    DeadlineKind,
    DeadlineState,
    Invitation,
    Reply,
)
from domain.errors import RuleBroken
from domain.expected import ExpectedSlot, expected
from domain.notices import Notice, NoticeKind
from domain.people import Person, PersonId
from domain.representation import required_slots
from storage.database import Transaction
from usecases import permit
from usecases.prepare_meeting import runners
from usecases.stand_ins import stand_ins

_A_MINUTE = 60  # seconds


async def reply(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    answer: Reply,
    said_at: datetime | None = None,
    now: datetime,
) -> CommitteeMeeting:
    """Take somebody's answer, or the change of it; the same answer twice changes nothing.

    :param seen: the version of the meeting that the person answers to (AC-CARD-04).
    :param said_at: when they gave it, where we hear of it later (MTG-17).
    :raises RuleBroken: `committee_meeting.not_found`, `committee_meeting.not_asked`,
        `committee_meeting.moved_on`, or `committee_meeting.over` once it has begun.
    """
    meeting, _, _ = await permit.meeting(tx, by, Action.REPLY, id, now=now)
    invitation = await tx.committee_meetings.invitation(id, by.id)
    if invitation is None:
        raise RuleBroken("committee_meeting.not_asked")
    must_be_ahead(meeting, now=now)
    if seen != meeting.version:
        raise RuleBroken("committee_meeting.moved_on")
    if invitation.reply is not answer:
        given = replace(invitation, reply=answer, replied_at=said_at or now)
        await _answered(tx, meeting, given, now=now)
    return meeting


def must_be_ahead(meeting: CommitteeMeeting, *, now: datetime) -> None:
    """Let nothing be changed of a meeting that was cancelled or has begun.

    :raises RuleBroken: `committee_meeting.over`
    """
    if not meeting.is_ahead(now=now):
        raise RuleBroken("committee_meeting.over")


async def expected_at(tx: Transaction, meeting: CommitteeMeeting) -> tuple[ExpectedSlot, ...]:
    """Count who is expected, slot by slot."""
    committee = await tx.organisation.committee(meeting.committee)
    places = [
        place for area in committee.areas for place in await tx.organisation.institutions(area)
    ]
    invitations = await tx.committee_meetings.invitations(meeting.id)
    return expected(required_slots(committee, places), invitations)


async def ask_stand_in(
    tx: Transaction, meeting: CommitteeMeeting, member: Invitation, *, now: datetime
) -> PersonId | None:
    """Ask the next substitute of somebody's slot and authority; None when nobody is left."""
    person = await tx.people.get(member.person)
    asked = {each.person for each in await tx.committee_meetings.invitations(meeting.id)}
    able = await stand_ins(
        tx,
        committee=meeting.committee,
        slot=member.slot,
        day=meeting.day,
        authority=person.authority,
    )
    following = next((each.id for each in able if each.id not in asked), None)
    if following is not None:
        await tx.committee_meetings.invite(
            [
                Invitation(
                    meeting=meeting.id,
                    person=following,
                    slot=member.slot,
                    stands_for=member.person,
                    asked_at=now,
                )
            ]
        )
        await tell_of(tx, NoticeKind.MEET_STAND_IN, meeting, [following], round=_at(now), now=now)
    return following


async def ask_next(
    tx: Transaction, meeting: CommitteeMeeting, member: PersonId, *, now: datetime
) -> None:
    """Ask the next substitute of somebody who wants one; they hear it when nobody is left."""
    own = await tx.committee_meetings.invitation(meeting.id, member)
    if own is None or own.reply is not Reply.SUBSTITUTE:
        return
    if await ask_stand_in(tx, meeting, own, now=now) is None:
        await tell_of(tx, NoticeKind.MEET_NOBODY, meeting, [member], round=_at(now), now=now)


async def tell_of(
    tx: Transaction,
    kind: NoticeKind,
    meeting: CommitteeMeeting,
    people: Iterable[PersonId],
    *,
    round: int,
    now: datetime,
) -> None:
    """Queue a notice of a meeting for each; the same round of it is queued once."""
    await tx.outbox.add(
        [
            Notice(kind=kind, about=meeting.id, due_at=now, person=person, round=round)
            for person in people
        ]
    )


async def tell_missing(tx: Transaction, meeting: CommitteeMeeting, *, now: datetime) -> None:
    """Tell who runs it that an authority will be missing, or may be."""
    people = await runners(tx, meeting)
    await tell_of(tx, NoticeKind.MEET_MISSING, meeting, people, round=_at(now), now=now)


async def tell_newly_short(
    tx: Transaction, meeting: CommitteeMeeting, before: Sequence[ExpectedSlot], *, now: datetime
) -> None:
    """Tell who runs it that more are missing than before, each time, once it was checked."""
    if not await _was_checked(tx, meeting):
        return
    was_short = {each.code: each.short for each in before}
    after = await expected_at(tx, meeting)
    if any(each.short > was_short.get(each.code, 0) for each in after):
        await tell_missing(tx, meeting, now=now)


async def let_go(
    tx: Transaction, meeting: CommitteeMeeting, stand_ins: Sequence[Invitation], *, now: datetime
) -> None:
    """Ask those no more who were to stand in for somebody, and tell them they need not."""
    await tx.committee_meetings.uninvite(meeting.id, [each.person for each in stand_ins])
    waiting = [each.person for each in stand_ins if each.reply is not Reply.DECLINED]
    await tell_of(tx, NoticeKind.MEET_NOT_NEEDED, meeting, waiting, round=_at(now), now=now)


async def _answered(
    tx: Transaction, meeting: CommitteeMeeting, answered: Invitation, *, now: datetime
) -> None:
    before = await expected_at(tx, meeting)
    await tx.committee_meetings.save_reply(answered)
    if answered.stands_for is None:
        if answered.reply is Reply.SUBSTITUTE:
            await ask_stand_in(tx, meeting, answered, now=now)
        else:
            invited = await tx.committee_meetings.invitations(meeting.id)
            theirs = [each for each in invited if each.stands_for == answered.person]
            await let_go(tx, meeting, theirs, now=now)
    elif answered.reply is not Reply.COMING:
        await ask_next(tx, meeting, answered.stands_for, now=now)
    await tell_newly_short(tx, meeting, before, now=now)


async def _was_checked(tx: Transaction, meeting: CommitteeMeeting) -> bool:
    done = {DeadlineState.DONE, DeadlineState.LATE}
    return any(
        each.kind is DeadlineKind.ATTENDANCE and each.state in done
        for each in await tx.committee_meetings.deadlines(meeting.id)
    )


def _at(now: datetime) -> int:
    """Count minutes: the same may have to be told again, and not twice in one of them."""
    return int(now.timestamp()) // _A_MINUTE
