"""How fast letters go out when nothing paces them: our engine, beside the SDK and a plain client.

Ours keeps all its books meanwhile; the stock SDK and a plain aiohttp client post the same letter.

Every sender is a process of its own on one core; Teams and PostgreSQL have the other. Rounds are
interleaved, and what is compared was measured in the same round. Before each series a sender
opens its connections with a few letters that do not count. After each send the database must say
that everybody has the letter, and Teams that everybody got it once.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import aiohttp

from bench.support.audience import Books, books
from bench.support.figures import end, note, tell
from bench.support.load import NotAnswered
from bench.support.programs import postgresql
from bench.support.sending import Env, Sender, Starting, Took
from bench.support.standin import StandIn, apart
from bot.connector import write
from bot.courier import write_message
from bot.settings import Settings
from cards import trials
from cards.words import speak
from domain.people import PersonId
from domain.trials import Audience, Trial

OURS = ("sqlite", "postgresql")
STOCK = ("loop", "gather")
SHARED = 4_000  # letters for replicas together
WARM = 200  # letters before a series, which open the connections

PER_PLAIN = 0.5
DREAM = 0.7
PER_STOCK = 20
FLAT = 0.15  # of the cost per message, more or less
GROWTH_MB = 20  # a few batches of 200 and their answers; 40,000 rows at once would be far more


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is measured; `times` says how often in a round, by number of recipients."""

    rounds: int
    times: Mapping[int, int]
    stock: int  # recipients
    replicas: int  # that send together at the end

    @property
    def fewest(self) -> int:
        return min(self.times)

    @property
    def most(self) -> int:
        return max(self.times)


QUICK = Plan(rounds=3, times={400: 3, 4_000: 1}, stock=20, replicas=0)
WHOLE = Plan(rounds=5, times={400: 5, 4_000: 2, 40_000: 1}, stock=80, replicas=3)


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one sender's sends to so many took, a median of those in one round."""

    per_second: float
    cpu_ms: float  # for each message
    memory: float  # MB, at most so far

    @classmethod
    def of(cls, sends: Sequence[Took], count: int) -> "Round":
        return cls(
            per_second=count / median(each.seconds for each in sends),
            cpu_ms=median(each.cpu for each in sends) / count * 1000,
            memory=max(each.memory for each in sends),
        )


Rounds = dict[tuple[str, int], list[Round]]


class Measuring:
    """Lets senders send, and makes sure that they did."""

    def __init__(self, *, teams: StandIn, books: Mapping[str, Books]) -> None:
        self._teams = teams
        self._books = books
        self.rounds: Rounds = defaultdict(list)
        self.promised: dict[str, list[float]] = defaultdict(list)  # ms for each notice

    async def round(self, sender: Sender, plan: Plan) -> None:
        """Let it send to each number of recipients, so many times each.

        The SDK sends little, and keeps no connections that could be opened beforehand.
        """
        stock = sender.name in STOCK
        if not stock:
            await self.send([sender], WARM)
        for count, often in ({plan.stock: 1} if stock else plan.times).items():
            took = [await self.send([sender], count) for _ in range(often)]
            self.rounds[sender.name, count].append(Round.of(took, count))
            note(f"{sender.name} to {count}: {self.rounds[sender.name, count][-1]}")

    async def send(self, senders: Sequence[Sender], count: int) -> Took:
        """Send one letter to so many; senders on one database share them.

        :raises NotAnswered: unless everybody got it once, and the books say so.
        """
        name = senders[0].name
        trial = None
        if (kept := self._books.get(name)) is not None:
            trial, seconds = await kept.promise(count)
            self.promised[name].append(seconds / count * 1000)
        await self._teams.forget()
        took = await asyncio.gather(*(sender.send(count) for sender in senders))
        answers = (await self._teams.letters())["answers"]
        if len(answers) != count or set(answers.values()) != {1}:
            raise NotAnswered(f"{name}: {len(answers)} of {count} were sent to, or some twice")
        if kept is not None and trial is not None:
            await kept.check(trial, count)
        return Took(
            seconds=max(each.seconds for each in took),
            cpu=sum(each.cpu for each in took),
            memory=max(each.memory for each in took),
        )


async def main(plan: Plan) -> int:
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[:-1] or cores)  # and so what we start, but for the senders
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        teams = await stack.enter_async_context(apart(app_id=str(uuid.uuid4()), session=session))
        urls = {
            "sqlite": f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}",
            "postgresql": stack.enter_context(postgresql()),
        }
        letter = folder / "letter.json"
        letter.write_bytes(_letter())
        tell("delivery.letter", letter.stat().st_size, "bytes")
        log = stack.enter_context((folder / "senders.log").open("ab"))
        starting = Starting(teams=teams, letter=letter, most=plan.most, core=cores[-1], log=log)
        try:
            _tell(plan, await _measured(plan, starting, teams, urls))
        except Exception:
            note((folder / "senders.log").read_text(errors="replace")[-4000:])
            raise
    return end()


