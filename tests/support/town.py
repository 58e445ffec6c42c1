"""A town for stories: the whole bot, and the stand-in for Teams.

Who lives there is told in `townspeople`; stories take them from here.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.settings import Settings
from bot.web import serve
from bot.wiring import House, open_house
from cards.words import speak
from devtools.ports import free_port
from domain.concerns import Concern
from domain.people import Language, Organisation, Person
from localteams.limits import Limits
from localteams.server import LocalTeams, running
from localteams.state import Directory
from localteams.tokens import Key
from storage.database import Transaction
from tests.support.chat import Chat
from tests.support.mailboxes import Mailboxes
from tests.support.townspeople import (
    ANNA,
    BENTE,
    BO,
    CARL,
    DAN,
    DENNIS,
    DORTE,
    EVA,
    EVERYBODY,
    GRETE,
    HELLE,
    HENRIETTE,
    KASPER,
    KLAUS,
    LARS,
    LINE,
    LIV,
    OLE,
    ORGANISATION,
    PER,
    PIA,
    PLUS_GROUP,
    RUTH,
    SANNE,
    SOFIE,
    STEEN,
    STINE,
    SUNE,
    TEAM,
    UFFE,
    ULLA,
    VALBY_GROUP,
    VANLOESE_GROUP,
    VIGGO,
)

__all__ = [
    "ANNA",
    "BENTE",
    "BO",
    "CARL",
    "DAN",
    "DENNIS",
    "DORTE",
    "EVA",
    "EVERYBODY",
    "GRETE",
    "HELLE",
    "HENRIETTE",
    "KASPER",
    "KLAUS",
    "LARS",
    "LINE",
    "LIV",
    "OLE",
    "ORGANISATION",
    "PER",
    "PIA",
    "PLUS_GROUP",
    "RUTH",
    "SANNE",
    "SOFIE",
    "STEEN",
    "STINE",
    "SUNE",
    "TEAM",
    "UFFE",
    "ULLA",
    "VALBY_GROUP",
    "VANLOESE_GROUP",
    "VIGGO",
]  # fmt: skip

APP_ID = "11111111-1111-4111-8111-111111111111"
TENANT = "22222222-2222-4222-8222-222222222222"
PASSWORD = "not-a-secret-outside-tests"
MASTER_KEY, INDEX_KEY = bytes(range(32)), bytes(range(1, 33))
MONDAY_NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
DANISH = speak(Language.DA)
KEY = Key()
"""What every stand-in signs with: a new one takes long to find."""


def settings_for(database_url: str, *, teams_port: int, bot_port: int) -> Settings:
    return Settings(
        database_url=database_url,
        app_id=APP_ID,
        app_password=PASSWORD,
        tenant_id=TENANT,
        master_keys={1: MASTER_KEY},
        index_keys={1: INDEX_KEY},
        port=bot_port,
        local_openid_metadata=f"http://127.0.0.1:{teams_port}/.well-known/openid-configuration",
        local_connector=f"http://127.0.0.1:{teams_port}/connector/",
        deliver_every=timedelta(hours=1),
        person_per_minute=1_000,
        planner_seconds=2,
    )


@dataclass(kw_only=True)
class Hour:
    """What time it is in the story; tokens are judged by the real clock."""

    now: datetime = MONDAY_NOON


class StoryClock(Clock):
    """A clock that stands still until the story moves on."""

    def __init__(self, hour: Hour) -> None:
        super().__init__()
        self._hour = hour

    def now(self) -> datetime:
        return self._hour.now


@dataclass(kw_only=True)
class Town:
    """The running whole: the stand-in for Teams, and a bot that can be started again."""

    teams: LocalTeams
    settings: Settings
    hour: Hour = field(default_factory=Hour)
    mail: Mailboxes | None = None
    house: House = field(init=False)
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    def chat(self, person: Person) -> Chat:
        return Chat(person=person, teams=self.teams, settle=self.settles)

    async def starts(self) -> None:
        self.house = await self._running.enter_async_context(
            open_house(self.settings, clock=StoryClock(self.hour), mail=self.mail)
        )
        await self._running.enter_async_context(
            serve(self.house.app, host=self.settings.host, port=self.settings.port)
        )

    async def stops(self) -> None:
        await self._running.aclose()

    async def restarts(self) -> None:
        """Stop the bot, and start another one on what the first has left in the database."""
        await self.stops()
        await self.starts()

    async def settles(self) -> None:
        """Wait until everything that was set going has come to rest."""
        await self.house.idle()
        await self.teams.settled()

    async def passes(self, time: timedelta) -> None:
        """Let the house's clock run on, and everything that falls due happen."""
        self.hour.now += time
        self.house.timetable.wake_all()
        await self.settles()

    def remembers(self) -> AbstractAsyncContextManager[Transaction]:
        """Look into the database, or change what the register says."""
        return self.house.database.transaction()

    async def concern(self, reference: str) -> Concern:
        """Find a concern by its number.

        :raises AssertionError: when there is none.
        """
        async with self.remembers() as tx:
            found = await tx.concerns.by_reference(reference)
        assert found is not None, reference
        return found

    async def reorganises(self, organisation: Organisation) -> None:
        """Load another register."""
        async with self.remembers() as tx:
            await tx.organisation.replace(organisation)

    def channel(self) -> list[str]:
        """Read the channel of the group in Valby."""
        return [each.text for each in self.teams.messages(TEAM) if each.sender is None]


def directory() -> Directory:
    return Directory.read(
        {
            "people": [
                {
                    "aad_id": each.aad_id,
                    "name": each.name,
                    "authority": each.authority.value,
                    "function": each.function,
                }
                for each in (*EVERYBODY, ULLA)
            ],
            "teams": [
                {
                    "id": TEAM,
                    "name": VALBY_GROUP.name,
                    "channels": [{"id": TEAM, "name": "Generelt"}],
                    "members": [BO.aad_id, CARL.aad_id, SOFIE.aad_id],
                }
            ],
            "bot": {"name": "SSP København"},
        }
    )


@asynccontextmanager
async def a_town(database_url: str) -> AsyncIterator[Town]:
    """Start the stand-in and the bot, with the register loaded and the app installed for all."""
    async with nobody_in(database_url) as town:
        await town.reorganises(ORGANISATION)
        for person in EVERYBODY:
            await town.teams.opens(person.aad_id)
        await town.teams.acts.install_team(town.teams.world.team(TEAM), by=BO.aad_id)
        await town.teams.settled()
        yield town


@asynccontextmanager
async def nobody_in(database_url: str) -> AsyncIterator[Town]:
    """Start the stand-in and the bot."""
    teams_port, bot_port = free_port(), free_port()
    teams = LocalTeams(
        directory=directory(),
        app_id=APP_ID,
        tenant_id=TENANT,
        secret=PASSWORD,
        key=KEY,
        bot_url=f"http://127.0.0.1:{bot_port}/api/messages",
        limits=Limits.none(),
    )
    settings = settings_for(database_url, teams_port=teams_port, bot_port=bot_port)
    async with running(teams, port=teams_port):
        town = Town(teams=teams, settings=settings)
        await town.starts()
        try:
            yield town
        finally:
            await town.stops()


def uncovered(person: Person) -> Person:
    """The same person, no longer covered by §115."""
    return replace(person, s115_covered=False)


def inactive(person: Person) -> Person:
    """The same person, after they left."""
    return replace(person, active=False)
