"""Everybody in the demo, who are sent to, who write meanwhile, and who press what they got."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count, cycle
from typing import Any

import aiohttp
import yaml

from bench.support.doors import message, press
from bench.support.load import NotAnswered
from bench.support.programs import TENANT, OurBot, Program, demo
from bench.support.standin import StandIn
from bot.settings import Settings
from bot.wiring import open_database
from domain.delivery import Address, Tally, is_sent
from domain.notices import NoticeKind, Tier
from domain.people import Office, Person
from domain.trials import Audience, recipients
from storage.database import Database, Transaction
from usecases.read_roster import read_roster

CONNECTIONS = 100  # over which Teams' presses come
TURNS_PER_SECOND = 1.25  # of five people each writes every fourth second
PREVIEW = "prøveudsendelse alle"
LINES = ("bekymring", "nej", "tilbage")
LOOK_EVERY = 0.1  # seconds

_NUMBERS = count(1)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What became of a send to everybody; all times are seconds since it was asked for."""

    trial: uuid.UUID
    arrived: Mapping[str, float] = field(repr=False)  # each chat's first letter, with Teams
    confirmed: Mapping[str, float] = field(repr=False)  # when Teams said that it has it
    promised: float  # when whoever asked for it was answered, which is after the commit
    booked: float  # when the books said that nobody waits any more
    tally: Tally
    figures: Mapping[str, Any] = field(repr=False)  # `localteams.tally.Tally.figures`


class Crowd:
    """Acts on a running bot, and reads in its books what came of it."""

    def __init__(
        self,
        *,
        database: Database,
        program: Program,
        teams: StandIn,
        session: aiohttp.ClientSession,
        tiers: Mapping[str, Tier],
        secretariat: str,
    ) -> None:
        self.program = program
        self.tiers = tiers  # how early each hears of it, by directory id
        self.secretariat = secretariat
        self.database = database
        self._teams = teams
        self._session = session
        self._headers = {
            "Authorization": f"Bearer {teams.bearer()}",
            "Content-Type": "application/json",
        }

    async def is_sent_to(self, button: Mapping[str, Any], *, within: float) -> Sent:
        """Press the button that sends, and wait until nobody waits, at most so many seconds."""
        trial = uuid.UUID(button["data"]["trial"])
        began = time.monotonic()
        await self._post("/api/messages", self._pressed(button, by=self.secretariat))
        promised = time.monotonic()
        tally: Tally = {}
        while not tally or (not is_sent(tally) and time.monotonic() - began < within):
            await asyncio.sleep(LOOK_EVERY)
            tally = await self.tally(trial)
        booked = time.monotonic() - began
        came = await self._teams.conversations()
        letters = await self._teams.letters()
        return Sent(
            trial=trial,
            arrived={chat: seen["at"][0] - began for chat, seen in came.items()},
            confirmed={chat: at - began for chat, at in letters["first"].items()},
            booked=booked,
            tally=tally,
            figures=await self._teams.figures(),
            promised=promised - began,
        )

    async def tally(self, trial: uuid.UUID) -> Tally:
        """Read in the books how it stands with a send."""
        async with self.database.transaction() as tx:
            return await tx.standings.tally(trial, kind=NoticeKind.TRIAL, now=datetime.now(UTC))

    async def previews(self) -> Mapping[str, Any]:
        """Ask for a trial as the Secretariat does; give the button that sends it.

        Teams then begins to count anew.
        """
        await self._write(self.secretariat, PREVIEW, {})
        letter = await self._teams.letter(chat(self.secretariat))
        await self._teams.forget()
        return find_button([letter], "trial.begin")

    @asynccontextmanager
    async def talking(self, people: Sequence[str]) -> AsyncIterator[list[float]]:
        """Let people write at a calm rate; when the block has ended, the list says how long
        each waited for an answer to be with Teams, in seconds.
        """
        waited: list[float] = []
        written: dict[str, float] = {}
        writing = asyncio.create_task(self._write_on(people, written))
        try:
            yield waited
        finally:
            writing.cancel()
            await asyncio.wait([writing])
        answered: Mapping[str, float] = {}
        async with asyncio.timeout(10):
            while not written.keys() <= answered.keys():
                await asyncio.sleep(LOOK_EVERY)
                answered = (await self._teams.letters())["replied"]
        waited.extend(answered[each] - at for each, at in written.items())

    async def _write_on(self, people: Sequence[str], written: dict[str, float]) -> None:
        began = time.monotonic()
        lines = cycle((person, line) for line in LINES for person in people)
        async with asyncio.TaskGroup() as group:
            for number, (person, line) in enumerate(lines):
                await asyncio.sleep(began + number / TURNS_PER_SECOND - time.monotonic())
                group.create_task(self._write(person, line, written))

    async def _write(self, person: str, line: str, written: dict[str, float]) -> None:
        activity = message(
            number=next(_NUMBERS),
            person=person,
            conversation=chat(person),
            text=line,
            tenant=TENANT,
            to=self._teams,
        )
        began = time.monotonic()
        await self._post("/api/messages", activity)
        written[activity["id"]] = began

    async def says(self, person: str, line: str) -> Mapping[str, Any]:
        """Let somebody write, and give what they are answered."""
        await self._write(person, line, {})
        return await self._teams.letter(chat(person))

    async def presses_one(
        self, button: Mapping[str, Any], *, by: str, **inputs: str
    ) -> Mapping[str, Any]:
        """Let somebody press, and give the card that the press is answered with."""
        filled = {**button, "data": {**button["data"], **inputs}}
        return dict(json.loads(await self._post("/api/messages", self._pressed(filled, by=by))))

    async def presses(self, button: Mapping[str, Any], *, times: int = 1) -> float:
        """Let everybody press this at once, so many times each; give the seconds it took."""
        written = [
            json.dumps(self._pressed(button, by=person)).encode()
            for person in self.tiers
            for _ in range(times)
        ]
        began = time.monotonic()
        await asyncio.gather(*(self._post("/api/messages", each) for each in written))
        return time.monotonic() - began

    async def button(self, verb: str) -> Mapping[str, Any]:
        """Find the button in a letter that was delivered, as its reader's client does."""
        letters = (await self._teams.letter(chat(person)) for person in self.tiers)
        return find_button([letter async for letter in letters], verb)

    def _pressed(self, button: Mapping[str, Any], *, by: str) -> dict[str, Any]:
        return press(
            number=next(_NUMBERS),
            person=by,
            conversation=chat(by),
            button=button,
            on="1",
            tenant=TENANT,
            to=self._teams,
        )

    async def _post(self, path: str, body: Mapping[str, Any] | bytes) -> bytes:
        """Bring something from Teams; give what it is answered at once.

        :raises NotAnswered: when the bot refuses it.
        """
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        url = f"http://127.0.0.1:{self.program.port}{path}"
        async with self._session.post(url, data=data, headers=self._headers) as answer:
            said = await answer.read()
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise NotAnswered(f"{path} was answered {answer.status}: {said[:200]!r}")
        return said