async def _measured(
    plan: Plan, starting: Starting, teams: StandIn, urls: Mapping[str, str]
) -> Measuring:
    async with AsyncExitStack() as stack:
        envs = {name: starting.settings(url) for name, url in urls.items()}
        kept = {
            name: await stack.enter_async_context(
                books(Settings.from_environment(env), teams=teams, count=plan.most)
            )
            for name, env in envs.items()
        }
        senders = [
            await stack.enter_async_context(starting.sender(name, kind, env))
            for name, kind, env in (
                *((name, name, teams.trusted) for name in ("plain", *STOCK)),
                *((name, "ours", env) for name, env in envs.items()),
            )
        ]
        measuring = Measuring(teams=teams, books=kept)
        for _ in range(plan.rounds):
            for sender in senders:
                await measuring.round(sender, plan)
        await _together(plan, starting, measuring, envs["postgresql"])
    return measuring


async def _together(plan: Plan, starting: Starting, measuring: Measuring, env: Env) -> None:
    """Let replicas share a send, all on the one core; told for what it is worth."""
    if not plan.replicas:
        return
    async with AsyncExitStack() as stack:
        replicas = [
            await stack.enter_async_context(starting.sender("postgresql", "ours", env))
            for _ in range(plan.replicas)
        ]
        await measuring.send(replicas, WARM)
        took = Round.of([await measuring.send(replicas, SHARED)], SHARED)
    tell(
        "delivery.replicas.rate", took.per_second, "messages/s", beside={"replicas": plan.replicas}
    )


def _letter() -> bytes:
    """Write what the house writes to those who get a trial."""
    trial = Trial(
        id=uuid.uuid4(),
        begun_by=PersonId("person-00000"),
        begun_at=datetime.now(UTC),
        audience=Audience.EVERYBODY,
    )
    return write(write_message(trials.letter(trial, say=speak(None))))


def _tell(plan: Plan, measured: Measuring) -> None:
    rounds = measured.rounds
    for count in plan.times:
        _tell_rate("plain", rounds["plain", count], count)
    for name in STOCK:
        _tell_rate(name, rounds[name, plan.stock], plan.stock)
    for name in OURS:
        for count in plan.times:
            ours, plain = rounds[name, count], rounds["plain", count]
            _tell_rate(name, ours, count)
            ratio = _times(ours, plain)
            tell(
                f"delivery.{name}.{count}.per_plain",
                ratio,
                "times",
                at_least=PER_PLAIN,
                beside={"missing to the dream": max(0.0, DREAM - ratio)},
            )
        _tell_flat(name, plan, rounds)
        for stock in STOCK:
            tell(
                f"delivery.{name}.per_{stock}",
                _times(rounds[name, plan.fewest], rounds[stock, plan.stock]),
                "times",
                at_least=PER_STOCK,
            )
        tell(f"delivery.{name}.promise", median(measured.promised[name]), "ms/notice")


def _tell_rate(name: str, rounds: Sequence[Round], count: int) -> None:
    rates = [each.per_second for each in rounds]
    spread = {"slowest": min(rates), "fastest": max(rates)}
    tell(f"delivery.{name}.{count}.rate", median(rates), "messages/s", beside=spread)
    tell(
        f"delivery.{name}.{count}.cpu_per_message",
        median(each.cpu_ms for each in rounds),
        "ms",
    )


def _tell_flat(name: str, plan: Plan, rounds: Rounds) -> None:
    """Tell what a message costs among most, in terms of what it costs among fewest."""
    few, many = rounds[name, plan.fewest], rounds[name, plan.most]
    pairs = list(zip(few, many, strict=True))
    costs = {
        "cpu": median(most.cpu_ms / least.cpu_ms for least, most in pairs),
        "wall": median(least.per_second / most.per_second for least, most in pairs),
    }
    for what, ratio in costs.items():
        tell(f"delivery.{name}.flat.{what}", ratio, "times", at_least=1 - FLAT, at_most=1 + FLAT)
    tell(
        f"delivery.{name}.growth",
        many[-1].memory - few[0].memory,
        "MB",
        at_most=GROWTH_MB,
        beside={"memory": many[-1].memory},
    )


def _times(ours: Sequence[Round], theirs: Sequence[Round]) -> float:
    """Say how many times as fast we were, at the median of the rounds."""
    both = zip(ours, theirs, strict=True)
    return median(one.per_second / other.per_second for one, other in both)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="400 and 4,000 only, fewer rounds")
    sys.exit(asyncio.run(main(QUICK if parser.parse_args().quick else WHOLE)))
