"""Keep Outlook as the meetings are: what is wanted beside what was put there (MTG-12 … MTG-16).

One replica at a time keeps the mailbox, and each event is claimed before anything is said of it.
A claim that was left behind lapses, and whoever comes next looks before it sends: so a crash
anywhere leaves exactly one event (MTG-13).
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.calendar_entries import CalendarEntry
from domain.notices import Notice, NoticeKind
from domain.outlook_events import EventState, OutlookEvent, WantedEvent
from domain.outlook_steps import Step, messages, next_step
from domain.people import Office
from graph.calendar import Calendar
from graph.calls import Sends
from scheduler.link_meetings import MakeLink, Wanted
from scheduler.outlook_words import wanted_event
from scheduler.put_in_outlook import Done, Putting, Work
from storage.database import Database, Transaction
from usecases.outlook_meetings import outlook_meetings, readiness_entry

KEEP_EVERY: Final = timedelta(minutes=1)
TASK: Final = "events"
LEASE: Final = timedelta(minutes=5)
AT_MOST: Final = 240.0  # seconds for a run, so that nobody takes over what still runs
A_MINUTE: Final = timedelta(seconds=63)  # by Exchange's clock, however long a call travels
SENDS_A_MINUTE: Final = 20  # of the 30 messages that Exchange allows a mailbox (MTG-14)
SOON: Final = timedelta(seconds=1)
LOOKS: Final = 40  # at most in a run, for links
CHUNK: Final = 40  # meetings that are compared in one go
LINK_LEASE: Final = timedelta(seconds=20)  # for who waits for a link

Now = Callable[[], datetime]

log = logging.getLogger(__name__)


async def keep_outlook(
    database: Database, calendar: Calendar, *, wake: Callable[[], None] = lambda: None, now: Now
) -> timedelta | None:
    """Put there what is due, the first dates first, and say how soon there is room for more.

    :param wake: called when the Secretariat is to hear of something.
    """
    async with database.transaction() as tx:
        held = await tx.outlook.take(TASK, now=now(), lease=LEASE)
        sent = await tx.outlook.sent_since(now() - A_MINUTE)
    if held is None:
        return None
    room = SENDS_A_MINUTE - len(sent)
    rests: timedelta | None = None
    try:
        due = await _due(database, room=room, now=now())
        works = await _claim(database, due, lease=LEASE, now=now())
        if works:
            async with asyncio.timeout(AT_MOST):
                done = await Putting(calendar, sends=Sends.IN_TURN, now=now()).run(works)
            rests = done.rests
            await _settle(database, done, works, now=now())
            if done.tells:
                wake()
    finally:
        async with database.transaction() as tx:
            until = None if rests is None else now() + rests
            await tx.outlook.let_go(held, now=now(), rests_until=until)
    if rests is not None or sum(each.messages for each in due) < room:
        return None
    return max((sent[0] if sent else now()) + A_MINUTE - now(), SOON)


def teams_links(database: Database, calendar: Calendar, *, now: Now) -> MakeLink:
    """Make the link of a readiness meeting by putting it in Outlook at once (BER-41)."""

    async def make(wanted: Wanted) -> str:
        await _put_now(database, calendar, wanted.meeting, now=now)
        async with database.transaction() as tx:
            return await tx.outlook.join_link(wanted.meeting)

    return make


async def _put_now(database: Database, calendar: Calendar, meeting: UUID, *, now: Now) -> None:
    """Put one meeting there ahead of all others, or look whether its link has come."""
    async with database.transaction() as tx:
        entry = await readiness_entry(tx, meeting)
        if entry is None or await tx.outlook.rests(TASK, now=now()):
            return
        due = await _compare(tx, [entry], hurried=True, now=now())
    works = await _claim(database, due, lease=LINK_LEASE, now=now())
    if works:
        done = await Putting(calendar, sends=Sends.AT_ONCE, now=now()).run(works)
        await _settle(database, done, works, now=now())
        if done.rests:
            async with database.transaction() as tx:
                await tx.outlook.rest(TASK, until=now() + done.rests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be done for one meeting, as it looked before it was claimed."""

    step: Step
    wanted: WantedEvent = field(repr=False)
    row: OutlookEvent

    @property
    def messages(self) -> int:
        return messages(self.step, self.wanted, self.row)


async def _due(database: Database, *, room: int, now: datetime) -> list[Due]:
    """Find what is to be done, a handful of meetings at a time, so that nobody waits for it."""
    async with database.transaction() as tx:
        entries = await outlook_meetings(tx, now=now)
    sending, looking = list[Due](), list[Due]()
    for start in range(0, len(entries), CHUNK):
        async with database.transaction() as tx:
            found = await _compare(tx, entries[start : start + CHUNK], now=now)
        for each in found:
            (sending if each.step.sends else looking).append(each)
        if len(sending) >= room and len(looking) >= LOOKS:
            break
    return [*_within(sending, room), *looking[:LOOKS]]


def _within(sending: Iterable[Due], room: int) -> Iterator[Due]:
    """Give the first of them for which there is room; none is overtaken."""
    for each in sending:
        room -= each.messages
        if room < 0:
            return
        yield each


async def _compare(
    tx: Transaction, entries: Sequence[CalendarEntry], *, hurried: bool = False, now: datetime
) -> list[Due]:
    """Compare meetings with what was put there.

    :param hurried: somebody waits for the link: no pause of our own is kept.
    """
    ids = [each.id for each in entries]
    rows, guests = await tx.outlook.events(ids), await tx.outlook.guests(ids)
    due = list[Due]()
    for entry in entries:
        row = rows.get(entry.id, OutlookEvent(meeting=entry.id))
        row = replace(row, look_at=None, next_at=None) if hurried else row
        wanted = wanted_event(entry, guests[entry.id], made=row.join_link)
        if (step := next_step(wanted, row, now=now)) is not None:
            due.append(Due(step=step, wanted=wanted, row=row))
    return due


async def _claim(
    database: Database, due: Sequence[Due], *, lease: timedelta, now: datetime
) -> list[Work]:
    """Take on what nobody else has, and note what is about to be tried before it is."""
    works = list[Work]()
    if not due:
        return works
    async with database.transaction() as tx:
        for each in due:
            before = each.row.anew() if each.row.state is EventState.GONE else each.row
            tried = before.tried(each.wanted) if each.step is Step.CREATE else before
            sends = each.step.sends
            told = replace(tried, sent_at=now, sent=each.messages) if sends else tried
            row = await tx.outlook.claim(told, now=now, lease=lease)
            if row is not None:
                works.append(Work(step=each.step, wanted=each.wanted, before=before, row=row))
    return works


async def _settle(database: Database, done: Done, works: Sequence[Work], *, now: datetime) -> None:
    """Note what came of it, and that mail may have left until now.

    Of what is amiss the Secretariat hears once.
    """
    claimed_at = {each.row.sent_at for each in works if each.step.sends}
    async with database.transaction() as tx:
        for row in done.rows:
            left = replace(row, sent_at=now) if row.sent_at in claimed_at else row
            if not await tx.outlook.settle(left):
                log.warning("event of meeting %s was taken over", row.meeting)
        if done.tells:
            people = await tx.people.of_office(Office.SEK)
            await tx.outbox.add(
                [
                    Notice(
                        kind=NoticeKind.OUTLOOK_AMISS,
                        about=row.meeting,
                        due_at=now,
                        person=person.id,
                        round=row.amiss_round,
                    )
                    for row in done.tells
                    for person in people
                ]
            )
