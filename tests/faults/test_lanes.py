"""Who goes first, and what one conversation may get, in simulated time (teams.md §5)."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from domain.delivery import DeliveryState
from domain.notices import Notice, Tier
from domain.people import PersonId
from tests.faults.conftest import Fresh
from tests.support.hours import hour, told
from tests.support.post import BO, address_of
from tests.support.storm import ABOUT, KIND, LEADERS, Storm, Weather, storm

MANY = 1_000
OTHERS = [PersonId(f"other-{number}") for number in range(40)]


def to(person: PersonId, *, tier: Tier = Tier.ORDINARY, round: int = 1) -> Notice:
    return Notice(kind=KIND, about=ABOUT, due_at=hour(), person=person, tier=tier, round=round)


def to_bo(count: int) -> Sequence[Notice]:
    return [to(BO, round=number) for number in range(1, count + 1)]


def seconds_until(opened: Storm, people: Sequence[PersonId], *, since: float) -> Sequence[float]:
    """Tell after how many seconds each of them was first written to."""
    return [opened.teams.tried[address_of(each).conversation_id] - since for each in people]


@pytest.mark.parametrize("replicas", [1, 3])
def test_a_thousand_to_one_conversation_do_not_delay_forty_others(
    fresh: Fresh, replicas: int
) -> None:
    """Nor do they break a window of that conversation: 7/1 s, 8/2 s, 60/30 s."""

    async def story() -> None:
        async with storm(fresh(), Weather(), replicas=replicas) as opened:
            await opened.promises(to_bo(MANY))
            await asyncio.sleep(60)
            since = asyncio.get_running_loop().time()
            await opened.promises(list(map(to, OTHERS)))
            tally = await opened.ends(within=timedelta(hours=1))
            waited = seconds_until(opened, OTHERS, since=since)

            assert tally == {DeliveryState.DELIVERED: MANY + len(OTHERS)}
            assert max(waited) <= 3
            assert opened.teams.arrivals.throttled == 0
            assert asyncio.get_running_loop().time() <= 600  # 60 in 30 s are 500 s

    told(story())


def test_one_conversation_gets_1_800_in_an_hour_and_the_rest_afterwards(fresh: Fresh) -> None:
    async def story() -> None:
        async with storm(fresh(), Weather()) as opened:
            await opened.promises(to_bo(1_830))
            tally = await opened.ends(within=timedelta(hours=2))

            assert tally == {DeliveryState.DELIVERED: 1_830}
            assert opened.teams.arrivals.throttled == 0
            assert 3_600 <= asyncio.get_running_loop().time() <= 3_660

    told(story())


def test_seven_at_once_to_one_conversation_go_at_once(fresh: Fresh) -> None:
    async def story() -> None:
        async with storm(fresh(), Weather()) as opened:
            await opened.promises(to_bo(7))
            await opened.ends(within=timedelta(seconds=2))

            [instants] = opened.teams.arrivals.sends.values()
            assert len(instants) == 7
            assert max(instants) < 0.5

    told(story())


@pytest.mark.parametrize("replicas", [1, 3])
def test_leaders_go_first_also_while_a_large_send_is_under_way(
    fresh: Fresh, replicas: int
) -> None:
    """BER-72 as adapted."""
    leaders = OTHERS[:LEADERS]

    async def story() -> None:
        async with storm(fresh(), Weather(), replicas=replicas) as opened:
            await opened.begins(400, leaders=0)
            await asyncio.sleep(3)
            since = asyncio.get_running_loop().time()
            await opened.promises([to(each, tier=Tier.ALERT_LEADERS) for each in leaders])
            await opened.ends(within=timedelta(seconds=30))

            assert max(seconds_until(opened, leaders, since=since)) <= 1.5
            assert opened.teams.arrivals.throttled == 0

    told(story())
