"""Several replicas on one machine: begun together, begun again when they die, ended together.

A replica is `python -m bot run --replica K`. They share one port (SO_REUSEPORT) and one
PostgreSQL. Between us and each of them there is a lifeline (bot/lifeline.py), through which it
says that it is ready, and which closes when one of us is gone, however that came about.
"""

import asyncio
import logging
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.heartbeat import heartbeat
from bot.lifeline import READY
from bot.settings import Settings

log = logging.getLogger(__name__)

SHORTEST_PAUSE = timedelta(milliseconds=500)  # before a replica that died begins again
LONGEST_PAUSE = timedelta(seconds=30)
STEADY_AFTER = timedelta(minutes=1)  # who lived this long did not die of beginning


class ReplicasRefused(Exception):
    """Replicas cannot run here, or none of them could begin. Says why, for an operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Replica:
    """One process: whether it came to take calls, and its exit code once it has ended."""

    number: int
    ready: asyncio.Future[bool]
    ended: asyncio.Task[int]


class Replicas:
    """So many replicas, until SIGTERM or SIGINT."""

    def __init__(self, count: int, *, settings: Settings) -> None:
        self._count = count
        self._settings = settings
        self._stopping = asyncio.Event()
        self._lines: dict[int, asyncio.StreamWriter] = {}
        self._last_said = b""

    async def run(self) -> None:
        """Begin them, mind them, and end when asked to and all turns are answered.

        The first goes ahead: what keeps it from beginning would keep the others, and is said
        once.

        :raises ReplicasRefused: when the first one did not begin.
        """
        for sign in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sign, self._stopping.set)
        replicas = [await self._begin(1)]
        if not await replicas[0].ready and not self._stopping.is_set():
            await replicas[0].ended
            raise ReplicasRefused("No replica was started: the first one could not begin.")
        if not self._stopping.is_set():
            replicas += [await self._begin(number) for number in range(2, self._count + 1)]
            log.info("replicas begun", extra={"replicas": self._count})
        async with heartbeat(self._settings):
            await asyncio.gather(*map(self._mind, replicas))
        log.info("replicas stopped")

    async def _begin(self, number: int) -> _Replica:
        ours, theirs = socket.socketpair()
        with theirs:
            asked = ("--replica", str(number), "--lifeline", str(theirs.fileno()))
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", *asked),
                stdin=asyncio.subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
            )
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[bool] = loop.create_future()
        return _Replica(
            number=number,
            ready=ready,
            ended=loop.create_task(self._until_its_end(number, process, ours, ready)),
        )

    async def _until_its_end(
        self,
        number: int,
        process: asyncio.subprocess.Process,
        line: socket.socket,
        ready: asyncio.Future[bool],
    ) -> int:
        """Listen to a replica as long as it lives; ask it to end when we are to stop."""
        hearing = asyncio.create_task(self._hear(number, line, ready))
        ended = asyncio.create_task(process.wait())
        asked = asyncio.create_task(self._stopping.wait())
        await asyncio.wait([ended, asked], return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if not ended.done():
            process.terminate()
        await hearing
        return await ended

    async def _hear(self, number: int, line: socket.socket, ready: asyncio.Future[bool]) -> None:
        """Tell the others what one says; who begins later hears the last of it."""
        reader, writer = await asyncio.open_unix_connection(sock=line)
        self._lines[number] = writer
        writer.write(self._last_said)
        with suppress(ConnectionError):
            async for said in reader:
                if said == READY:
                    ready.set_result(True)
                    continue
                self._last_said = said
                for other in self._lines.keys() - {number}:
                    self._lines[other].write(said)
        del self._lines[number]
        writer.close()
        if not ready.done():
            ready.set_result(False)

    async def _mind(self, replica: _Replica) -> None:
        """Begin the replica again whenever it dies, each time after a longer pause."""
        clock = asyncio.get_running_loop().time
        pause = SHORTEST_PAUSE
        while True:
            began = clock()
            code = await replica.ended
            if self._stopping.is_set():
                return
            if clock() - began >= STEADY_AFTER.total_seconds():
                pause = SHORTEST_PAUSE
            log.warning(
                "a replica died, and begins again",
                extra={"died": replica.number, "code": code, "after_s": pause.total_seconds()},
            )
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause.total_seconds())
                return
            pause = min(pause * 2, LONGEST_PAUSE)
            replica = await self._begin(replica.number)


async def keep(count: int, *, settings: Settings) -> None:
    """Run so many replicas until SIGTERM or SIGINT.

    :raises ReplicasRefused: when replicas cannot run here, or the first one did not begin.
    """
    if settings.database_url.startswith("sqlite"):
        raise ReplicasRefused(
            "--replicas needs PostgreSQL: a database in SQLite belongs to one process."
        )
    if not hasattr(socket, "SO_REUSEPORT"):
        raise ReplicasRefused("--replicas needs a system on which processes can share a port.")
    await Replicas(count, settings=settings).run()
