"""Several replicas by one command: `python -m bot run --replicas 3`."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from aiohttp import ClientSession, TCPConnector

from bot.settings import Settings
from devtools.ports import free_port
from tests.support.databases import SqliteDatabases
from tests.support.processes import Bot, a_bot, a_process, environment
from tests.support.systemd import READY, STOPS, listening
from tests.support.town import Town, settings_for

HOUR = 3600.0  # seconds
ALL_THREE = {1, 2, 3}


@pytest.fixture
def settings(database_url: str) -> Settings:
    return settings_for(database_url, teams_port=free_port(), bot_port=free_port())


@pytest.fixture
async def door(settings: Settings) -> AsyncIterator[ClientSession]:
    """Callers who open a connection of their own for each call."""
    address = f"http://{settings.host}:{settings.port}"
    async with ClientSession(address, connector=TCPConnector(force_close=True)) as session:
        yield session


async def replicas_that_answer(door: ClientSession, bot: Bot, *, until: set[int]) -> set[int]:
    """Knock until each of these has answered since; a knock is logged by who answers it."""
    before, answered = len(bot.said("answered")), set[int]()
    while not until <= answered:
        async with door.post("/api/messages") as refused:
            assert refused.status == 401
        answered = {line["replica"] for line in bot.said("answered")[before:]}
    return answered


@pytest.mark.postgresql_only
class TestThreeReplicas:
    async def test_answer_on_one_port(self, settings: Settings, door: ClientSession) -> None:
        async with a_process(settings, replicas=3) as bot:
            assert await replicas_that_answer(door, bot, until=ALL_THREE) == ALL_THREE
            async with door.get("/healthz") as alive:
                assert alive.status == 200

    async def test_go_on_when_one_is_killed_and_are_three_again(
        self, settings: Settings, door: ClientSession
    ) -> None:
        async with a_process(settings, replicas=3) as bot:
            bot.replicas[0].kill()
            [death, *_] = await bot.says("a replica died, and begins again")
            others = ALL_THREE - {death["died"]}

            assert await replicas_that_answer(door, bot, until=others) == others

            await bot.says("ready", times=2, replica=death["died"])
            assert await replicas_that_answer(door, bot, until=ALL_THREE) == ALL_THREE

    async def test_are_one_service_to_systemd(self, settings: Settings, tmp_path: Path) -> None:
        """It takes word from the process that it started, and from none of the others."""
        address = f"{tmp_path}/notify"
        told = {**environment(settings), "NOTIFY_SOCKET": address}
        with listening(address) as systemd:
            async with a_bot(told, "run", "--replicas", "3") as bot:
                assert await systemd.hears() == READY
                await bot.says("ready", times=3)

            assert await systemd.hears() == STOPS

    @pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
    async def test_all_end_when_they_are_asked_to(self, settings: Settings, sign: int) -> None:
        async with a_process(settings, replicas=3) as bot:
            bot.send_signal(sign)

            assert await bot.ends() == 0
            assert len(bot.said("stopped")) == 3

    async def test_leave_no_orphan_when_who_began_them_is_killed(self, settings: Settings) -> None:
        async with a_process(settings, replicas=3) as bot:
            replicas = bot.replicas
            bot.send_signal(signal.SIGKILL)

            assert await bot.ends() == -signal.SIGKILL
            assert len(bot.said("stopped")) == 3
            gone, _ = await asyncio.to_thread(psutil.wait_procs, replicas)
            assert len(gone) == 3

    async def test_say_once_what_keeps_them_from_beginning(
        self, settings: Settings, empty_database_url: str
    ) -> None:
        """A database without tables: nobody can serve, and nobody tries again and again."""
        env = environment(replace(settings, database_url=empty_database_url))
        async with a_bot(env, "run", "--replicas", "3") as bot:
            assert await bot.ends() == 1
            assert bot.refusal.splitlines() == [
                "database",
                "No replica was started: the first one could not begin.",
            ]
            assert bot.lines == []


@pytest.mark.postgresql_only
async def test_the_side_panel_moves_the_clock_of_every_replica(town: Town) -> None:
    """It reaches one of them; the others hear of it, and so does one that begins later."""
    await town.stops()
    async with a_process(town.settings, replicas=3) as bot:
        await town.teams.sender.set_clock(offset_seconds=HOUR)

        moved = await bot.says("the clock was moved", times=3, offset_s=HOUR)
        assert {line["replica"] for line in moved} == ALL_THREE

        bot.replicas[0].kill()
        moved = await bot.says("the clock was moved", times=4, offset_s=HOUR)
        assert moved[-1]["replica"] == bot.said("a replica died, and begins again")[0]["died"]


async def test_wrong_settings_are_said_once(settings: Settings) -> None:
    """AC-AUTH-01."""
    env = {**environment(settings), "PORT": "http"}
    async with a_bot(env, "run", "--replicas", "3") as bot:
        assert await bot.ends() == 1
        assert bot.refusal.count("PORT cannot be used") == 1
        assert bot.lines == []


async def test_sqlite_belongs_to_one_process(settings: Settings, tmp_path: Path) -> None:
    sqlite = SqliteDatabases(tmp_path).migrated()
    env = environment(replace(settings, database_url=sqlite))
    async with a_bot(env, "run", "--replicas", "3") as bot:
        assert await bot.ends() == 1
        assert "--replicas needs PostgreSQL" in bot.refusal
        assert bot.lines == []
