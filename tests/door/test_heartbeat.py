"""systemd hears when the bot takes calls, that it lives, and when it stops."""

from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.heartbeat import heartbeat
from bot.settings import Settings
from devtools.ports import free_port
from tests.support.door import SETTINGS
from tests.support.processes import a_bot, environment
from tests.support.systemd import LIVES, READY, STOPS, listening
from tests.support.town import settings_for


def told(address: str, *, watchdog_usec: int = 30_000) -> Settings:
    return replace(SETTINGS, notify_socket=address, watchdog_usec=watchdog_usec)


@pytest.mark.parametrize("place", ["{folder}/notify", "@{folder}/notify"], ids=["file", "name"])
async def test_it_says_ready_lives_while_it_runs_and_says_that_it_stops(
    tmp_path: Path, place: str
) -> None:
    address = place.format(folder=tmp_path)
    with listening(address) as systemd:
        async with heartbeat(told(address)):
            assert await systemd.hears() == READY
            assert [await systemd.hears() for _ in range(3)] == [LIVES] * 3

        assert await systemd.hears_after_the_beats() == STOPS


async def test_without_a_watchdog_it_says_no_more_than_it_must(tmp_path: Path) -> None:
    address = f"{tmp_path}/notify"
    with listening(address) as systemd:
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


async def test_the_bot_is_called_ready_when_it_answers_and_not_before(
    database_url: str, tmp_path: Path
) -> None:
    settings = settings_for(database_url, teams_port=free_port(), bot_port=free_port())
    address = f"{tmp_path}/notify"
    given = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "300000"}
    with listening(address) as systemd:
        async with a_bot({**environment(settings), **given}, "run"):
            assert await systemd.hears() == READY
            async with (
                ClientSession(f"http://{settings.host}:{settings.port}") as door,
                door.get("/healthz") as alive,
            ):
                assert alive.status == 200
            assert await systemd.hears() == LIVES

        assert await systemd.hears_after_the_beats() == STOPS
