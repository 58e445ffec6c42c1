"""What somebody is to come to: the meetings of their committees, and those they are asked to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from domain.calendar_entries import CalendarEntry
from domain.committee_meetings import CommitteeMeeting, Invitation, Reply
from domain.dates import local_date
from domain.exports import Export, ExportKind
from domain.people import Committee, Person, Seat
from storage.database import Transaction
from usecases.ask_calendar import entry_for

AHEAD: Final = timedelta(days=366)
NOT_COMING = frozenset({Reply.DECLINED, Reply.SUBSTITUTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A coming meeting of somebody's; `own` is what they were asked, once anybody was."""

    meeting: CommitteeMeeting
    committee: Committee
    own: Invitation | None

    @property
    def counts_on_them(self) -> bool:
        """Whether they have not declined."""
        return self.own is None or self.own.reply not in NOT_COMING


async def my_meetings(tx: Transaction, person: Person, *, now: datetime) -> list[Mine]:
    """List the coming meetings of somebody, the next first: with a seat of theirs, or asked in.

    A substitute's are those they have been asked to. One that is over today is left out.
    """
    today = local_date(now)
    found = await _between(tx, person, today, today + AHEAD)
    return [each for each in found if each.meeting.ends_at > now]


async def my_calendar(tx: Transaction, person: Person, *, now: datetime) -> list[CalendarEntry]:
    """Lay out the coming meetings that count on somebody for their calendar (MTG-19)."""
    found = await my_meetings(tx, person, now=now)
    return [await entry_for(tx, each.meeting, person) for each in found if each.counts_on_them]


async def ask_my_calendar(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> bool:
    """Ask for those as a file, read when it is written; False when there is nothing to put in it.

    :param id: the export's; asked again under the same id, it is made once.
    """
    if not await my_calendar(tx, by, now=now):
        return False
    kind = ExportKind.OWN_CALENDAR
    await tx.exports.ask(Export(id=id, kind=kind, about=id, reason=id, by=by.id, at=now))
    return True


async def week_of(tx: Transaction, person: Person, *, now: datetime) -> list[date]:
    """Give the day of each meeting that counts on somebody, from today to Sunday."""
    today = local_date(now)
    sunday = today + timedelta(days=6 - today.weekday())
    found = await _between(tx, person, today, sunday)
    return [each.meeting.day for each in found if each.counts_on_them]


async def _between(tx: Transaction, person: Person, from_on: date, to_on: date) -> list[Mine]:
    seats, committees = await tx.organisation.seats_of(person.id)
    own = {seat.committee for seat in seats if seat.seat is not Seat.SUBSTITUTE}
    asked = await tx.committee_meetings.asked_of(person.id, from_on=from_on, to_on=to_on)
    invited = {meeting.id: invitation for meeting, invitation in asked}
    theirs: Sequence[CommitteeMeeting] = await tx.committee_meetings.between(
        from_on, to_on, committees=own
    )
    every = {each.id: each for each in (*theirs, *(meeting for meeting, _ in asked))}
    if missing := {each.committee for each in every.values()} - committees.keys():
        others = {each.code: each for each in await tx.organisation.committees()}
        committees |= {code: others[code] for code in missing}
    return [
        Mine(meeting=each, committee=committees[each.committee], own=invited.get(each.id))
        for each in sorted(every.values(), key=lambda each: (each.day, each.starts, each.id))
    ]
