"""Let the invitations to coming meetings follow who sits in the committee (MTG-28)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.committee_meetings import CommitteeMeeting, Invitation, Reply
from domain.dates import local_date
from domain.people import CommitteeCode, Membership, PersonId, Seat
from domain.seating import SeatChange
from storage.database import Transaction
from usecases.reply_to_meeting import ask_next, expected_at, let_go, tell_newly_short

AHEAD: Final = timedelta(days=2 * 366)  # nothing is planned farther ahead


async def follow_seats(tx: Transaction, changes: Sequence[SeatChange], *, now: datetime) -> None:
    """Ask those who got a seat to what others are asked to, and those who lost theirs no more.

    Who stands in for somebody who left is not needed either; for a substitute who left, the next
    is asked, and a minimum that breaks is told (MTG-25). What has begun stays as it is: how
    people were at a meeting is not rewritten.
    """
    changed: dict[CommitteeCode, set[PersonId]] = {}
    for each in changes:
        changed.setdefault(each.committee, set()).add(each.person)
    today = local_date(now)
    for committee, people in changed.items():
        seats = [seat for seat, _ in await tx.organisation.members(committee)]
        coming = await tx.committee_meetings.between(today, today + AHEAD, committees=[committee])
        for meeting in coming:
            if meeting.starts_at > now:
                await _follow(tx, meeting, people, seats, now=now)


async def _follow(
    tx: Transaction,
    meeting: CommitteeMeeting,
    people: set[PersonId],
    seats: Sequence[Membership],
    *,
    now: datetime,
) -> None:
    invited = await tx.committee_meetings.invitations(meeting.id)
    if not invited:
        return  # nobody has been asked yet
    own = {seat.person: seat for seat in seats if seat.seat is not Seat.SUBSTITUTE}
    standing_in = {seat.person for seat in seats if seat.seat is Seat.SUBSTITUTE}
    asked = {each.person: each for each in invited}
    gone = {each.person for each in invited if _is_gone(each, people, own, standing_in)}
    before = await expected_at(tx, meeting)
    await let_go(
        tx, meeting, [asked[each] for each in sorted(gone) if asked[each].stands_for], now=now
    )
    await tx.committee_meetings.uninvite(meeting.id, gone)
    new = (people & own.keys()) - (asked.keys() - gone)
    await tx.committee_meetings.invite(
        [
            Invitation(meeting=meeting.id, person=person, slot=own[person].slot, asked_at=now)
            for person in sorted(new)
        ]
    )
    for each in invited:
        if each.person in gone and each.stands_for and each.reply is not Reply.DECLINED:
            await ask_next(tx, meeting, each.stands_for, now=now)
    await tell_newly_short(tx, meeting, before, now=now)


def _is_gone(
    invited: Invitation,
    people: Iterable[PersonId],
    own: Iterable[PersonId],
    standing_in: Iterable[PersonId],
) -> bool:
    """Whether somebody is asked for a seat that is theirs, or another's, no longer."""
    if invited.stands_for is None:
        return invited.person in people and invited.person not in own
    left = invited.person in people and invited.person not in standing_in
    return left or (invited.stands_for in people and invited.stands_for not in own)
