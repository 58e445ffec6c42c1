"""What systemd hears of us: that we take calls, that we still live, and that we stop."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from bot.settings import Settings

log = logging.getLogger(__name__)

_BEATS_IN_TIME = 3  # so many fit into the silence after which we are started again


@asynccontextmanager
async def heartbeat(settings: Settings) -> AsyncIterator[None]:
    """Say that we are ready, beat while the block runs, and say that we stop.

    The beat comes from the loop that answers people: when that hangs, so does the beat, and
    systemd starts the bot again. Where there is no systemd, nothing is said.
    """
    if not settings.notify_socket:
        yield
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        line.settimeout(0)
        address = settings.notify_socket.replace("@", "\0", 1)
        silence = timedelta(microseconds=settings.watchdog_usec)
        _say(line, address, b"READY=1")
        beating = asyncio.create_task(_beat(line, address, every=silence / _BEATS_IN_TIME))
        try:
            yield
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating
            _say(line, address, b"STOPPING=1")


async def _beat(line: socket.socket, address: str, *, every: timedelta) -> None:
    while every:
        _say(line, address, b"WATCHDOG=1")
        await asyncio.sleep(every.total_seconds())


def _say(line: socket.socket, address: str, said: bytes) -> None:
    try:
        line.sendto(said, address)
    except OSError as problem:
        log.warning("systemd does not listen: %s", type(problem).__name__)
