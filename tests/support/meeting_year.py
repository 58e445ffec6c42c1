"""A year of meetings as it goes by: people answer, meetings are moved, processes are killed."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from domain.committee_meetings import (
    CommitteeMeeting,
    DeadlineKind,
    DeadlineState,
    MeetingState,
    Reply,
)
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.meeting_deadlines import BEFORE, LEADS
from domain.notices import NoticeKind
from domain.people import CommitteeType
from storage.database import Database
from tests.support.meeting_town import BEGUN, Period, meetings, organisation
from tests.support.meeting_workers import Workers
from usecases.change_meeting import cancel, move
from usecases.prepare_meeting import prepare, seated
from usecases.reply_to_meeting import reply

AFTER = timedelta(days=40)  # until the last minutes are due
LOOKS = (time(8, 30), time(13))  # UTC
A_WEEK = timedelta(days=7)
AT_WORK = 0.012  # seconds one deadline takes, about
ANSWER_AHEAD, CHANGE_AHEAD = 9, 60  # days before a meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a year came to.

    :param deadlines: how many there were of the meetings that were held.
    :param cut_short: the kills that left something undone at that moment.
    :param lost: those that nothing became of.
    :param doubled: those that were done more than once.
    :param untold: people who should have been asked for items and were not, or the other way.
    :param unexplained: done late, or dropped, though nobody was away.
    :param late: of each kind, those done late; of the minutes most, for nobody writes them.
    """

    meetings: int
    deadlines: int
    kills: int
    cut_short: int
    lost: int
    doubled: int
    untold: int
    unexplained: int
    late: Counter[DeadlineKind]
    dropped: int


