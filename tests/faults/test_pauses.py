"""A pause that Teams asks for holds letters back and nothing else, in simulated time."""

import asyncio
from datetime import timedelta

from domain.notices import Medium
from domain.pacing import stopped
from scheduler.deliver_outbox import AT_ONCE
from storage.database import Database
from tests.faults.conftest import Fresh
from tests.support.hours import hour, told
from tests.support.storm import PACE, Weather, storm

HOUR = timedelta(hours=1)
SLOW = Weather(latency=(2.0, 2.0))


async def another_replica_hears_of_a_pause(database: Database) -> None:
    async with database.transaction() as tx:
        pace = await tx.pace.hold(Medium.TEAMS, rate=PACE, now=hour())
        await tx.pace.keep(Medium.TEAMS, stopped(pace, until=hour() + HOUR))


def test_who_missed_a_slot_does_not_wait_for_an_hour_with_it(fresh: Fresh) -> None:
    """What is claimed is given back within its lease; a replica that closes is not held up."""

    async def story() -> None:
        async with storm(fresh(), SLOW) as opened:
            await opened.begins(AT_ONCE + 3)  # the last have to wait for an answer to the first
            await asyncio.sleep(1.8)
            await another_replica_hears_of_a_pause(opened.database)
            paused_at = hour()
            await opened.replicas[0].sender.idle()

            assert hour() - paused_at < timedelta(seconds=5)

    told(story())
