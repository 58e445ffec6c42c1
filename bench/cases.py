"""How fast a case opens, an agenda is worked out and a person is found, as the city grows.

Each question is a whole turn of a facilitator – understood, permitted, read, unsealed, audited
and drawn – from the words typed to the bytes of the card; only HTTP is left out (`turns` has it).
The same people are asked about at every size. What the database does for a question is counted,
for time alone says little on a machine that others use: rows by EXPLAIN on PostgreSQL, steps of
its virtual machine on SQLite. Beside it stands the same search in plain, unsealed columns.
"""

import argparse
import asyncio
import math
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import text

from bench.support.city import Citizen, Founding, register
from bench.support.figures import end, note, tell
from bench.support.pouring import pour
from bench.support.programs import postgresql
from bench.support.questions import Plain, Question, Work, ask, questions, weigh
from storage.database import Database
from storage.migrate import upgrade
from storage.vault import Vault

P95_MS = 150.0
WEIGHED = 3  # questions of a kind whose work is counted
BOUNDED = frozenset({"search.two_beginnings"})  # grows to a bound, and no further (decision 0030)


@dataclass(frozen=True, kw_only=True)
class Plan:
    sizes: tuple[int, ...]
    asked: int  # times, of each kind at each size


QUICK = Plan(sizes=(1_000, 10_000), asked=16)
WHOLE = Plan(sizes=(1_000, 10_000, 100_000), asked=300)


@dataclass(frozen=True, kw_only=True)
class Took:
    """What one kind of question took at one size."""

    seconds: Sequence[float]
    work: Sequence[Work]

    @property
    def p95_ms(self) -> float:
        return quantiles(self.seconds, n=20)[-1] * 1000

    @property
    def median_ms(self) -> float:
        return median(self.seconds) * 1000

    @property
    def undisturbed_ms(self) -> float:
        """What it took when nothing else was at work: the quickest tenth."""
        return quantiles(self.seconds, n=10)[0] * 1000

    @property
    def touched(self) -> float:
        return median(each.touched for each in self.work)

    @property
    def pages(self) -> float:
        return median(each.pages for each in self.work)

    @property
    def statements(self) -> float:
        return median(each.statements for each in self.work)


Measured = Mapping[str, Took]


async def main(plan: Plan) -> int:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        urls = {
            "sqlite": f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}",
            "postgresql": stack.enter_context(postgresql()),
        }
        databases: dict[str, Database] = {}
        for name, url in urls.items():
            await upgrade(url)
            databases[name] = database = Database(url, _vault())
            await database.open()
            stack.push_async_callback(database.dispose)
            async with database.transaction() as tx:
                await tx.organisation.replace(register())
        measured = await _grown(plan, databases)
    for name, by_size in measured.items():
        _tell(name, plan, by_size)
    return end()


async def _grown(plan: Plan, databases: Mapping[str, Database]) -> dict[str, dict[int, Measured]]:
    """Let the city grow from size to size, and ask at each."""
    measured: dict[str, dict[int, Measured]] = {name: {} for name in databases}
    founding, everybody = Founding(_vault()), list[Citizen]()
    batches = []
    for size in plan.sizes:
        begun = time.perf_counter()
        batches.append(founding.grows_to(size))
        everybody += batches[-1].citizens
        note(f"{size} people made in {time.perf_counter() - begun:.1f} s")
    asked = questions(everybody)
    for size, batch in zip(plan.sizes, batches, strict=True):
        for name, database in databases.items():
            begun = time.perf_counter()
            async with database.transaction() as tx:
                await pour(tx.connection, batch.rows)
                await tx.connection.execute(text("ANALYZE"))
            await Plain(database).knows(batch.citizens)
            note(f"{name}: {size} poured in {time.perf_counter() - begun:.1f} s")
            plain = [await Plain(database).ask(each) for each in everybody[: plan.asked]]
            measured[name][size] = {
                "plain": Took(seconds=plain, work=()),
                **{kind: await _asked(database, each, plan.asked) for kind, each in asked.items()},
            }
    return measured


async def _asked(database: Database, asked: Sequence[Question], times: int) -> Took:
    chosen = [asked[number % len(asked)] for number in range(times)]
    for question in chosen[:WEIGHED]:
        await ask(database, question)
    seconds = [await ask(database, question) for question in chosen]
    work = [await weigh(database, question) for question in chosen[:WEIGHED]]
    return Took(seconds=seconds, work=work)


def _tell(name: str, plan: Plan, by_size: Mapping[int, Measured]) -> None:
    few, many = plan.sizes[0], plan.sizes[-1]
    unit = "rows" if name == "postgresql" else "steps"
    plain = by_size[many]["plain"]
    for kind in by_size[many]:
        if kind == "plain":
            continue
        took = by_size[many][kind]
        beside = {"median": took.median_ms, "statements": took.statements}
        if kind == "search.name":
            beside["plain"] = plain.p95_ms
        tell(f"cases.{name}.{kind}.p95", took.p95_ms, "ms", at_most=P95_MS, beside=beside)
        sizes = {str(size): by_size[size][kind] for size in plan.sizes}
        if name == "postgresql":
            pages = {size: each.pages for size, each in sizes.items()}
            tell(f"cases.{name}.{kind}.pages", took.pages, "pages", beside=pages)
        grown = took.touched / max(1.0, by_size[few][kind].touched)
        tell(
            f"cases.{name}.{kind}.growth.{unit}",
            grown,
            "times",
            at_most=None if kind in BOUNDED else _logarithmic(few, many),
            beside={size: each.touched for size, each in sizes.items()},
        )
        tell(
            f"cases.{name}.{kind}.growth.time",
            took.undisturbed_ms / by_size[few][kind].undisturbed_ms,
            "times",
            at_most=None if kind in BOUNDED else _logarithmic(few, many),
            beside={size: each.undisturbed_ms for size, each in sizes.items()},
        )


def _logarithmic(few: int, many: int) -> float:
    """Say how much dearer it may be among many than among few."""
    return math.log(many) / math.log(few)


def _vault() -> Vault:
    return Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 people, fewer questions")
    sys.exit(asyncio.run(main(QUICK if parser.parse_args().quick else WHOLE)))
