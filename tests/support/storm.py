"""A send to many, through the real sender, to a Teams that throttles and breaks by chance."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from uuid import UUID

from cards.shown import Shown
from domain.delivery import (
    Address,
    Delivery,
    DeliveryState,
    NotDelivered,
    Tally,
    is_sent,
)
from domain.notices import Notice, NoticeKind, Tier
from domain.people import PersonId
from localteams.latency import Latency, Span
from localteams.limits import PER_THREAD, Limits
from localteams.tally import Tally as Arrivals
from scheduler.addressing import in_teams
from scheduler.deliver_outbox import OutboxSender
from storage.database import Database, Transaction
from storage.vault import Vault
from tests.support.hours import hour
from tests.support.post import Counts, address_of

PACE = 45.0  # messages a second, as the setting says when nobody sets it
TICK = timedelta(seconds=5)  # as often as the timetable looks, whatever happens
LEADERS = 40
ABOUT = UUID(int=3)
KIND = NoticeKind.TRIAL
MARK = "(gentaget)"
PLAIN = Shown(words="Er du der?", summary="SSP")
REPEATED = Shown(words=f"{MARK} Er du der?", summary="SSP")
VAULT = Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How often Teams refuses by chance (429), or breaks (502, 503, 504), and what it takes."""

    throttles: float = 0.0
    breaks: float = 0.0
    retry_after: timedelta | None = timedelta(seconds=5)
    per_second: int = 50
    latency: tuple[float, float] = (0.15, 0.25)  # seconds, from and to


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of a send; times are seconds since it was promised."""

    tally: Tally
    first_tries: Sequence[float]  # of each who was written to
    arrived: Sequence[float]  # of each who got it, the first time
    reached: int  # people who got it
    repeats: int  # letters to somebody who had it already
    unmarked: int  # … that did not say so
    refused: int  # because we sent too fast, by the limits
    most_in_a_second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Something that arrived: when, and whether it said that it may have come before."""

    at: float
    text: bytes

    @property
    def marked(self) -> bool:
        return MARK.encode() in self.text


class StormyTeams:
    """Takes messages, limits and all; half of those it answers with 502 or 504 have arrived."""

    def __init__(self, weather: Weather, *, seed: int) -> None:
        now = asyncio.get_running_loop().time
        self._now = now
        self._weather = weather
        self._random = random.Random(seed)  # noqa: S311
        self._limits = Limits(per_thread=PER_THREAD, per_second=weather.per_second, now=now)
        least, most = weather.latency
        self._latency = Latency(Span(least=least, most=most), seed=seed)
        self._ids = count(1)
        self.arrivals = Arrivals(now=now)
        self.tried: dict[str, float] = {}
        self.letters: defaultdict[str, list[Letter]] = defaultdict(list)

    def write(self, shown: Shown) -> bytes:
        return shown.words.encode()

    async def deliver(self, letter: bytes, *, to: Address) -> str:
        chat = to.conversation_id
        self.tried.setdefault(chat, self._now())
        wait = self._limits.wait("send", chat)
        refusal = self._refusal(timedelta(seconds=wait))
        self.arrivals.count("send", chat, refused=refusal is not None, throttled=wait > 0)
        may_arrive = refusal is None or refusal.status in {502, 504}
        if may_arrive and (refusal is None or self._random.random() < 1 / 2):
            self.letters[chat].append(Letter(at=self._now(), text=letter))
        await self._latency.pass_by()
        if refusal is not None:
            raise refusal
        return f"activity-{next(self._ids)}"

    def _refusal(self, wait: timedelta) -> NotDelivered | None:
        if wait:
            return NotDelivered(status=429, retry_after=wait)
        chance = self._random.random()
        if chance < self._weather.throttles:
            return NotDelivered(status=429, retry_after=self._weather.retry_after)
        if chance < self._weather.throttles + self._weather.breaks:
            return NotDelivered(status=self._random.choice((502, 503, 504)))
        return None


class Replica:
    """A sender, run as the timetable runs it: when woken, when it asks to be, and now and then."""

    def __init__(
        self, database: Database, teams: StormyTeams, *, rate: float, jitter: Callable[[], float]
    ) -> None:
        self._news = asyncio.Event()
        self.watcher = Counts()
        self.unreached: list[Notice] = []
        self.sender = OutboxSender(
            database=database,
            courier=teams,
            find=in_teams,
            draw=_draw,
            not_reached=self._not_reached,
            watcher=self.watcher,
            wake=self._news.set,
            rate=rate,
            now=hour,
            real=hour,
            jitter=jitter,
        )

    def wake(self) -> None:
        self._news.set()

    async def runs(self) -> None:
        while True:
            self._news.clear()
            after = await self.sender.run()
            wait = TICK if after is None else min(TICK, after)
            with suppress(TimeoutError):
                async with asyncio.timeout(wait.total_seconds()):
                    await self._news.wait()

    async def _not_reached(self, _: Transaction, delivery: Delivery, __: DeliveryState) -> None:
        self.unreached.append(delivery.notice)


