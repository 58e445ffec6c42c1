"""A small town for stories: a few people with names, the whole bot, and the stand-in for Teams.

Anna teaches in Valby, Bo facilitates the group that serves it, Carl holds the police's seat
there and Sofie social services'; Eva facilitates the next group; Dorte and Dennis work in the
Secretariat; Helle works for a housing association and is not covered by §115.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.settings import Settings
from bot.web import serve
from bot.wiring import House, open_house
from cards.words import speak
from devtools.house import free_port
from domain.people import (
    AreaCode,
    Authority,
    Committee,
    CommitteeCode,
    CommitteeType,
    Language,
    Membership,
    Office,
    Organisation,
    Person,
    PersonId,
    Seat,
)
from localteams.limits import Limits
from localteams.server import LocalTeams, read_aloud, running
from localteams.state import Conversation, Directory, Message

APP_ID = "11111111-1111-4111-8111-111111111111"
TENANT = "22222222-2222-4222-8222-222222222222"
PASSWORD = "not-a-secret-outside-tests"
MASTER_KEY, INDEX_KEY = bytes(range(32)), bytes(range(1, 33))
MONDAY_NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
TEAM = "19:kg5@thread.tacv2"
DANISH = speak(Language.DA)


def _person(
    id: str,
    name: str,
    authority: Authority,
    function: str,
    *,
    covered: bool = True,
    **more: Office,
) -> Person:
    return Person(
        id=PersonId(id),
        aad_id=f"a0000000-0000-4000-8000-{sum(map(ord, id)):012}",
        name=name,
        authority=authority,
        function=function,
        email=f"{id}@ssp-demo.example",
        s115_covered=covered,
        offices=frozenset(more.values()),
    )


ANNA = _person("anna", "Anna Bregnekær", Authority.BUF, "Lærer")
BO = _person("bo", "Bo Havrelygte", Authority.SOF, "Stabsansvarlig")
CARL = _person("carl", "Carl Dybdahl", Authority.KP, "Politifaglig forebygger")
SOFIE = _person("sofie", "Sofie Tangmose", Authority.SOF, "Kriminalitetsmedarbejder")
EVA = _person("eva", "Eva Rimfrost", Authority.SOF, "Stabsansvarlig")
PIA = _person("pia", "Pia Plovmand", Authority.SOF, "Stabsansvarlig, SSP+")
DORTE = _person("dorte", "Dorte Skovfoged", Authority.SOF, "Sekretariatet", office=Office.SEK)
DENNIS = _person("dennis", "Dennis Åkande", Authority.SOF, "Sekretariatet", office=Office.SEK)
HELLE = _person("helle", "Helle Helhed", Authority.SOF, "Boligsocial medarbejder", covered=False)
EVERYBODY = (ANNA, BO, CARL, SOFIE, EVA, PIA, DORTE, DENNIS, HELLE)

VALBY_GROUP = Committee(
    code=CommitteeCode("KG5"),
    type=CommitteeType.COORDINATION,
    name="Koordinationsgruppe Vest",
    areas=(AreaCode("VAL"),),
    team_id=TEAM,
)
VANLOESE_GROUP = Committee(
    code=CommitteeCode("KG6"),
    type=CommitteeType.COORDINATION,
    name="Koordinationsgruppe Nordvest",
    areas=(AreaCode("VAN"),),
)
PLUS_GROUP = Committee(
    code=CommitteeCode("PKG"),
    type=CommitteeType.SSP_PLUS_COORDINATION,
    name="SSP+ koordinationsgruppe",
)


def _seat(group: Committee, person: Person, slot: str, seat: Seat = Seat.MEMBER) -> Membership:
    return Membership(committee=group.code, person=person.id, slot=slot, seat=seat)


ORGANISATION = Organisation(
    people=EVERYBODY,
    committees=(VALBY_GROUP, VANLOESE_GROUP, PLUS_GROUP),
    memberships=(
        _seat(VALBY_GROUP, BO, "facilitator", Seat.FACILITATOR),
        _seat(VALBY_GROUP, CARL, "KG.5"),
        _seat(VALBY_GROUP, SOFIE, "KG.1"),
        _seat(VANLOESE_GROUP, EVA, "facilitator", Seat.FACILITATOR),
        _seat(PLUS_GROUP, PIA, "facilitator", Seat.FACILITATOR),
    ),
)


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
    )


@dataclass(kw_only=True)
class Town:
    """The running whole. `house` is replaced when the bot is restarted."""

    teams: LocalTeams
    house: House
    hour: "Hour"

    def chat(self, person: Person) -> "Chat":
        return Chat(town=self, person=person)

    async def passes(self, time: timedelta) -> None:
        """Let the house's clock run on, and everything that falls due happen."""
        self.hour.now += time
        self.house.timetable.wake_all()
        await self.house.timetable.idle()
        await self.teams.settled()


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


@dataclass(frozen=True, kw_only=True)
class Chat:
    """One person's private chat with the bot: what they do, and what they then read."""

    town: Town
    person: Person

    async def types(self, text: str) -> str:
        """Type something; give what the bot answered, read aloud."""
        answers = await self.town.teams.says(self.person.aad_id, text)
        await self._settle()
        return "\n".join(read_aloud(answer, self.person.aad_id) for answer in answers)

    async def presses(self, verb: str, **inputs: str) -> str:
        """Press the button with this verb on the latest card that has it."""
        message = self.card_with(verb)
        pressed = await self.town.teams.presses(self.person.aad_id, message, verb, dict(inputs))
        assert pressed.ok, pressed.error
        await self._settle()
        return self.reads(message)

    def card_with(self, verb: str) -> Message:
        """Find the latest message whose card has this button."""
        for message in reversed(self.messages()):
            if f'"{verb}"' in str(message.card_for(self.person.aad_id)).replace("'", '"'):
                return message
        raise AssertionError(f"{self.person.name} sees no button for {verb}")

    def messages(self) -> list[Message]:
        return [m for m in self.town.teams.messages(self.personal) if m.sender is None]

    def reads(self, message: Message) -> str:
        return read_aloud(message, self.person.aad_id)

    def last(self) -> str:
        """Read the latest thing the bot said."""
        return self.reads(self.messages()[-1])

    def everything(self) -> str:
        return "\n".join(self.reads(message) for message in self.messages())

    @property
    def personal(self) -> Conversation:
        return self.town.teams.personal(self.person.aad_id)

    async def _settle(self) -> None:
        await self.town.house.timetable.idle()
        await self.town.teams.settled()


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
                for each in EVERYBODY
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
    teams_port, bot_port = free_port(), free_port()
    teams = LocalTeams(
        directory=directory(),
        app_id=APP_ID,
        tenant_id=TENANT,
        secret=PASSWORD,
        bot_url=f"http://127.0.0.1:{bot_port}/api/messages",
        limits=Limits.none(),
    )
    hour = Hour()
    settings = settings_for(database_url, teams_port=teams_port, bot_port=bot_port)
    async with (
        running(teams, port=teams_port),
        open_house(settings, clock=StoryClock(hour)) as house,
        serve(house.app, host="127.0.0.1", port=bot_port),
    ):
        async with house.database.transaction() as tx:
            await tx.organisation.replace(ORGANISATION)
        for person in EVERYBODY:
            await teams.opens(person.aad_id)
        await teams.acts.install_team(teams.world.team(TEAM), by=BO.aad_id)
        await teams.settled()
        yield Town(teams=teams, house=house, hour=hour)
