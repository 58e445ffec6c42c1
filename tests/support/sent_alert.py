"""An alert to the whole town, sent by a bot in processes of its own."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from bot.clock import utc_now
from bot.wiring import open_database
from domain.alerts import Audience, Level, Situation
from domain.delivery import DeliveryState, Tally, is_sent
from domain.notices import NoticeKind
from localteams.latency import Span
from localteams.server import LocalTeams, read_aloud
from storage.database import Database
from tests.support.town import DANISH, DORTE, EVERYBODY, Town
from usecases.activate_alert import Order, activate_alert
from usecases.undo_alert import send_at_once

WITHIN = 60.0  # seconds until a story is given up; nothing is measured by it
LOOK_EVERY = 0.05
LEASE_PASSES = 30.0  # seconds by which the side panel moves the clock
REPEATED = DANISH("delivery.repeated")
TITLE = "Uro i Valby"
SITUATION = Situation(
    happened="Slagsmål mellem to grupper",
    where="Ved stationen",
    stands="Uroligt",
    done="Politiet er på stedet",
)


@dataclass(frozen=True, kw_only=True)
class SentAlert:
    """An alert as the books and the people in Teams see it, whoever sends it."""

    id: UUID
    database: Database
    teams: LocalTeams

    def told(self) -> dict[str, list[str]]:
        """Read what each has received of it."""
        return {
            each.id: [
                letter
                for message in self.teams.messages(self.teams.personal(each.aad_id))
                if message.sender is None and TITLE in (letter := read_aloud(message, each.aad_id))
            ]
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
                    return await tx.standings.tally(self.id, kind=NoticeKind.ALERT, now=utc_now())
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
async def an_alert(town: Town) -> AsyncIterator[SentAlert]:
    """Alert everybody at once, for whichever bot is started next on the town's database."""
    database = open_database(town.settings)
    order = Order(
        id=uuid.uuid4(),
        level=Level.FULL,
        drill=False,
        template="H3",
        title=TITLE,
        situation=SITUATION,
        audience=Audience(people=frozenset(each.id for each in EVERYBODY)),
    )
    try:
        async with database.transaction() as tx:
            alert = await activate_alert(tx, order, by=DORTE, now=utc_now())
            await send_at_once(tx, id=alert.id, by=DORTE, now=utc_now())
        yield SentAlert(
            id=alert.id,
            database=database,
            teams=town.teams,
        )
    finally:
        await database.dispose()