@dataclass(kw_only=True)
class Storm:
    """A database, a Teams in bad weather, and as many senders as there are replicas."""

    database: Database
    teams: StormyTeams
    replicas: Sequence[Replica]
    people: Sequence[PersonId] = field(default=())

    async def begins(self, people: int, *, leaders: int = LEADERS) -> None:
        """Promise a send to so many, and wake the first replica, whose turn it was."""
        self.people = [PersonId(f"p{number}") for number in range(people)]
        tiers = [Tier.ALERT_LEADERS] * leaders + [Tier.ALERT] * (people - leaders)
        await self.promises(
            [
                Notice(kind=KIND, about=ABOUT, due_at=hour(), person=person, tier=tier)
                for person, tier in zip(self.people, tiers, strict=True)
            ]
        )

    async def promises(self, notices: Sequence[Notice]) -> None:
        """Promise these, to people who can be reached."""
        async with self.database.transaction() as tx:
            for person in {notice.person for notice in notices if notice.person is not None}:
                await tx.addresses.learn(person, address_of(person), now=hour())
            await tx.outbox.add(notices)
        self.replicas[0].wake()

    async def ends(self, *, within: timedelta) -> Tally:
        """Wait until nobody waits any more.

        :raises TimeoutError: when that takes longer.
        """
        async with asyncio.timeout(within.total_seconds()):
            while True:
                tally = await self.tally()
                if is_sent(tally):
                    return tally
                await asyncio.sleep(1)

    async def tally(self) -> Tally:
        async with self.database.transaction() as tx:
            return await tx.standings.tally(ABOUT, kind=KIND, now=hour())

    def seen(self, tally: Tally, *, since: float) -> Seen:
        letters = [self.teams.letters[chat] for chat in map(_chat, self.people)]
        arrived = [each[0].at - since for each in letters if each]
        repeats = [again for _, *repeats in filter(None, letters) for again in repeats]
        return Seen(
            tally=tally,
            first_tries=[each - since for each in self.first_tries],
            arrived=arrived,
            reached=len(arrived),
            repeats=len(repeats),
            unmarked=sum(not each.marked for each in repeats),
            refused=self.teams.arrivals.throttled,
            most_in_a_second=self.teams.arrivals.most_in_a_second(),
        )

    @property
    def first_tries(self) -> Sequence[float]:
        """Give the seconds until each was first written to; who never was is left out."""
        tried = self.teams.tried
        return [tried[chat] for chat in map(_chat, self.people) if chat in tried]


@asynccontextmanager
async def storm(
    database_url: str, weather: Weather, *, seed: int = 1, replicas: int = 1, rate: float = PACE
) -> AsyncIterator[Storm]:
    """Open the database, and let so many replicas look for work in it."""
    chance = random.Random(seed)  # noqa: S311
    async with AsyncExitStack() as stack:
        databases = [Database(database_url, VAULT) for _ in range(replicas)]
        for database in databases:
            await database.open()
            stack.push_async_callback(database.dispose)
        teams = StormyTeams(weather, seed=seed)
        replies = [
            Replica(database, teams, rate=rate, jitter=chance.random) for database in databases
        ]
        for replica in replies:
            stack.push_async_callback(replica.sender.close)
        looking = [asyncio.create_task(replica.runs()) for replica in replies]
        stack.callback(lambda: [task.cancel() for task in looking])
        yield Storm(database=databases[0], teams=teams, replicas=replies)


async def send(
    database_url: str,
    weather: Weather,
    *,
    people: int,
    within: timedelta,
    seed: int = 1,
    replicas: int = 1,
) -> Seen:
    """Tell of one send, from promise to end.

    :raises TimeoutError: when it does not end in time.
    """
    async with storm(database_url, weather, seed=seed, replicas=replicas) as opened:
        since = asyncio.get_running_loop().time()
        await opened.begins(people)
        tally = await opened.ends(within=within)
        return opened.seen(tally, since=since)


def _chat(person: PersonId) -> str:
    return address_of(person).conversation_id


async def _draw(_: Transaction, deliveries: Sequence[Delivery]) -> Sequence[Shown | None]:
    return [REPEATED if each.repeated else PLAIN for each in deliveries]
