"""Households of 400 whose bot is killed while it writes to all of them, and what came of it."""

import asyncio
import os
import random
import signal
import sys
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO

import aiohttp
import psutil

from bench.support.programs import ENDS_WITHIN, ROOT, STARTS_WITHIN, TENANT, OurBot
from bench.support.teams import BenchTeams
from bot.settings import Settings
from bot.wiring import open_database
from domain.delivery import OPEN, Address, DeliveryState, Standing
from domain.notices import NoticeKind
from domain.people import Authority, Office, Organisation, Person, PersonId
from domain.trials import Audience
from storage.database import Database
from storage.migrate import upgrade
from usecases.begin_trial import begin_trial

RECIPIENTS = 400
LASTS = 8.5  # seconds that a send to 400 takes at the pace of 45 a second
LOOK_EVERY = 0.25  # seconds between looks at the books
PATIENCE = 90.0  # seconds until a send that does not end is called lost
DELIVER_EVERY = "1"  # seconds; a commit in another process does not wake the sender

Kill = Callable[["Household"], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """What came of one send with a crash in the middle; each number but the last two wants 0."""

    lost: int  # people who got nothing
    beyond: int  # people who got it twice without having been in flight at the crash
    unmarked: int  # repetitions that do not say so
    unended: int  # rows that are not delivered when nobody waits any more
    wrong: int  # looks at the books at which the states did not add up
    reopened: int  # rows that were ended and then were not
    in_flight: int  # rows that somebody was sending at the crash
    takeover: float  # seconds from the crash until the last of them was ended


@dataclass(kw_only=True)
class Household:
    """One database with 400 people, and the bot that writes to them, as it is run for real."""

    name: str
    database: Database
    teams: BenchTeams
    env: Mapping[str, str] = field(repr=False)
    session: aiohttp.ClientSession = field(repr=False)
    log: IO[bytes]
    replicas: int
    _process: asyncio.subprocess.Process = field(init=False, repr=False)

    @property
    def people(self) -> tuple[Person, ...]:
        return _PEOPLE

    async def moves_in(self) -> None:
        """Load the 400, each with a chat with the bot."""
        await self.database.open()
        async with self.database.transaction() as tx:
            await tx.organisation.replace(
                Organisation(people=self.people, committees=(), memberships=())
            )
            for person in self.people:
                address = Address(
                    conversation_id=self.chat(person),
                    service_url=self.teams.service_url,
                    tenant_id=TENANT,
                )
                await tx.addresses.learn(person.id, address, now=datetime.now(UTC))

    async def starts(self) -> None:
        """Start the bot, and wait until it is ready.

        :raises TimeoutError: when it does not become ready.
        """
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--replicas", str(self.replicas)),
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **self.env},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=self.log,
            stderr=asyncio.subprocess.STDOUT,
        )
        await _until(self.is_ready, within=STARTS_WITHIN)

    async def is_ready(self) -> bool:
        """Ask it, as whoever shares out its calls does."""
        try:
            async with self.session.get(f"http://127.0.0.1:{self.env['PORT']}/readyz") as answer:
                return answer.status == HTTPStatus.OK
        except (aiohttp.ClientError, OSError):
            return False

    async def stops(self) -> None:
        """End the bot, kindly if it lets us."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), ENDS_WITHIN)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def is_killed(self) -> None:
        """Kill one process of the bot; who minds several starts it again, else we do."""
        if self.replicas > 1:
            # One of the replicas, not who minds them
            psutil.Process(random.choice(self._replicas())).kill()  # noqa: S311
        else:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    async def lives_again(self) -> None:
        if self.replicas == 1:
            await self.starts()

    def _replicas(self) -> list[int]:
        return [child.pid for child in psutil.Process(self._process.pid).children()]

    async def begins_a_send(self) -> uuid.UUID:
        """Begin a trial for everybody; the bot finds it in the database."""
        for person in self.people:
            for counted in (self.teams.answers, self.teams.marked):
                counted.pop(self.chat(person), None)
        async with self.database.transaction() as tx:
            [by] = await tx.people.of_office(Office.SEK)
            trial = await begin_trial(
                tx,
                id=uuid.uuid4(),
                by=by,
                audience=Audience.EVERYBODY,
                now=datetime.now(UTC),
                another=True,
            )
        return trial.id

    async def begun(self) -> None:
        """Wait until the first letters have arrived.

        :raises TimeoutError: when none does.
        """
        await _until(self._has_begun, within=PATIENCE)

    async def _has_begun(self) -> bool:
        return any(self.told(person) for person in self.people)

    async def standings(self, about: uuid.UUID) -> Sequence[Standing]:
        """Read how it stands with each of the 400, however often the database must be asked."""
        while True:
            with suppress(Exception):  # it is being restarted
                async with self.database.transaction() as tx:
                    return await tx.standings.each(
                        about, kind=NoticeKind.TRIAL, now=datetime.now(UTC)
                    )
            await asyncio.sleep(0.05)

    def told(self, person: Person) -> int:
        return self.teams.answers[self.chat(person)]

    def marked(self, person: Person) -> int:
        return self.teams.marked[self.chat(person)]

    def chat(self, person: Person) -> str:
        return f"{self.name}-{person.id}"


@asynccontextmanager
async def household(
    name: str, *, database_url: str, teams: BenchTeams, log: IO[bytes], replicas: int = 1
) -> AsyncIterator[Household]:
    """Make the tables, let 400 people move in, and start the bot."""
    bot = OurBot(name, database_url=database_url, teams=teams, log=log, register=Path())
    env = {**bot.env, "DELIVER_EVERY": DELIVER_EVERY}
    await upgrade(database_url)
    database = open_database(Settings.from_environment(env))
    try:
        async with aiohttp.ClientSession() as session:
            home = Household(
                name=name,
                database=database,
                teams=teams,
                env=env,
                session=session,
                log=log,
                replicas=replicas,
            )
            await home.moves_in()
            await home.starts()
            try:
                yield home
            finally:
                await home.stops()
    finally:
        await database.dispose()


async def crash(home: Household, *, after: float, kill: Kill, again: Kill) -> Crash:
    """Let a household be written to, crash it so many seconds after the first letter, and see."""
    about = await home.begins_a_send()
    await home.begun()
    await asyncio.sleep(after)
    await kill(home)
    crashed, clock = datetime.now(UTC), time.monotonic()
    flying = _in(await home.standings(about), {DeliveryState.SENDING, DeliveryState.UNRESOLVED})
    await again(home)
    wrong, reopened, ended = 0, 0, set[PersonId]()
    while True:
        standings = await home.standings(about)
        still = {each.person for each in standings if each.state not in OPEN}
        wrong += len(standings) != RECIPIENTS
        reopened += len(ended - still)
        ended |= still
        if len(still) == RECIPIENTS or time.monotonic() - clock > PATIENCE:
            break
        await asyncio.sleep(LOOK_EVERY)
    ends = [each.ended_at for each in standings if each.person in flying and each.ended_at]
    return Crash(
        lost=sum(not home.told(person) for person in home.people),
        beyond=sum(home.told(each) > 1 and each.id not in flying for each in home.people),
        unmarked=sum(max(0, home.told(each) - 1 - home.marked(each)) for each in home.people),
        unended=sum(each.state is not DeliveryState.DELIVERED for each in standings),
        wrong=wrong,
        reopened=reopened,
        in_flight=len(flying),
        takeover=max(((end - crashed).total_seconds() for end in ends), default=0.0),
    )


async def _until(holds: Callable[[], Awaitable[bool]], *, within: float) -> None:
    async with asyncio.timeout(within):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.02)


def _in(standings: Sequence[Standing], states: Collection[DeliveryState]) -> set[PersonId]:
    return {each.person for each in standings if each.state in states}


def _person(number: int) -> Person:
    return Person(
        id=PersonId(f"p{number:03}"),
        aad_id=f"b0000000-0000-4000-8000-{number:012}",
        name=f"Person {number}",
        authority=Authority.BUF,
        function="Lærer",
        email=f"p{number}@ssp-demo.example",
        s115_covered=True,
        offices=frozenset() if number else frozenset({Office.SEK}),
    )


_PEOPLE = tuple(_person(number) for number in range(RECIPIENTS))
