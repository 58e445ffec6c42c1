"""Killed while an alert goes out: nobody is forgotten, and what is said twice says so (BER-74)."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psutil
import pytest
from yarl import URL

from bench.support.servers import Server, postgresql_server
from bot.settings import Settings
from domain.delivery import DeliveryState
from storage.migrate import upgrade
from tests.support.processes import PATIENCE, Bot, a_process
from tests.support.sent_alert import LEASE_PASSES, SentAlert, an_alert, answers_held
from tests.support.town import EVERYBODY, Town, a_town

CONFIRMED = 6  # letters, until Teams falls silent; not all are of the alert
ALL = {DeliveryState.DELIVERED: len(EVERYBODY)}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgresql_server() as opened:
        yield opened


async def all_have_arrived(sent: SentAlert, *, some_delivered: bool = True) -> None:
    """Wait until each letter is with Teams, and the first is written down as delivered."""
    await sent.teams.pulse.until(lambda: all(sent.told().values()) or None, within=PATIENCE)
    await sent.is_delivered_to(1 if some_delivered else 0)


def busiest(bot: Bot, *, port: int | None) -> psutil.Process:
    """Find the replica that sends most: each letter in flight has a connection of its own."""
    return max(
        bot.replicas,
        key=lambda each: sum(line.raddr[1:] == (port,) for line in each.net_connections()),
    )


def looking_often(town: Town) -> Settings:
    """Have the bot look every second: what is begun in another process does not wake it."""
    return replace(town.settings, deliver_every=timedelta(seconds=1))


async def test_the_next_process_sends_what_was_in_flight_again_and_says_so(town: Town) -> None:
    """BER-13, BER-15, BER-74."""
    await town.stops()
    async with an_alert(town) as sent:
        with answers_held(town.teams, after=CONFIRMED):
            async with a_process(looking_often(town)) as first:
                await all_have_arrived(sent)
                first.send_signal(signal.SIGKILL)
                await first.ends()
        in_flight = (await sent.tally())[DeliveryState.SENDING]
        assert 0 < in_flight < len(EVERYBODY)

        async with a_process(looking_often(town)):
            await town.teams.sender.set_clock(offset_seconds=LEASE_PASSES)
            assert await sent.is_sent() == ALL

        assert len(sent.told_twice()) == in_flight
        assert sent.unmarked() == []


@pytest.mark.postgresql_only
async def test_another_replica_takes_over_what_one_had_in_flight(town: Town) -> None:
    """BER-13, BER-15, BER-80: the one that died is not needed for it."""
    await town.stops()
    port = URL(town.teams.base_url).port
    async with a_process(looking_often(town), replicas=3) as bot:
        with answers_held(town.teams, after=0) as released:
            async with an_alert(town) as sent:
                await all_have_arrived(sent, some_delivered=False)
                busiest(bot, port=port).kill()
                await bot.says("a replica died, and begins again")
                released.set()

                await town.teams.sender.set_clock(offset_seconds=LEASE_PASSES)
                assert await sent.is_sent() == ALL
                assert sent.told_twice()
                assert sent.unmarked() == []


@pytest.mark.postgresql_only
async def test_a_database_that_is_restarted_costs_nobody_their_letter(server: Server) -> None:
    """What Teams took meanwhile is written down as soon as there is somewhere to write."""
    url = await server.create("restarted")
    await upgrade(url)
    async with a_town(url) as town:
        await town.stops()
        async with an_alert(town) as sent:
            with answers_held(town.teams, after=CONFIRMED) as released:
                async with a_process(looking_often(town)):
                    await all_have_arrived(sent)
                    server.restart_at_once()
                    released.set()

                    assert await sent.is_sent() == ALL
                    assert sent.unmarked() == []
