"""Processes that do what falls due around meetings, by a clock they share; they can be killed."""

import asyncio
import logging
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from scheduler.meet_deadlines import log as told
from scheduler.meet_deadlines import meet_deadlines
from storage.database import Database
from storage.vault import Vault

VAULT = Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})
A_MOMENT = 0.003  # seconds
PATIENCE = 120.0  # seconds for all that is due at one hour

Hours = Any  # shared memory: numbers without a lock, for whoever is killed would keep it


class Ledger(logging.Handler):
    """Writes a line for each deadline that was done, after that was stored."""

    def __init__(self, file: Path) -> None:
        super().__init__(logging.INFO)
        self._file = file

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and len(record.args) > 2:
            kind, meeting, state = record.args
            with self._file.open("a", encoding="ascii") as lines:
                lines.write(f"{meeting} {kind} {state}\n")


def work(url: str, ledger: Path, clock: Hours, done: Hours, number: int) -> None:
    """Do whatever is due by the clock, again and again, until killed."""
    told.setLevel(logging.INFO)
    told.addHandler(Ledger(ledger))
    asyncio.run(_work(url, clock, done, number))


async def _work(url: str, clock: Hours, done: Hours, number: int) -> None:
    database = Database(url, VAULT)
    await database.open()
    while True:
        now = clock.value
        if now:
            await meet_deadlines(database, now=datetime.fromtimestamp(now, UTC))
        done[number] = now
        await asyncio.sleep(A_MOMENT)


@dataclass(kw_only=True)
class Workers:
    """So many processes on one database, and the clock they go by."""

    url: str
    ledger: Path
    many: int
    kills: int = 0
    clock: Hours = field(init=False)
    done: Hours = field(init=False)
    processes: list[ForkServerProcess] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self.clock = self._context.RawValue("d", 0.0)
        self.done = self._context.RawArray("d", self.many)

    def begin(self) -> None:
        self.processes = [self._start(number) for number in range(self.many)]

    def kill(self, number: int) -> None:
        """Kill one wherever it is, and let another begin in its place."""
        self._kill(number)
        self.kills += 1
        self.processes[number] = self._start(number)

    def kill_all(self) -> None:
        for number in range(len(self.processes)):
            self._kill(number)
        self.processes = []

    async def reach(self, hour: datetime) -> None:
        """Let it be that hour, and wait until somebody has gone through all that is due."""
        self.clock.value = hour.timestamp()
        await self.have_reached(hour)

    async def have_reached(self, hour: datetime) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                if max(self.done) >= hour.timestamp():
                    return
                await asyncio.sleep(A_MOMENT)

    def times_done(self) -> Counter[tuple[str, str]]:
        """Count how often each deadline of each meeting was done."""
        lines = self.ledger.read_text(encoding="ascii").splitlines()
        return Counter((words[0], words[1]) for words in map(str.split, lines))

    def _start(self, number: int) -> ForkServerProcess:
        self.done[number] = 0.0
        process = self._context.Process(
            target=work,
            args=(self.url, self.ledger, self.clock, self.done, number),
            daemon=True,
        )
        process.start()
        return process

    def _kill(self, number: int) -> None:
        self.processes[number].kill()
        self.processes[number].join()
        self.processes[number].close()
        self.done[number] = 0.0


@contextmanager
def workers(url: str, folder: Path, *, many: int) -> Iterator[Workers]:
    """Let so many work until the block ends."""
    ledger = folder / "ledger.txt"
    ledger.touch()
    opened = Workers(url=url, ledger=ledger, many=many)
    opened.begin()
    try:
        yield opened
    finally:
        opened.kill_all()
