"""People who type: as fast as they are answered, or at a steady pace."""

import asyncio
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count, cycle

import aiohttp

from bench.support.doors import message
from bench.support.programs import TENANT, Program
from bench.support.teams import BenchTeams

_NUMBERS = count(1)


class NotAnswered(Exception):
    """A turn was refused, or its answer never came: then its speed says nothing."""


@dataclass(kw_only=True)
class Person:
    """Somebody with a chat of their own, and what they type, line by line."""

    aad_id: str
    conversation: str
    lines: Iterator[str]

    @classmethod
    def saying(cls, aad_id: str, *, to: str, lines: Sequence[str]) -> "Person":
        return cls(aad_id=aad_id, conversation=f"a:{to}:{aad_id}", lines=cycle(lines))


@dataclass(kw_only=True)
class Round:
    """What a number of turns took."""

    turns: int
    seconds: float
    cpu_seconds: float
    latencies: list[float] = field(repr=False)

    @property
    def per_second(self) -> float:
        return self.turns / self.seconds

    @property
    def cpu_ms(self) -> float:
        return self.cpu_seconds / self.turns * 1000

    def percentile_ms(self, percent: int) -> float:
        return statistics.quantiles(self.latencies, n=100, method="inclusive")[percent - 1] * 1000


class Typists:
    """Everybody who types to one program."""

    def __init__(
        self,
        program: Program,
        people: Sequence[Person],
        *,
        teams: BenchTeams,
        session: aiohttp.ClientSession,
    ) -> None:
        self._program = program
        self._people = people
        self._teams = teams
        self._session = session
        self._url = f"http://127.0.0.1:{program.port}/api/messages"
        self._headers = {
            "Authorization": f"Bearer {teams.bearer()}",
            "Content-Type": "application/json",
        }

    async def fast(self, turns: int) -> Round:
        """Take so many turns, everybody typing on as soon as they are answered."""
        left = iter(range(turns))

        async def types_on(person: Person) -> list[float]:
            return [await self._types(person) for _ in left]

        return await self._measured(asyncio.gather(*map(types_on, self._people)))

    async def steady(self, turns: int, *, per_second: float) -> Round:
        """Take so many turns at a pace that does not wait for answers."""
        began = time.perf_counter()

        async def types_at(number: int, person: Person) -> list[float]:
            await asyncio.sleep(began + number / per_second - time.perf_counter())
            return [await self._types(person)]

        people = cycle(self._people)
        return await self._measured(
            asyncio.gather(*(types_at(number, next(people)) for number in range(turns)))
        )

    async def _measured(self, work: "asyncio.Future[list[list[float]]]") -> Round:
        answers = self._answers
        cpu, began = self._program.cpu, time.perf_counter()
        latencies = [each for person in await work for each in person]
        seconds = time.perf_counter() - began
        if self._answers - answers != len(latencies):
            raise NotAnswered(f"{self._program.name}: {self._answers - answers} answers")
        return Round(
            turns=len(latencies),
            seconds=seconds,
            cpu_seconds=self._program.cpu - cpu,
            latencies=latencies,
        )

    @property
    def _answers(self) -> int:
        return sum(self._teams.answers[person.conversation] for person in self._people)

    async def _types(self, person: Person) -> float:
        activity = message(
            number=next(_NUMBERS),
            person=person.aad_id,
            conversation=person.conversation,
            text=next(person.lines),
            tenant=TENANT,
            to=self._teams,
        )
        body = json.dumps(activity).encode()
        began = time.perf_counter()
        async with self._session.post(self._url, data=body, headers=self._headers) as answer:
            await answer.read()
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise NotAnswered(f"{self._program.name} answered {answer.status}")
        return time.perf_counter() - began
