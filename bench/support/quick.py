"""HTTP/1.1 as a connector's clients speak it, and no more: a server here should cost nothing."""

import asyncio
from collections.abc import Callable
from typing import cast

# (method, path, body) -> the whole answer, and the seconds after which it is given
Take = Callable[[bytes, bytes, bytes], tuple[bytes, float]]

_LENGTH = b"\r\ncontent-length:"


class Quick(asyncio.Protocol):
    """Reads requests whose length is given, one after the other, on a kept connection."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._read = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own say no such thing

    def connection_lost(self, _why: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._read = self._read + data if self._read else data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            begins = end + 4
            ends = begins + _length(self._read[: end + 2])
            if len(self._read) < ends:
                return
            method, path, _ = self._read[: self._read.index(b"\r\n")].split(b" ", 2)
            answer, wait = self._take(method, path, self._read[begins:ends])
            self._read = self._read[ends:]
            if wait:
                asyncio.get_running_loop().call_later(wait, self._answer, answer)
            else:
                self._answer(answer)

    def _answer(self, answer: bytes) -> None:
        if self._transport is not None:
            self._transport.write(answer)


def answered(status: bytes, body: bytes, *, header: bytes = b"") -> bytes:
    """Write an answer; `header` is a whole line or nothing."""
    return b"HTTP/1.1 %b\r\nContent-Type: application/json\r\n%bContent-Length: %d\r\n\r\n%b" % (
        status,
        header,
        len(body),
        body,
    )


def _length(head: bytes) -> int:
    at = head.lower().find(_LENGTH)
    if at < 0:
        return 0
    begins = at + len(_LENGTH)
    return int(head[begins : head.index(b"\r\n", begins)])
