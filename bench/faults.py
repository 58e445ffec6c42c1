"""Sends to 400 while Teams throttles and breaks by chance: who waits how long, and who is lost.

A hundred seeds of each weather are told in simulated time, through the real sender on a real
database; one is run in real time, by a real bot against a Teams that speaks HTTP (BER-73).
"""

import argparse
import asyncio
import logging
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from urllib.parse import unquote

from bench.support.crashing import RECIPIENTS, Household, household
from bench.support.figures import end, note, tell
from bench.support.quick import answered
from bench.support.teams import BEGINS, BenchTeams
from domain.delivery import OPEN, DeliveryState
from localteams.latency import Latency, Span
from localteams.limits import PER_SECOND, Limits
from tests.support.databases import SqliteDatabases
from tests.support.hours import told
from tests.support.storm import LEADERS, Seen, Weather, send

SEEDS, FEW_SEEDS = 100, 10
PATIENCE = timedelta(hours=2)  # simulated
REAL_PATIENCE = 180.0  # seconds
SHARE = 0.02  # of messages that the real run refuses, and as many that it breaks
RETRY_AFTER = 5  # seconds
ARRIVES = 1 / 2  # of what is answered with 502 or 504
LATENCY = Span(least=0.15, most=0.25)

FIRST_WITHIN = 120.0  # seconds until everybody has been written to once
FIRST_WITHIN_IN_A_STORM = 300.0
ALL_WITHIN = {50: 9.5, 30: 16.0, 10: 48.0}
LEADERS_WITHIN = 1.5
HALF_WITHIN = 5.0


@dataclass(frozen=True, kw_only=True)
class Case:
    """A weather, and within how many seconds everybody must have been written to in it."""

    name: str
    weather: Weather
    first_within: float


CASES = (
    Case(
        name="two",
        weather=Weather(throttles=0.02, breaks=0.02),
        first_within=FIRST_WITHIN,
    ),
    Case(
        name="five",
        weather=Weather(throttles=0.05, breaks=0.05),
        first_within=FIRST_WITHIN_IN_A_STORM,
    ),
)


def main(*, quick: bool) -> int:
    seeds = range(FEW_SEEDS if quick else SEEDS)
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=_hush) as pool,
    ):
        for case in CASES:
            tale = partial(_tale, case.weather, folder)
            _tell_storm(case, list(pool.map(tale, seeds)))
        for per_second in ALL_WITHIN:
            tale = partial(_tale, Weather(per_second=per_second), folder)
            _tell_limit(per_second, list(pool.map(tale, range(FEW_SEEDS))))
        if not quick:
            asyncio.run(_really(Path(folder)))
    return end()


def _hush() -> None:
    """Say nothing of each of thousands of refusals."""
    logging.disable(logging.CRITICAL)


