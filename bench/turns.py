"""One whole step of the concern form beside two bots that only echo, in the same run.

A step is: token verified, activity read, answer stored sealed, next question drawn and sent.
Every program has one core to itself; the load, the stand-in and PostgreSQL share the others.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp

from bench.support.figures import end, note, tell
from bench.support.load import NotAnswered, Person, Round, Typists
from bench.support.programs import OurBot, Program, demo, peer, postgresql
from bench.support.teams import BenchTeams

PEERS = ("plain", "stock")
OURS = ("sqlite", "postgresql")

AT_ONCE = 16
STEADY = 20.0  # turns a second
HEARD_OUT = 1_000  # turns, before memory is weighed

# Every line is a turn that stores the draft anew and asks the next question, or the one before.
OPENING = ("bekymring",)
STEPS = ("nej", "tilbage")

SHARE = {"plain": 3, "stock": 0.1}  # of the turns: what costs less needs more to be weighed

STEP_PER_PLAIN = 4.5
STEPS_PER_SECOND = 300
STEP_P99_MS = 100
MEMORY_MB = 150


async def main(*, quick: bool) -> int:
    rounds, turns, steady = (3, 300, 60) if quick else (5, 2_000, 600)
    people = _teachers()[:AT_ONCE]
    teams = BenchTeams(app_id=str(uuid.uuid4()))
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        await stack.enter_async_context(teams.listening())
        programs = await stack.enter_async_context(_programs(teams))
        typists = {
            name: await _opened(program, people, teams=teams, session=session)
            for name, program in programs.items()
        }
        fast: dict[str, list[Round]] = {name: [] for name in programs}
        for number in range(rounds):
            for name, people_typing in typists.items():
                some = int(turns * SHARE.get(name, 1))
                fast[name].append(await people_typing.fast(some))
                note(f"round {number + 1}, {name}: {fast[name][-1]}")
        calm = {
            name: await people_typing.steady(steady, per_second=STEADY)
            for name, people_typing in typists.items()
            if name != "stock"
        }
        for name in OURS:
            heard = sum(each.turns for each in fast[name])
            await typists[name].fast(max(HEARD_OUT - heard, AT_ONCE))
        _tell(fast, calm, {name: programs[name].memory for name in OURS})
    return end()


@asynccontextmanager
async def _programs(teams: BenchTeams) -> AsyncIterator[dict[str, Program]]:
    """Start the two echoes and the bot on both databases."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        log = stack.enter_context((folder / "programs.log").open("ab"))
        urls = {
            "sqlite": f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}",
            "postgresql": stack.enter_context(postgresql()),
        }
        register = folder / "register.yaml"
        register.write_bytes(demo("organisation"))
        programs = {}
        try:
            bots = {
                name: OurBot(
                    name, database_url=urls[name], teams=teams, log=log, register=register
                )
                for name in OURS
            }
            await asyncio.gather(*(bot.prepare() for bot in bots.values()))
            starting = {name: peer(name, teams=teams, log=log) for name in PEERS} | {
                name: bot.running() for name, bot in bots.items()
            }
            for name, program in starting.items():
                programs[name] = await stack.enter_async_context(program)
            yield programs
        except Exception:
            note((folder / "programs.log").read_text(errors="replace")[-4000:])
            raise


async def _opened(
    program: Program,
    people: Sequence[str],
    *,
    teams: BenchTeams,
    session: aiohttp.ClientSession,
) -> Typists:
    """Let everybody open the form, so that what follows are steps in it; warm up too."""
    opening = [Person.saying(aad_id, to=program.name, lines=OPENING) for aad_id in people]
    await Typists(program, opening, teams=teams, session=session).fast(len(people))
    typing = [Person.saying(aad_id, to=program.name, lines=STEPS) for aad_id in people]
    typists = Typists(program, typing, teams=teams, session=session)
    await typists.fast(2 * len(people) + 1)
    if program.name in OURS:
        _check_asked(program, [teams.last[person.conversation] for person in typing])
    return typists


def _check_asked(program: Program, answers: Sequence[bytes]) -> None:
    """Make sure that it is the form we measure: every answer asks a question of a stored draft."""
    strangers = [answer for answer in answers if b'"revision"' not in answer]
    if strangers:
        raise NotAnswered(f"{program.name} asked no question: {strangers[0][:400]!r}")


def _teachers() -> list[str]:
    """Name those who may report a concern, whatever gaps the demo has elsewhere."""
    everybody = json.loads(demo("people"))["people"]
    return [person["aad_id"] for person in everybody if "Skole" in person["function"]]


def _tell(fast: dict[str, list[Round]], calm: dict[str, Round], memory: dict[str, float]) -> None:
    cpu = {name: statistics.median(each.cpu_ms for each in fast[name]) for name in fast}
    rate = {name: statistics.median(each.per_second for each in fast[name]) for name in fast}
    echoes = {name: cpu[name] for name in PEERS}
    rates = {name: rate[name] for name in PEERS}
    tell("turns.plain.cpu", cpu["plain"], "ms/turn")
    tell("turns.stock.cpu", cpu["stock"], "ms/turn")
    for name in OURS:
        tell(
            f"turns.{name}.cpu",
            cpu[name],
            "ms/step",
            at_most=STEP_PER_PLAIN * cpu["plain"],
            beside=echoes,
        )
        tell(
            f"turns.{name}.rate",
            rate[name],
            "steps/s",
            at_least=STEPS_PER_SECOND,
            beside=rates,
        )
        plain = calm["plain"]
        for percent, goal in ((50, None), (99, STEP_P99_MS)):
            tell(
                f"turns.{name}.p{percent}",
                calm[name].percentile_ms(percent),
                "ms",
                at_most=goal,
                beside={"plain": plain.percentile_ms(percent)},
            )
        tell(f"turns.{name}.memory", memory[name], "MB", at_most=MEMORY_MB)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    sys.exit(asyncio.run(main(quick=parser.parse_args().quick)))
