"""A database that is away for longer than a lease, in simulated time."""

import asyncio
from datetime import timedelta

from domain.delivery import DeliveryState
from scheduler.claiming import LEASE
from tests.faults.conftest import Fresh
from tests.support.breaking import breaking
from tests.support.hours import told
from tests.support.storm import Weather, storm

PEOPLE = 20
NEVER = 1_000_000_000


def test_who_sent_it_knows_and_does_not_send_it_again(fresh: Fresh) -> None:
    """BER-74: the leases have passed when it is back, but the sender has not forgotten."""

    async def story() -> None:
        async with storm(fresh(), Weather()) as opened:
            await opened.begins(PEOPLE, leaders=0)
            await asyncio.sleep(0.5)  # all have left, and not all have been answered
            with breaking() as weak:
                weak.fails_until = NEVER
                await asyncio.sleep((LEASE + timedelta(seconds=3)).total_seconds())
            await opened.replicas[0].sender.run()
            tally = await opened.ends(within=timedelta(minutes=1))

            assert tally == {DeliveryState.DELIVERED: PEOPLE}
            assert [len(each) for each in opened.teams.letters.values()] == [1] * PEOPLE

    told(story())
