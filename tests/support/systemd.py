"""systemd's end of the line to a service that says how it is."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.processes import PATIENCE

READY, LIVES, STOPS = b"READY=1", b"WATCHDOG=1", b"STOPPING=1"


class Systemd:
    """What a service said, in the order in which it said it."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    async def hears(self) -> bytes:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.get_running_loop().sock_recv(self._line, 100)

    async def hears_after_the_beats(self) -> bytes:
        said = LIVES
        while said == LIVES:
            said = await self.hears()
        return said


@contextmanager
def listening(address: str) -> Iterator[Systemd]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.settimeout(0)
        line.bind(address.replace("@", "\0", 1))
        yield Systemd(line)
