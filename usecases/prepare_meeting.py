"""Make a meeting ready: its deadlines stand, and everybody of its committee is asked."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from domain.committee_meetings import (
    CommitteeMeeting,
    DeadlineState,
    Invitation,
    MeetingState,
    Reply,
)
from domain.meeting_deadlines import ANEW, LEADS, Leads, deadlines_of, rolled
from domain.notices import Notice, NoticeKind
from domain.people import Membership, Office, Person, PersonId, Seat
from storage.database import Transaction
from usecases.find_item import takes_items

AROUND: Final = timedelta(days=60)  # nothing falls due farther from a meeting


async def prepare(
    tx: Transaction, meeting: CommitteeMeeting, *, moved: bool = False, now: datetime
) -> None:
    """Put down what falls due and who is asked; of a cancelled meeting nothing falls due.

    What the committee was to take up, and had no meeting for, is proposed to this one. Of the
    meeting nobody is told: that is for who added or changed it.

    :param moved: it was at another hour, so everybody is asked anew, and who stood in for
        somebody is let go.
    """
    store = tx.committee_meetings
    if meeting.state is not MeetingState.PLANNED:
        await store.drop_deadlines(meeting.id)
        return
    leads, closed = await leads_of(tx, meeting)
    due = deadlines_of(meeting, leads, now=now, closed=closed)
    await store.set_deadlines(meeting.id, due, anew=ANEW if moved else ())
    if moved:
        await _ask_anew(tx, meeting, now=now)
    await store.invite(
        [
            Invitation(meeting=meeting.id, person=person.id, slot=seat.slot, asked_at=now)
            for seat, person in await seated(tx, meeting)
        ]
    )
    if await takes_items(tx, meeting, now=now):
        await _adopt_items(tx, meeting, now=now)


async def roll_deadlines(tx: Transaction, day: date, *, now: datetime) -> None:
    """Let what waits of the meetings around a day follow that it was closed, or opened."""
    for each in await tx.committee_meetings.between(day - AROUND, day + AROUND):
        meeting = await tx.committee_meetings.hold(each.id) or each
        leads, closed = await leads_of(tx, meeting)
        waiting = [
            rolled(deadline, meeting, leads, now=now, closed=closed)
            for deadline in await tx.committee_meetings.deadlines(meeting.id)
            if deadline.state is DeadlineState.WAITING
        ]
        await tx.committee_meetings.set_deadlines(meeting.id, waiting)


async def leads_of(tx: Transaction, meeting: CommitteeMeeting) -> tuple[Leads, list[date]]:
    """Say what falls due around a meeting, and which days around it are closed."""
    kind = (await tx.organisation.committee(meeting.committee)).type
    closed = await tx.year_calendar.closed(meeting.day - AROUND, meeting.day + AROUND)
    return LEADS[kind], [each.day for each in closed]


async def seated(tx: Transaction, meeting: CommitteeMeeting) -> list[tuple[Membership, Person]]:
    """List whom a meeting asks: everybody with a seat of their own in the committee."""
    return [
        (seat, person)
        for seat, person in await tx.organisation.members(meeting.committee)
        if seat.seat is not Seat.SUBSTITUTE
    ]


async def concerned(tx: Transaction, meeting: CommitteeMeeting) -> list[PersonId]:
    """Name who counts on the meeting: all who are asked, but no substitute who declined."""
    return [
        each.person
        for each in await tx.committee_meetings.invitations(meeting.id)
        if each.stands_for is None or each.reply is not Reply.DECLINED
    ]


async def runners(tx: Transaction, meeting: CommitteeMeeting) -> list[PersonId]:
    """Name who sees to a meeting: the committee's facilitators, or else the Secretariat."""
    facilitators = [
        person.id
        for seat, person in await tx.organisation.members(meeting.committee)
        if seat.seat is Seat.FACILITATOR
    ]
    if facilitators:
        return facilitators
    return [person.id for person in await tx.people.of_office(Office.SEK)]


async def _adopt_items(tx: Transaction, meeting: CommitteeMeeting, *, now: datetime) -> None:
    """Take on what waits for a meeting, and tell who proposed it (MTG-24)."""
    for each in await tx.meeting_items.homeless(meeting.committee):
        item = await tx.meeting_items.save(each.moved(meeting.id))
        told = Notice(
            kind=NoticeKind.ITEM_ANSWERED,
            about=item.id,
            due_at=now,
            person=item.proposed_by,
            round=item.version,
        )
        await tx.outbox.add([told])


async def _ask_anew(tx: Transaction, meeting: CommitteeMeeting, *, now: datetime) -> None:
    """Take back what was answered about another hour; an answer to this one stays."""
    invited = await tx.committee_meetings.invitations(meeting.id)
    await tx.committee_meetings.uninvite(
        meeting.id, [each.person for each in invited if each.stands_for is not None]
    )
    for each in invited:
        if each.stands_for is None:
            await tx.committee_meetings.save_reply(
                replace(each, reply=Reply.ASKED, asked_at=now, replied_at=None)
            )