def register(people: int) -> bytes:
    """Write the demo as a register of so many people; who is added sits in no committee."""
    written = yaml.safe_load(demo("organisation"))
    written["people"] += [
        {
            "id": f"newcomer-{number}",
            "aad_id": str(uuid.uuid4()),
            "name": f"Nina Ny {number}",
            "authority": "BUF",
            "function": "Lærer",
            "email": f"newcomer-{number}@ssp-demo.example",
            "phone": "+45 00 00 09 99",
        }
        for number in range(people - len(written["people"]))
    ]
    return yaml.safe_dump(written, allow_unicode=True, sort_keys=False).encode()


@asynccontextmanager
async def a_crowd(bot: OurBot, *, replicas: int, teams: StandIn) -> AsyncIterator[Crowd]:
    """Run the bot on a new database in which everybody has a chat with it already."""
    await bot.prepare()
    database = open_database(Settings.from_environment(bot.env))
    await database.open()
    try:
        async with database.transaction() as tx:
            tiers = await _introduced(tx, teams=teams)
            [secretary, *_] = await tx.people.of_office(Office.SEK)
        async with (
            bot.running(replicas=replicas) as program,
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as session,
        ):
            yield Crowd(
                database=database,
                program=program,
                teams=teams,
                session=session,
                tiers=tiers,
                secretariat=secretary.aad_id,
            )
    finally:
        await database.dispose()


def chat(person: str) -> str:
    """Name the chat of somebody with this directory id."""
    return f"a:{person}"


async def _introduced(tx: Transaction, *, teams: StandIn) -> dict[str, Tier]:
    """Store everybody's address, as installation does; say how early each is to be told."""
    roster = await read_roster(tx)
    told: list[tuple[Person, Tier]] = [
        (roster.people[each], tier) for each, tier in recipients(Audience.EVERYBODY, roster)
    ]
    for person, _ in told:
        address = Address(
            conversation_id=chat(person.aad_id), service_url=teams.service_url, tenant_id=TENANT
        )
        await tx.addresses.learn(person.id, address, now=datetime.now(UTC))
    return {person.aad_id: tier for person, tier in told}


def find_button(letters: Sequence[Mapping[str, Any]], verb: str) -> Mapping[str, Any]:
    """Find the button with this verb.

    :raises NotAnswered: when it is in none of the letters.
    """
    for button in _buttons(letters):
        if button["verb"] == verb:
            return button
    raise NotAnswered(f"nobody got a button that says {verb}")


def _buttons(part: object) -> Iterator[Mapping[str, Any]]:
    """Give every Action.Execute in a letter, however deep."""
    if isinstance(part, Mapping):
        if part.get("type") == "Action.Execute":
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _buttons(each)
