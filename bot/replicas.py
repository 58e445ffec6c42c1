"""Several replicas on one machine: begun together, begun again when they die, ended together.

A replica is `python -m bot run --replica K`, and knows nothing of the others: they share one port
(SO_REUSEPORT) and one PostgreSQL. Between us and each of them there is a lifeline, a pair of
sockets. Through it a replica says that it is ready; and when it closes because we are gone,
however that came about, the replica ends as if it had been asked to.
"""

import asyncio
import logging
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.settings import Settings

log = logging.getLogger(__name__)

SHORTEST_PAUSE = timedelta(milliseconds=500)  # before a replica that died begins again
LONGEST_PAUSE = timedelta(seconds=30)
STEADY_AFTER = timedelta(minutes=1)  # who lived this long did not die of beginning
_READY = b"r"


class ReplicasRefused(Exception):
    """Replicas cannot run here, or none of them could begin. Says why, for an operator."""


class Lifeline:
    """A replica's end of the line to whoever began it."""

    def __init__(self, descriptor: int) -> None:
        self._line = socket.socket(fileno=descriptor)

    def when_cut(self, stopping: asyncio.Event) -> None:
        """Let the replica stop when whoever began it is gone."""
        self._line.settimeout(0)
        loop = asyncio.get_running_loop()

        def cut() -> None:
            loop.remove_reader(self._line)
            stopping.set()

        loop.add_reader(self._line, cut)

    def ready(self) -> None:
        """Say that the replica takes calls."""
        with suppress(OSError):  # then it is cut, and we are about to stop
            self._line.send(_READY)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Replica:
    """One process: our end of the line to it, and its exit code once it has ended."""

    number: int
    line: socket.socket
    ended: asyncio.Task[int]

    async def is_ready(self) -> bool:
        """Wait until it takes calls; false when it ended instead."""
        said = b""
        with suppress(OSError):
            said = await asyncio.get_running_loop().sock_recv(self.line, 1)
        return said == _READY


async def keep(count: int, *, settings: Settings) -> None:
    """Run so many replicas until SIGTERM or SIGINT; turns that have begun are answered.

    The first goes ahead: what keeps it from beginning would keep the others, and is said once.

    :raises ReplicasRefused: when replicas cannot run here, or the first one did not begin.
    """
    _possible(settings)
    stopping = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    first = await _begin(1, stopping)
    if not await first.is_ready():
        await first.ended
        if not stopping.is_set():
            raise ReplicasRefused("No replica was started: the first one could not begin.")
    others = [] if stopping.is_set() else range(2, count + 1)
    log.info("replicas begin", extra={"replicas": count})
    replicas = [first, *[await _begin(number, stopping) for number in others]]
    await asyncio.gather(*(_mind(replica, stopping) for replica in replicas))
    log.info("replicas stopped")


def _possible(settings: Settings) -> None:
    if settings.database_url.startswith("sqlite"):
        raise ReplicasRefused(
            "--replicas needs PostgreSQL: a database in SQLite belongs to one process."
        )
    if not hasattr(socket, "SO_REUSEPORT"):
        raise ReplicasRefused("--replicas needs a system on which processes can share a port.")


async def _begin(number: int, stopping: asyncio.Event) -> _Replica:
    ours, theirs = socket.socketpair()
    ours.settimeout(0)
    with theirs:
        lifeline = theirs.fileno()
        asked = ("run", "--replica", str(number), "--lifeline", str(lifeline))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *asked),
            stdin=asyncio.subprocess.DEVNULL,
            pass_fds=(lifeline,),
        )
    return _Replica(
        number=number, line=ours, ended=asyncio.create_task(_until_its_end(process, stopping))
    )


async def _until_its_end(process: asyncio.subprocess.Process, stopping: asyncio.Event) -> int:
    """Wait for a process, and ask it to end when we are to stop."""
    ended = asyncio.create_task(process.wait())
    asked = asyncio.create_task(stopping.wait())
    await asyncio.wait([ended, asked], return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if not ended.done():
        process.terminate()
    return await ended


async def _mind(replica: _Replica, stopping: asyncio.Event) -> None:
    """Begin the replica again whenever it dies, each time after a longer pause."""
    clock = asyncio.get_running_loop().time
    pause = SHORTEST_PAUSE
    while True:
        began = clock()
        code = await replica.ended
        replica.line.close()
        if stopping.is_set():
            return
        if clock() - began >= STEADY_AFTER.total_seconds():
            pause = SHORTEST_PAUSE
        log.warning(
            "a replica died, and begins again",
            extra={"died": replica.number, "code": code, "after_s": pause.total_seconds()},
        )
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), pause.total_seconds())
            return
        pause = min(pause * 2, LONGEST_PAUSE)
        replica = await _begin(replica.number, stopping)
