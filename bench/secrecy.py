"""Whether the time of a refusal gives away that there is something (AC-CARD-02, AC-AZ-04).

A case of another group's and a number nobody has are asked for in turn, by the same people, as
whole turns from the words typed to the bytes of the refusal; only HTTP is left out. What counts
is the difference of the medians.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from bench.support.city import NOW, Founding, register
from bench.support.figures import end, note, tell
from bench.support.load import NotAnswered
from bench.support.pouring import pour
from bench.support.programs import postgresql
from bench.support.questions import Question, questions
from bot.connector import write
from bot.courier import write_message
from dialogs.conversation import explain, take_turn
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Database
from storage.migrate import upgrade
from storage.vault import Vault

PEOPLE = 1_000
DIFFERS_MS = 20.0
QUICK, WHOLE = 40, 200  # times that each is asked for
NOBODYS = "2026-999999"


async def main(times: int) -> int:
    vault = Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})
    city = Founding(vault).grows_to(PEOPLE)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        urls = {
            "sqlite": f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}",
            "postgresql": stack.enter_context(postgresql()),
        }
        for name, url in urls.items():
            await upgrade(url)
            database = Database(url, vault)
            await database.open()
            stack.push_async_callback(database.dispose)
            async with database.transaction() as tx:
                await tx.organisation.replace(register())
                await pour(tx.connection, city.rows)
            await _compare(name, database, questions(city.citizens)["open_case"], times)
    return end()


async def _compare(name: str, database: Database, known: list[Question], times: int) -> None:
    """Ask for somebody else's case and for nobody's, turn by turn."""
    foreign, missing = list[float](), list[float]()
    for number in range(times):
        own, other = known[number % len(known)], _elsewhere(known, number)
        foreign.append(await _refused(database, own, other.said))
        missing.append(await _refused(database, own, f"sag {NOBODYS}"))
    apart = abs(median(foreign) - median(missing)) * 1000
    note(f"{name}: {times} of each")
    tell(
        f"secrecy.{name}.foreign_or_missing",
        apart,
        "ms",
        at_most=DIFFERS_MS,
        beside={"foreign": median(foreign) * 1000, "missing": median(missing) * 1000},
    )


def _elsewhere(known: list[Question], number: int) -> Question:
    """Choose a case of a group that this person does not facilitate."""
    asker = known[number % len(known)].asker
    others = [each for each in known if each.asker.id != asker.id]
    return others[number % len(others)]


async def _refused(database: Database, own: Question, said: str) -> float:
    """Take a turn that is refused, as the door takes it.

    :raises NotAnswered: when it is not.
    """
    turn = Turn(person=own.asker, at=NOW, in_private=True, said=said)
    begun = time.perf_counter()
    try:
        async with database.transaction() as tx:
            await take_turn(tx, turn)
    except RuleBroken as problem:
        async with database.transaction() as tx:
            shown = await explain(tx, turn, problem)
        write(write_message(shown))
        return time.perf_counter() - begun
    raise NotAnswered(f"{said} was not refused")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer times")
    sys.exit(asyncio.run(main(QUICK if parser.parse_args().quick else WHOLE)))
