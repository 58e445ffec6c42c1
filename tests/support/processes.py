"""The bot as processes of their own, where a story needs some that can be killed."""

import asyncio
import base64
import json
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

import psutil

from bot.settings import Settings
from devtools.environment import ROOT, python

PATIENCE = 60.0  # seconds until a story is given up; nothing is measured by it

Line = Mapping[str, Any]


class Bot:
    """What was started with `python -m bot`: itself, its replicas, and what all of them log."""

    def __init__(self, process: Process) -> None:
        self.lines: list[Line] = []
        self.refusal = ""
        self._process = process
        self._heard = asyncio.Condition()
        self._listening = asyncio.gather(self._listen(), self._read_refusal())

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def replicas(self) -> list[psutil.Process]:
        """The processes that it has started and that live."""
        return psutil.Process(self.pid).children()

    def send_signal(self, sign: int) -> None:
        self._process.send_signal(sign)

    def said(self, event: str, **more: object) -> list[Line]:
        """Give the lines of its log that say this, with these fields."""
        wanted = {"event": event, **more}
        return [line for line in self.lines if wanted.items() <= line.items()]

    async def says(self, event: str, *, times: int = 1, **more: object) -> list[Line]:
        """Wait until the log has said this so many times, counted from its beginning.

        :raises AssertionError: when the bot ends without it.
        """
        async with asyncio.timeout(PATIENCE), self._heard:
            await self._heard.wait_for(
                lambda: len(self.said(event, **more)) >= times or self._listening.done()
            )
        said = self.said(event, **more)
        assert len(said) >= times, f"{event} was not said; {self.refusal}{self.lines[-5:]}"
        return said

    async def ends(self) -> int:
        """Wait until it and its replicas have ended; gives its exit code."""
        async with asyncio.timeout(PATIENCE):
            await self._listening  # whoever lives keeps the line open
            return await self._process.wait()

    async def is_ended(self) -> None:
        """End it, however it is."""
        with suppress(ProcessLookupError):
            self.send_signal(signal.SIGTERM)
        await self.ends()

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            async with self._heard:
                self.lines.append(json.loads(line))
                self._heard.notify_all()

    async def _read_refusal(self) -> None:
        assert self._process.stderr is not None
        self.refusal = (await self._process.stderr.read()).decode()
        async with self._heard:
            self._heard.notify_all()


@asynccontextmanager
async def a_bot(env: Mapping[str, str], *arguments: str) -> AsyncIterator[Bot]:
    """Start `python -m bot` with some arguments; it is ended with the block."""
    bot = Bot(
        await asyncio.create_subprocess_exec(
            python(), *("-m", "bot", *arguments), cwd=ROOT, env=env, stdout=PIPE, stderr=PIPE
        )
    )
    try:
        yield bot
    finally:
        await bot.is_ended()


@asynccontextmanager
async def a_process(settings: Settings, *, replicas: int = 1) -> AsyncIterator[Bot]:
    """Run the bot as it is run for real, until the block ends or somebody kills it.

    :raises AssertionError: when it does not say that it is ready, every replica for itself.
    """
    async with a_bot(environment(settings), "run", "--replicas", str(replicas)) as bot:
        await bot.says("ready", times=replicas)
        yield bot


def environment(settings: Settings) -> dict[str, str]:
    """Write settings as an operator does."""
    return {
        "DATABASE_URL": settings.database_url,
        "BOT_APP_ID": settings.app_id,
        "BOT_APP_PASSWORD": settings.app_password,
        "BOT_TENANT_ID": settings.tenant_id,
        "MASTER_KEYS": _written(settings.master_keys[1]),
        "INDEX_KEYS": _written(settings.index_keys[1]),
        "PORT": str(settings.port),
        "DELIVER_EVERY": str(int(settings.deliver_every.total_seconds())),
        "LOCAL_OPENID_METADATA": settings.local_openid_metadata,
        "LOCAL_CONNECTOR": settings.local_connector,
    }


def _written(key: bytes) -> str:
    return f"1:{base64.b64encode(key).decode()}"
