"""A year of 462 meetings with 15 people each, kept in a mailbox of the stand-in for Graph.

The clock is the bench's own: a minute passes at once, so what the limits of Exchange make last
half an hour is told in simulated minutes, and what it costs in seconds of this machine.
"""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from itertools import cycle, islice

from domain.committee_meetings import CommitteeMeeting, Invitation, Reply
from domain.people import (
    Authority,
    Committee,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from scheduler.keep_outlook import LEASE
from storage.database import Database
from tests.support.meeting_town import WHOLE, YEAR, meetings
from tests.support.mortal import Killed, Life
from tests.support.outlook import Office as Mailbox

BEGUN = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOMINAL = 462
ATTENDEES = 15
PEOPLE = 400
CHANGED, CANCELLED = 0.30, 0.05
LATER = hour(15, 30)  # when none of them is held
KILLED, STEPS = 0.4, 40  # of the runs, at one of so many steps
LONGEST = 400  # simulated minutes until we wait no more
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """How long something lasted by the bench's clock, and what it cost here."""

    minutes: float
    cpu: float
    requests: int
    calls: int


@dataclass(kw_only=True)
class MailboxYear:
    """The meetings, and what is to be in the mailbox because of them.

    :param expected: who is to have been sent what: by kind, how many.
    :param life: of a replica that is killed again and again, wherever it is; `kills` counts.
    """

    database: Database
    mailbox: Mailbox
    many: int = NOMINAL
    life: Life | None = None
    kills: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311
    expected: Counter[str] = field(default_factory=Counter)
    held: list[CommitteeMeeting] = field(default_factory=list)

    async def is_published(self) -> None:
        """Put every meeting down, with everybody who is asked to it."""
        people = [_person(number) for number in range(PEOPLE)]
        planned = sorted(meetings(WHOLE, YEAR, seed=1), key=lambda each: each.day)[: self.many]
        codes = sorted({each.committee for each in planned})
        committees = [
            Committee(code=code, type=kind, name=str(code))
            for kind, _, _ in WHOLE
            for code in codes
            if code.rstrip("0123456789") == kind
        ]
        seats = {
            code: list(islice(cycle(people), 11 * number, 11 * number + ATTENDEES))
            for number, code in enumerate(codes)
        }
        held = [
            Membership(committee=code, person=each.id, slot="KG.1")
            for code, theirs in seats.items()
            for each in theirs
        ]
        async with self.database.transaction() as tx:
            await tx.organisation.replace(
                Organisation(people=people, committees=committees, memberships=held)
            )
        for start in range(0, len(planned), 50):
            async with self.database.transaction() as tx:
                chunk = planned[start : start + 50]
                await tx.committee_meetings.add(chunk)
                await tx.committee_meetings.invite(
                    [_asked(each, person) for each in chunk for person in seats[each.committee]]
                )
        self.held = planned
        self.expected["invitation"] += ATTENDEES * len(planned)

    async def is_changed(self) -> int:
        """Move two in three of those that change, let a substitute come to the third."""
        changed = self.chance.sample(self.held, round(CHANGED * len(self.held)))
        for number, each in enumerate(changed):
            async with self.database.transaction() as tx:
                if number % 3:
                    moved = await tx.committee_meetings.save(
                        each.moved(day=each.day, starts=LATER)
                    )
                    self.held[self.held.index(each)] = moved
                    self.expected["update"] += ATTENDEES
                else:
                    invited = await tx.committee_meetings.invitations(each.id)
                    asked = {one.person for one in invited}
                    new = next(p for p in range(PEOPLE) if PersonId(f"p{p}") not in asked)
                    await tx.committee_meetings.uninvite(each.id, [invited[0].person])
                    await tx.committee_meetings.invite([_asked(each, _person(new))])
                    await tx.organisation.seat(
                        Membership(
                            committee=each.committee,
                            person=PersonId(f"p{new}"),
                            slot="KG.1",
                            seat=Seat.SUBSTITUTE,
                        )
                    )
                    self.expected["invitation"] += 1
                    self.expected["cancellation"] += 1
        return len(changed)

    async def is_cancelled(self) -> int:
        off = self.chance.sample(self.held, round(CANCELLED * len(self.held)))
        for each in off:
            async with self.database.transaction() as tx:
                await tx.committee_meetings.save(each.cancelled(at=self.mailbox.now()))
            self.held.remove(each)
            self.expected["cancellation"] += ATTENDEES
        return len(off)

    async def answers(self, share: float) -> int:
        """Let so many of those who are asked accept in Outlook."""
        said = 0
        self.mailbox.passes(A_MINUTE)
        for event in self.mailbox.there:
            for attendee in event.attendees:
                if self.chance.random() < share:
                    self.mailbox.graph.outlook.answer(event, attendee.address, "accepted")
                    said += 1
        return said

    async def heard(self) -> int:
        """Count who is known to come."""
        async with self.database.transaction() as tx:
            invited = [await tx.committee_meetings.invitations(each.id) for each in self.held]
        return sum(one.reply is Reply.COMING for each in invited for one in each)

    async def is_put(self) -> Took:
        """Let the job run until there is nothing left to do."""
        graph = self.mailbox.graph
        began, cpu = self.mailbox.now(), time.process_time()
        requests, calls = len(graph.log.requests), len(graph.log.calls)
        last, quiet = began, 0
        for _ in range(LONGEST):
            before = len(graph.log.calls)
            await self._keeps()
            quiet = quiet + 1 if len(graph.log.calls) == before else 0
            if quiet == 0:
                last = graph.log.calls[-1].at
            if quiet > 1 and not await self._left():
                break
        return Took(
            minutes=(last - began) / A_MINUTE,
            cpu=time.process_time() - cpu,
            requests=len(graph.log.requests) - requests,
            calls=len(graph.log.calls) - calls,
        )

    async def _keeps(self) -> None:
        """Let the job run, and be killed in every third run; another takes over in time."""
        if self.life is None or self.chance.random() > KILLED:
            await self.mailbox.keeps()
            return
        self.life.lives_for(self.chance.randrange(STEPS))
        try:
            await self.mailbox.keeps()
        except Killed:
            self.kills += 1
            self.mailbox.passes(LEASE)
        self.life.lives_on()

    async def lost(self) -> int:
        """Count the meetings that are not in the mailbox as they are here."""
        there = Counter((each.subject, each.start, each.end) for each in self.mailbox.there)
        here = Counter(
            (f"SSP-møde: {each.committee}", each.starts_at, each.ends_at) for each in self.held
        )
        return (here - there).total()

    async def doubled(self) -> int:
        """Count what is in the mailbox and should not be, or is there twice."""
        return max(len(self.mailbox.there) - len(self.held), 0)

    def wrongly_told(self) -> int:
        """Count the letters of Exchange that were too many, or too few."""
        sent = Counter(each.kind for each in self.mailbox.graph.outbox.posts)
        return ((sent - self.expected) + (self.expected - sent)).total()

    async def _left(self) -> int:
        """Count the meetings that still wait for something."""
        async with self.database.transaction() as tx:
            rows = await tx.outlook.events([each.id for each in self.held])
        waiting = [each for each in rows.values() if each.next_at or not each.join_link]
        return len(self.held) - len(rows) + len(waiting)


def _person(number: int) -> Person:
    return Person(
        id=PersonId(f"p{number}"),
        aad_id=f"b0000000-0000-4000-8000-{number:012}",
        name=f"Person {number}",
        authority=Authority.SOF,
        function="Medarbejder",
        email=f"p{number}@ssp-demo.example",
        offices=frozenset({Office.SEK} if number == 0 else ()),
    )


def _asked(meeting: CommitteeMeeting, person: Person) -> Invitation:
    return Invitation(meeting=meeting.id, person=person.id, slot="KG.1", asked_at=BEGUN)
