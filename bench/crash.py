"""Killed in a send to 400, again and again: nothing lost, nothing sent in silence (BER-74).

Sends take nine seconds at Teams' pace and a lease ten, so several households run side by side,
each with a database and a bot of its own: only so many that the machine is not what is measured.
A bot that gets no processor for as long as a lease is taken for dead, and repeated, by design.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.support.crashing import LASTS, Crash, Household, Kill, crash, household
from bench.support.figures import end, note, tell
from bench.support.servers import MANY, Server, postgresql_server
from bench.support.teams import BenchTeams
from localteams.latency import Latency, Span

LATENCY = Span(least=0.15, most=0.25)
LEASE, TICK = 10.0, 1.5  # seconds; the tick of these households, with its jitter
SEED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One kind of crash, so many times in so many households at once."""

    name: str
    sqlite: bool
    replicas: int
    households: int
    times: int
    restarts_postgresql: bool = False


STORIES = (
    Story(name="sqlite.one", sqlite=True, replicas=1, households=5, times=50),
    Story(name="postgresql.one", sqlite=False, replicas=1, households=6, times=100),
    Story(name="postgresql.three", sqlite=False, replicas=3, households=3, times=100),
    Story(
        name="postgresql.restarted",
        sqlite=False,
        replicas=1,
        households=4,
        times=20,
        restarts_postgresql=True,
    ),
)
QUICK = (
    Story(name="sqlite.one", sqlite=True, replicas=1, households=2, times=2),
    Story(name="postgresql.three", sqlite=False, replicas=3, households=2, times=2),
    Story(
        name="postgresql.restarted",
        sqlite=False,
        replicas=1,
        households=1,
        times=1,
        restarts_postgresql=True,
    ),
)


async def main(*, quick: bool) -> int:
    teams = BenchTeams(
        app_id=str(uuid.uuid4()), latency=Latency(LATENCY, seed=SEED), keep=False, marks=True
    )
    chance = random.Random(SEED)  # noqa: S311
    async with teams.listening():
        if quick:
            await asyncio.gather(*(_told(each, teams=teams, chance=chance) for each in QUICK))
        else:
            for story in STORIES:
                await _told(story, teams=teams, chance=chance)
    return end()


async def _told(story: Story, *, teams: BenchTeams, chance: random.Random) -> None:
    """Crash every household of a story, round after round, until it has been often enough."""
    crashes: list[Crash] = []
    async with _households(story, teams=teams) as (homes, kill, again):
        while len(crashes) < story.times:
            chosen = homes[: story.times - len(crashes)]
            together = chance.uniform(0, LASTS)
            afters = [
                together if story.restarts_postgresql else chance.uniform(0, LASTS) for _ in chosen
            ]
            crashes += await asyncio.gather(
                *(
                    crash(home, after=after, kill=kill, again=again)
                    for home, after in zip(chosen, afters, strict=True)
                )
            )
            note(f"{story.name}: {len(crashes)} of {story.times}: {crashes[-1]}")
    _tell(story, crashes)


@asynccontextmanager
async def _households(
    story: Story, *, teams: BenchTeams
) -> AsyncIterator[tuple[Sequence[Household], Kill, Kill]]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        log = stack.enter_context((folder / "bots.log").open("ab"))
        server = None if story.sqlite else stack.enter_context(postgresql_server())
        if server is not None:
            await server.execute(f"ALTER SYSTEM SET max_connections = {MANY}")
            await asyncio.to_thread(server.restart_at_once)
        homes = []
        for number in range(1, story.households + 1):
            name = f"{story.name}-{number}".replace(".", "-")
            url = (
                f"sqlite+aiosqlite:///{folder / name}.sqlite3"
                if server is None
                else await server.create(f"home_{number}")
            )
            homes.append(
                await stack.enter_async_context(
                    household(
                        name, database_url=url, teams=teams, log=log, replicas=story.replicas
                    )
                )
            )
        if story.restarts_postgresql and server is not None:
            yield homes, _Once(server, among=len(homes)), _nothing
        else:
            yield homes, Household.is_killed, Household.lives_again


class _Once:
    """Restarts PostgreSQL when all households of a round have come to their crash."""

    def __init__(self, server: Server, *, among: int) -> None:
        self._server = server
        self._together = asyncio.Barrier(among)

    async def __call__(self, _: Household) -> None:
        if await self._together.wait() == 0:
            await asyncio.to_thread(self._server.restart_at_once)
        await self._together.wait()


async def _nothing(_: Household) -> None:
    """Leave the bots as they are: they find their database again by themselves."""


def _tell(story: Story, crashes: Sequence[Crash]) -> None:
    flights = [each.in_flight for each in crashes]
    name = f"crash.{story.name}"
    beside = {"crashes": len(crashes), "rows in flight": sum(flights), "most": max(flights)}
    tell(f"{name}.lost", sum(each.lost for each in crashes), "people", at_most=0, beside=beside)
    for what, counted in {
        "twice, not in flight": [each.beyond for each in crashes],
        "twice, not marked": [each.unmarked for each in crashes],
        "not ended": [each.unended for each in crashes],
        "reopened": [each.reopened for each in crashes],
    }.items():
        tell(f"{name}.{what}", sum(counted), "rows", at_most=0)
    tell(f"{name}.wrong sums", sum(each.wrong for each in crashes), "looks", at_most=0)
    takeover = max(each.takeover for each in crashes)
    tell(f"{name}.takeover", takeover, "s", at_most=LEASE + TICK)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few crashes only")
    asked = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.exit(runner.run(main(quick=asked.quick)))
