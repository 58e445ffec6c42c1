"""A trial that is sent to the whole town by a bot in processes of its own."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from bot.clock import utc_now
from bot.wiring import open_database
from domain.delivery import DeliveryState, Tally, is_sent
from domain.notices import NoticeKind
from domain.trials import Audience
from localteams.latency import Span
from localteams.server import LocalTeams, read_aloud
from storage.database import Database
from tests.support.town import DANISH, DORTE, EVERYBODY, Town
from usecases.begin_trial import begin_trial

WITHIN = 60.0  # seconds until a story is given up; nothing is measured by it
LOOK_EVERY = 0.05
LEASE_PASSES = 30.0  # seconds by which the side panel moves the clock
REPEATED = DANISH("delivery.repeated")


@dataclass(frozen=True, kw_only=True)
class SentTrial:
    """A trial as the books and the people in Teams see it, whoever sends it."""

    id: UUID
    database: Database
    teams: LocalTeams
    before: dict[str, int]

    def told(self) -> dict[str, list[str]]:
        """Read what each has received since the trial was begun."""
        return {
            each.id: [
                read_aloud(message, each.aad_id)
                for message in self.teams.messages(self.teams.personal(each.aad_id))
                if message.sender is None
            ][self.before[each.id] :]
            for each in EVERYBODY
        }

    def told_twice(self) -> set[str]:
        return {person for person, letters in self.told().items() if len(letters) > 1}

    def unmarked(self) -> list[str]:
        """List letters that came besides another and do not say so, in any order."""
        return [
            letter
            for letters in self.told().values()
            for letter in [each for each in letters if REPEATED not in each][1:]
        ]

    async def tally(self) -> Tally:
        """Count the states, however often a database must be asked that is being restarted."""
        while True:
            with suppress(DBAPIError, OSError):
                async with self.database.transaction() as tx:
                    return await tx.standings.tally(self.id, kind=NoticeKind.TRIAL, now=utc_now())
            await asyncio.sleep(LOOK_EVERY)

    async def is_sent(self) -> Tally:
        """Wait until nobody waits any more."""
        return await self._until(is_sent)

    async def is_delivered_to(self, people: int) -> Tally:
        """Wait until it is written down that so many have it."""
        return await self._until(lambda tally: tally.get(DeliveryState.DELIVERED, 0) >= people)

    async def _until(self, holds: Callable[[Tally], bool]) -> Tally:
        async with asyncio.timeout(WITHIN):
            while True:
                if holds(tally := await self.tally()):
                    return tally
                await asyncio.sleep(LOOK_EVERY)


@contextmanager
def answers_held(teams: LocalTeams, *, after: int) -> Iterator[asyncio.Event]:
    """Let Teams take every letter, and after so many of them not say so.

    Gives what is set to let go of the answers; the end of the block does so too.
    """
    answered, released = 0, asyncio.Event()

    async def hold(_: float) -> None:
        nonlocal answered
        answered += 1
        if answered > after:
            await released.wait()

    usual = teams.latency.lapse
    teams.latency.lapse, teams.latency.span = hold, Span(least=1, most=1)
    try:
        yield released
    finally:
        teams.latency.lapse, teams.latency.span = usual, None
        released.set()


@asynccontextmanager
async def a_trial(town: Town) -> AsyncIterator[SentTrial]:
    """Begin a trial for everybody, for whichever bot is started next on the town's database."""
    database = open_database(town.settings)
    try:
        async with database.transaction() as tx:
            trial = await begin_trial(
                tx, id=uuid.uuid4(), by=DORTE, audience=Audience.EVERYBODY, now=utc_now()
            )
        sent = SentTrial(
            id=trial.id,
            database=database,
            teams=town.teams,
            before={each.id: len(town.chat(each).messages()) for each in EVERYBODY},
        )
        yield sent
    finally:
        await database.dispose()
