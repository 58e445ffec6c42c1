"""From nothing to ready: how long the bot takes to start on a database it knows."""

import argparse
import asyncio
import statistics
import sys
import tempfile
import uuid
from contextlib import ExitStack
from pathlib import Path

from bench.support.figures import end, note, tell
from bench.support.programs import OurBot, demo, postgresql
from bench.support.teams import BenchTeams

STARTED_IN = 2.0  # seconds


async def main(*, quick: bool) -> int:
    rounds = 3 if quick else 7
    teams = BenchTeams(app_id=str(uuid.uuid4()))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        register = folder / "register.yaml"
        register.write_bytes(demo("organisation"))
        log = stack.enter_context((folder / "bot.log").open("ab"))
        urls = {
            "sqlite": f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}",
            "postgresql": stack.enter_context(postgresql()),
        }
        async with teams.listening():
            for name, url in urls.items():
                bot = OurBot(name, database_url=url, teams=teams, log=log, register=register)
                await bot.prepare()
                took = []
                for _ in range(rounds):
                    async with bot.running() as program:
                        took.append(program.started_in)
                note(f"{name}: {took}")
                tell(f"startup.{name}", statistics.median(took), "s", at_most=STARTED_IN)
    return end()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer starts")
    sys.exit(asyncio.run(main(quick=parser.parse_args().quick)))
