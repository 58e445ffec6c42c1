"""How fast a running bot answers while something else is done on the same machine."""

import asyncio
import json
import tempfile
import uuid
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp

from bench.support.figures import note
from bench.support.load import Person, Round, Typists
from bench.support.programs import OurBot, demo
from bench.support.teams import BenchTeams

AT_ONCE = 8
STEADY = 10.0  # turns a second
ALONE = 50  # turns
LINES = ("bekymring", "nej", "tilbage", "annuller")


async def latency_while(work: Coroutine[object, object, object]) -> tuple[Round, Round]:
    """Give the turns of people who type steadily: before the work, and while it is done."""
    teams = BenchTeams(app_id=str(uuid.uuid4()))
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        await stack.enter_async_context(teams.listening())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        log = stack.enter_context((folder / "bot.log").open("ab"))
        register = folder / "register.yaml"
        register.write_bytes(demo("organisation"))
        bot = OurBot(
            "sqlite",
            database_url=f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}",
            teams=teams,
            log=log,
            register=register,
        )
        await bot.prepare()
        program = await stack.enter_async_context(bot.running())
        people = [
            Person.saying(each["aad_id"], to="sqlite", lines=LINES)
            for each in json.loads(demo("people"))["people"]
            if "Skole" in each["function"]
        ][:AT_ONCE]
        typists = Typists(program, people, teams=teams, session=session)
        await typists.fast(2 * AT_ONCE)  # warm
        alone = await typists.steady(ALONE, per_second=STEADY)
        working = asyncio.create_task(work)
        rounds = []
        while not working.done():
            rounds.append(await typists.steady(int(STEADY), per_second=STEADY))
        await working
        note(f"the bot answered {sum(each.turns for each in rounds)} turns meanwhile")
        return alone, Round(
            turns=sum(each.turns for each in rounds),
            seconds=sum(each.seconds for each in rounds),
            cpu_seconds=sum(each.cpu_seconds for each in rounds),
            latencies=[latency for each in rounds for latency in each.latencies],
        )
