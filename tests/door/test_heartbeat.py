"""systemd hears when the bot takes calls, that it lives, and when it stops."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.heartbeat import heartbeat
from bot.settings import Settings
from tests.support.door import SETTINGS
from tests.support.processes import PATIENCE

READY, LIVES, STOPS = b"READY=1", b"WATCHDOG=1", b"STOPPING=1"


class Listener:
    """systemd's end of the line."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    async def hears(self) -> bytes:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.get_running_loop().sock_recv(self._line, 100)


@asynccontextmanager
async def listening(address: str) -> AsyncIterator[Listener]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.settimeout(0)
        line.bind(address.replace("@", "\0", 1))
        yield Listener(line)


def told(address: str, *, watchdog_usec: int = 30_000) -> Settings:
    return replace(SETTINGS, notify_socket=address, watchdog_usec=watchdog_usec)


@pytest.mark.parametrize("place", ["{folder}/notify", "@{folder}/notify"], ids=["file", "name"])
async def test_it_says_ready_lives_while_it_runs_and_says_that_it_stops(
    tmp_path: Path, place: str
) -> None:
    address = place.format(folder=tmp_path)
    async with listening(address) as systemd:
        async with heartbeat(told(address)):
            assert await systemd.hears() == READY
            assert [await systemd.hears() for _ in range(3)] == [LIVES] * 3
        last = LIVES
        while last == LIVES:
            last = await systemd.hears()

    assert last == STOPS


async def test_without_a_watchdog_it_says_no_more_than_it_must(tmp_path: Path) -> None:
    address = f"{tmp_path}/notify"
    async with listening(address) as systemd:
        async with heartbeat(told(address, watchdog_usec=0)):
            assert await systemd.hears() == READY

        assert await systemd.hears() == STOPS


async def test_a_systemd_that_does_not_listen_is_no_reason_to_fail(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with heartbeat(told(f"{tmp_path}/nobody")):
        pass

    assert "systemd does not listen: FileNotFoundError" in caplog.messages


async def test_nothing_is_said_where_there_is_no_systemd(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with heartbeat(told("")):
        pass

    assert caplog.messages == []
