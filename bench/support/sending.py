"""A sender of `bench/support/senders.py` seen from outside: started, asked to send, ended."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench.support.doors import Doors
from bench.support.load import NotAnswered
from bench.support.programs import ENDS_WITHIN, ROOT, OurBot

Env = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What a send took."""

    seconds: float
    cpu: float  # seconds of the sender's own processor time
    memory: float  # MB that the sender has used at most so far


class Sender:
    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self.name = name
        self._process = process

    async def send(self, count: int) -> Took:
        """Let it send to so many.

        :raises NotAnswered: when it breaks.
        """
        if self._process.stdin is None:
            raise RuntimeError("a process was started without its pipes")
        self._process.stdin.write(b"%d\n" % count)
        return Took(**json.loads(await self.says()))

    async def says(self) -> bytes:
        """Read its next line.

        :raises NotAnswered: when there is none.
        """
        if self._process.stdout is None:
            raise RuntimeError("a process was started without its pipes")
        if not (line := await self._process.stdout.readline()):
            raise NotAnswered(f"{self.name} broke")
        return line


class Starting:
    """Knows what every sender must be told, and where it runs."""

    def __init__(
        self, *, teams: Doors, letter: Path, most: int, core: int, log: IO[bytes]
    ) -> None:
        self._teams = teams
        self._letter = letter
        self._most = most
        self._core = core
        self._log = log

    def settings(self, database_url: str) -> Env:
        """Say the environment of a bot on this database."""
        return OurBot(
            "ours", database_url=database_url, teams=self._teams, log=self._log, register=Path()
        ).env

    def sender(self, name: str, kind: str, env: Env) -> AbstractAsyncContextManager[Sender]:
        arguments = [
            *(kind, "--app-id", self._teams.app_id, "--address", self._teams.address),
            *("--login", self._teams.login, "--teams", self._teams.service_url),
            *("--letter", str(self._letter), "--most", str(self._most)),
        ]
        return _started(name, arguments, core=self._core, env=env, log=self._log)


@asynccontextmanager
async def _started(
    name: str, arguments: Sequence[str], *, core: int, env: Env, log: IO[bytes]
) -> AsyncIterator[Sender]:
    """Run a sender on one core until the block ends.

    :raises NotAnswered: when it does not get ready.
    """
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.support.senders", *arguments),
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **env},
        stdin=pipe,
        stdout=pipe,
        stderr=log,
    )
    try:
        os.sched_setaffinity(process.pid, {core})
        sender = Sender(name, process)
        await sender.says()
        yield sender
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), ENDS_WITHIN)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