@dataclass(kw_only=True)
class MeetingYear:
    """Some committees, their meetings, and those who do what falls due."""

    database: Database
    workers: Workers
    kinds: Sequence[tuple[CommitteeType, int, int]]
    period: Period
    crashes: int
    outage: tuple[date, date] | None = None
    seed: int = 1
    cut_short: int = 0
    chance: random.Random = field(init=False)
    _due: Counter[date] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311

    async def is_published(self) -> None:
        """Put the committees and all their meetings down."""
        async with self.database.transaction() as tx:
            await tx.organisation.replace(organisation(self.kinds))
        planned = meetings(self.kinds, self.period, seed=self.seed)
        async with self.database.transaction() as tx:
            await tx.committee_meetings.add(planned)
            for each in planned:
                await prepare(tx, each, now=BEGUN)
            for each in planned:
                due = await tx.committee_meetings.deadlines(each.id)
                self._due.update(local_date(deadline.due_at) for deadline in due)

    async def passes(self) -> None:
        """Let every day go by; now and then a process is killed in the middle of its work."""
        hours = list(self._hours())
        busy = [
            hour
            for hour in hours
            if hour.time() == LOOKS[0] and self._due[hour.date()] and not self._is_away(hour)
        ]
        fatal = Counter(self.chance.choices(busy, k=self.crashes))
        for hour in hours:
            if self._is_away(hour):
                self.workers.kill_all()
                continue
            if not self.workers.processes:
                self.workers.begin()
            if hour.time() == LOOKS[0]:
                await self._people_act(hour)
            self.workers.clock.value = hour.timestamp()
            for _ in range(fatal[hour]):
                await self._is_killed(hour)
            await self.workers.have_reached(hour)

    async def _is_killed(self, hour: datetime) -> None:
        """Kill a process while there is something left to do, if that can be met with."""
        await asyncio.sleep(self.chance.uniform(0, AT_WORK * self._due[hour.date()]))
        self.workers.kill(self.chance.randrange(self.workers.many))
        async with self.database.transaction() as tx:
            self.cut_short += bool(await tx.committee_meetings.due(hour, at_most=1))

    async def came_to(self) -> Outcome:
        """Count what became of every deadline."""
        done = self.workers.times_done()
        async with self.database.transaction() as tx:
            types = {each.code: each.type for each in await tx.organisation.committees()}
            held = [
                each
                for each in await tx.committee_meetings.of_year(self.period.from_on.year)
                if each.state is not MeetingState.CANCELLED
            ]
            lost = untold = unexplained = deadlines = dropped = 0
            late: Counter[DeadlineKind] = Counter()
            for meeting in held:
                found = {d.kind: d for d in await tx.committee_meetings.deadlines(meeting.id)}
                deadlines += len(LEADS[types[meeting.committee]])
                lost += len(LEADS[types[meeting.committee]].keys() - found.keys())
                lost += sum(d.state is DeadlineState.WAITING for d in found.values())
                dropped += sum(d.state is DeadlineState.DROPPED for d in found.values())
                late.update(d.kind for d in found.values() if d.state is DeadlineState.LATE)
                unexplained += sum(
                    d.kind in BEFORE
                    and d.state is not DeadlineState.DONE
                    and not self._is_away(d.due_at)
                    for d in found.values()
                )
                if found[DeadlineKind.CALL].state is not DeadlineState.DROPPED:
                    told = await tx.standings.each(
                        meeting.id, kind=NoticeKind.MEET_CALL, now=BEGUN
                    )
                    seats = {person.id for _, person in await seated(tx, meeting)}
                    untold += len(seats ^ {each.person for each in told})
        return Outcome(
            meetings=len(held),
            deadlines=deadlines,
            kills=self.workers.kills,
            cut_short=self.cut_short,
            lost=lost,
            doubled=sum(times > 1 for times in done.values()),
            untold=untold,
            unexplained=unexplained,
            late=late,
            dropped=dropped,
        )

    def _hours(self) -> Iterator[datetime]:
        first = self.period.from_on - timedelta(days=50)
        span = Period(from_on=first, to_on=self.period.to_on + AFTER)
        for day in span.working_days():
            for look in LOOKS:
                yield datetime.combine(day, look, UTC)

    def _is_away(self, hour: datetime) -> bool:
        return self.outage is not None and self.outage[0] <= hour.date() < self.outage[1]

    async def _people_act(self, hour: datetime) -> None:
        """Let some answer, and somebody move a meeting or cancel one now and then."""
        soon = await self._on(hour.date() + timedelta(days=ANSWER_AHEAD))
        for meeting in soon:
            await self._some_answer(meeting, hour)
        if self.chance.random() < 1 / 8:
            for meeting in (await self._on(hour.date() + timedelta(days=CHANGE_AHEAD)))[:1]:
                await self._is_changed(meeting, hour)

    async def _on(self, day: date) -> list[CommitteeMeeting]:
        async with self.database.transaction() as tx:
            return await tx.committee_meetings.between(day, day)

    async def _some_answer(self, meeting: CommitteeMeeting, hour: datetime) -> None:
        async with self.database.transaction() as tx:
            people = [person for _, person in await seated(tx, meeting)]
            for person in self.chance.sample(people, k=min(3, len(people))):
                answer = self.chance.choice((Reply.COMING, Reply.SUBSTITUTE, Reply.DECLINED))
                with suppress(RuleBroken):
                    await reply(
                        tx,
                        id=meeting.id,
                        seen=meeting.version,
                        by=person,
                        answer=answer,
                        now=hour,
                    )

    async def _is_changed(self, meeting: CommitteeMeeting, hour: datetime) -> None:
        async with self.database.transaction() as tx:
            [officer] = [each for each in await tx.people.everybody() if each.offices]
            if self.chance.random() < 1 / 3:
                await cancel(tx, id=meeting.id, seen=meeting.version, by=officer, now=hour)
                return
            day = next(Period(from_on=meeting.day + A_WEEK, to_on=date.max).working_days())
            if day <= self.period.to_on:
                await move(
                    tx,
                    id=meeting.id,
                    seen=meeting.version,
                    day=day,
                    starts=meeting.starts,
                    by=officer,
                    now=hour,
                )
