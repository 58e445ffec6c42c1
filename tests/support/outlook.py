"""The Secretariat's mailbox in a stand-in for Graph, and the jobs that keep it, by one clock."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.outlook_events import OutlookEvent
from graph.calendar import Calendar
from graph.client import Graph
from graph.limits import Timer
from localgraph.event import Event
from localgraph.server import LocalGraph, running
from scheduler.keep_outlook import keep_outlook
from scheduler.read_outlook_replies import read_outlook_replies
from scheduler.reconcile_outlook import reconcile_outlook
from storage.database import Database
from tests.support.graph_here import graph_at

MAILBOX = "ssp-sekretariat@kbh.example"
A_MINUTE = timedelta(minutes=1)


class Ticking:
    """A clock that passes when somebody sleeps by it."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._began = at

    def seconds(self) -> float:
        return (self.at - self._began).total_seconds()

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def timer(self) -> Timer:
        return Timer(seconds=self.seconds, sleep=self.sleep)


@dataclass(kw_only=True)
class Office:
    """One replica's jobs, and the mailbox that they keep; time passes when it is told to."""

    database: Database
    graph: LocalGraph
    client: Graph
    calendar: Calendar
    clock: Ticking
    woken: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        return self.clock.at

    def passes(self, time: timedelta) -> None:
        self.clock.at += time

    async def keeps(self, minutes: int = 1, *, each: timedelta = A_MINUTE) -> None:
        """Let the job run each so often while so many minutes pass."""
        for _ in range(minutes * A_MINUTE // each):
            began = self.clock.at
            await keep_outlook(self.database, self.calendar, wake=self._wake, now=self.now)
            self.clock.at = max(self.clock.at, began + each + timedelta(seconds=4))

    async def reads(self) -> None:
        """Let the answers be read, ten minutes later."""
        self.passes(timedelta(minutes=10))
        await read_outlook_replies(self.database, self.calendar, wake=self._wake, now=self.now)

    async def reconciles(self) -> int:
        return await reconcile_outlook(self.database, self.calendar, now=self.now())

    async def row(self, meeting: UUID) -> OutlookEvent:
        async with self.database.transaction() as tx:
            row = await tx.outlook.event(meeting)
        assert row is not None
        return row

    async def event(self, meeting: UUID) -> Event:
        """Give the event that we know of as this meeting's."""
        return self.graph.calendar.events[(await self.row(meeting)).graph_id]

    @property
    def there(self) -> Sequence[Event]:
        return self.graph.calendar.of(MAILBOX)

    def posted(self) -> list[tuple[str, str]]:
        """Say who was sent what since the last look, in the order of addresses."""
        posts = sorted((each.to, each.kind) for each in self.graph.outbox.posts)
        self.graph.outbox.clear()
        return posts

    def _wake(self) -> None:
        self.woken.append(self.clock.at)


@asynccontextmanager
async def another(office: Office) -> AsyncIterator[Calendar]:
    """Give the same mailbox as another replica has it, with a way to Graph of its own."""
    async with graph_at(office.graph.base_url, timer=office.clock.timer()) as graph:
        yield Calendar(graph, mailbox=MAILBOX)


@asynccontextmanager
async def an_office(database: Database, *, at: datetime) -> AsyncIterator[Office]:
    """Open a mailbox that the app may act for, and no other."""
    clock = Ticking(at)
    async with (
        running(LocalGraph(mailboxes=[MAILBOX], now=lambda: clock.at)) as standin,
        graph_at(standin.base_url, timer=clock.timer()) as graph,
    ):
        calendar = Calendar(graph, mailbox=MAILBOX)
        yield Office(
            database=database, graph=standin, client=graph, calendar=calendar, clock=clock
        )
