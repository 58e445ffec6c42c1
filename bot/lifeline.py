"""A replica's line to whoever began it: it says "ready", and ends with the other side.

Locally the stand-in moves the clock of whichever replica it reaches; that goes through the line
as well, so that all of them live at the same hour.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from bot.clock import Clock

log = logging.getLogger(__name__)

READY = b"ready\n"


class Lifeline:
    """The replica's end of the line."""

    def __init__(
        self,
        *,
        clock: Clock,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        cut: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._writer = writer
        self._obeying = False
        clock.when_moved(self._tell)
        self._listening = asyncio.create_task(self._listen(reader))
        self._listening.add_done_callback(lambda _: cut())

    def ready(self) -> None:
        """Say that the replica takes calls."""
        self._writer.write(READY)

    def _tell(self) -> None:
        seconds = self._clock.offset.total_seconds()
        log.info("the clock was moved", extra={"offset_s": seconds})
        if not self._obeying:
            self._writer.write(b"%r\n" % seconds)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        """Move our clock as the others moved theirs, until the line is cut."""
        with suppress(ConnectionError):
            async for said in reader:
                self._obeying = True
                self._clock.move(timedelta(seconds=float(said)))
                self._obeying = False


async def grasp(descriptor: int, *, clock: Clock, cut: Callable[[], None]) -> Lifeline:
    """Hold on to the line that was handed to us; `cut` is called when the other side is gone."""
    reader, writer = await asyncio.open_unix_connection(sock=socket.socket(fileno=descriptor))
    return Lifeline(clock=clock, reader=reader, writer=writer, cut=cut)