def _tale(weather: Weather, folder: str, seed: int) -> Seen:
    """Tell of one send in simulated time."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        url = SqliteDatabases(Path(own)).migrated()
        return told(send(url, weather, people=RECIPIENTS, seed=seed, within=PATIENCE))


def _tell_storm(case: Case, seen: Sequence[Seen]) -> None:
    name = f"faults.{case.name}"
    worst = [max(each.first_tries) for each in seen]
    seeds = {"seeds": len(seen)}
    tell(f"{name}.first", max(worst), "s", at_most=case.first_within, beside=seeds)
    tell(f"{name}.first_median", median(worst), "s")
    lost = sum(
        RECIPIENTS - min(each.reached, each.tally.get(DeliveryState.DELIVERED, 0)) for each in seen
    )
    tell(f"{name}.lost", lost, "messages", at_most=0)
    repeats = {"repeated": sum(each.repeats for each in seen)}
    unmarked = sum(each.unmarked for each in seen)
    tell(f"{name}.unmarked", unmarked, "messages", at_most=0, beside=repeats)
    most = max(each.most_in_a_second for each in seen)
    tell(f"{name}.most_in_a_second", most, "requests", at_most=PER_SECOND)


def _tell_limit(per_second: int, seen: Sequence[Seen]) -> None:
    name = f"faults.limit_{per_second}"
    floor = {"floor": RECIPIENTS / per_second}
    worst = max(max(each.arrived) for each in seen)
    tell(f"{name}.all", worst, "s", at_most=ALL_WITHIN[per_second], beside=floor)
    tell(f"{name}.lost", sum(RECIPIENTS - each.reached for each in seen), "messages", at_most=0)
    if per_second == PER_SECOND:
        tries = [sorted(each.first_tries) for each in seen]
        leaders = max(each[LEADERS - 1] for each in tries)
        half = max(each[RECIPIENTS // 2 - 1] for each in tries)
        tell(f"{name}.leaders", leaders, "s", at_most=LEADERS_WITHIN)
        tell(f"{name}.half", half, "s", at_most=HALF_WITHIN)


class FaultyTeams(BenchTeams):
    """Refuses by chance, or breaks and may have taken the message all the same."""

    def __init__(self, *, app_id: str, seed: int) -> None:
        super().__init__(
            app_id=app_id,
            limits=Limits(per_thread={}, per_second=PER_SECOND),
            latency=Latency(LATENCY, seed=seed),
            keep=False,
            marks=True,
        )
        self._chance = random.Random(seed)  # noqa: S311
        self.faults = 0

    def take(self, method: bytes, path: bytes, body: bytes) -> tuple[bytes, float]:
        chance = self._chance.random()
        if method != b"POST" or not path.startswith(BEGINS) or chance >= 2 * SHARE:
            return super().take(method, path, body)
        self.faults += 1
        status = b"429 Too Many Requests"
        if chance >= SHARE:
            status = self._chance.choice((b"502 Bad Gateway", b"503 Busy", b"504 Timeout"))
        if not status.startswith((b"429", b"503")) and self._chance.random() < ARRIVES:
            super().take(method, path, body)
        else:
            chat = unquote(path.removeprefix(BEGINS).split(b"/")[0].decode())
            self.tally.count("send", chat, refused=True)
        header = b"Retry-After: %d\r\n" % RETRY_AFTER if status.startswith(b"429") else b""
        return answered(status, b"{}", header=header), self.latency.draw()


async def _really(folder: Path) -> None:
    """Let a real bot send to 400 in real time."""
    teams = FaultyTeams(app_id=str(uuid.uuid4()), seed=1)
    url = f"sqlite+aiosqlite:///{folder / 'real.sqlite3'}"
    log = folder / "real.log"
    with log.open("ab") as written:
        async with (
            teams.listening(),
            household("real", database_url=url, teams=teams, log=written) as home,
        ):
            await _tell_real(home, teams)
    note(f"real: {teams.faults} faults")


async def _tell_real(home: Household, teams: FaultyTeams) -> None:
    teams.tally.reset()
    began = time.monotonic()
    about = await home.begins_a_send()
    standings = await home.standings(about)
    while any(each.state in OPEN for each in standings):
        if time.monotonic() - began > REAL_PATIENCE:
            break
        await asyncio.sleep(1)
        standings = await home.standings(about)
    tried = [teams.tally.sends.get(home.chat(person), []) for person in home.people]
    first = max(each[0] - began for each in tried if each)
    tell("faults.real.first", first, "s", at_most=FIRST_WITHIN)
    lost = sum(not home.told(person) for person in home.people)
    lost += sum(each.state is not DeliveryState.DELIVERED for each in standings)
    tell("faults.real.lost", lost, "messages", at_most=0)
    unmarked = sum(max(0, home.told(each) - 1 - home.marked(each)) for each in home.people)
    tell("faults.real.unmarked", unmarked, "messages", at_most=0)
    most = teams.tally.most_in_a_second()
    tell("faults.real.most_in_a_second", most, "requests", at_most=PER_SECOND)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="ten seeds, and nothing in real time")
    sys.exit(main(quick=parser.parse_args().quick))
