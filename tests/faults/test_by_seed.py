"""Sends to 400 through the real sender, in weather drawn by seed, in simulated time.

The durations are those of the story, not of the machine that tells it.
"""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from domain.delivery import DeliveryState
from tests.faults.conftest import Fresh
from tests.support.hours import told
from tests.support.storm import LEADERS, PACE, Seen, Weather, send

EVERYBODY = 400
SEEDS = range(6)  # `dev.py bench faults` tells a hundred of each
AN_HOUR = timedelta(hours=1)


def seen(fresh: Fresh, weather: Weather, *, seed: int, replicas: int = 1) -> Seen:
    return told(
        send(fresh(), weather, people=EVERYBODY, seed=seed, replicas=replicas, within=AN_HOUR)
    )


def assert_nobody_is_lost(seen: Seen) -> None:
    """BER-13, BER-15: and who got it twice was told so."""
    assert seen.tally == {DeliveryState.DELIVERED: EVERYBODY}
    assert len(seen.first_tries) == EVERYBODY
    assert seen.reached == EVERYBODY
    assert seen.unmarked == 0


class TestFaults:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_of_two_and_two_per_cent_delay_nobody_by_two_minutes(
        self, fresh: Fresh, seed: int
    ) -> None:
        """BER-73."""
        storm = seen(fresh, Weather(throttles=0.02, breaks=0.02), seed=seed)

        assert_nobody_is_lost(storm)
        assert max(storm.first_tries) <= 120
        assert storm.most_in_a_second <= 50

    @pytest.mark.parametrize("seed", SEEDS)
    def test_of_five_and_five_per_cent_delay_nobody_by_five_minutes(
        self, fresh: Fresh, seed: int
    ) -> None:
        """BER-73."""
        storm = seen(fresh, Weather(throttles=0.05, breaks=0.05), seed=seed)

        assert_nobody_is_lost(storm)
        assert max(storm.first_tries) <= 300
        assert storm.most_in_a_second <= 50

    def test_by_three_replicas_lose_nobody_either(self, fresh: Fresh) -> None:
        """BER-80: what one has sent, no other sends."""
        weather = Weather(throttles=0.02, breaks=0.02)
        storm = seen(fresh, weather, seed=1, replicas=3)

        assert_nobody_is_lost(storm)
        assert max(storm.first_tries) <= 120
        assert storm.most_in_a_second <= 50

    def test_of_every_third_message_lose_nobody(self, fresh: Fresh) -> None:
        """BER-15, regression against F1: the throttled stay among those who wait."""
        weather = Weather(throttles=0.3, breaks=0.05, retry_after=timedelta(seconds=1))

        assert_nobody_is_lost(seen(fresh, weather, seed=1))

    def test_without_a_word_of_how_long_to_wait_lose_nobody(self, fresh: Fresh) -> None:
        """BER-15: exponential, with jitter."""
        weather = Weather(throttles=0.05, breaks=0.05, retry_after=None)

        assert_nobody_is_lost(seen(fresh, weather, seed=1))


class TestALimit:
    @pytest.mark.parametrize("replicas", [1, 3])
    def test_of_fifty_a_second_is_used_and_never_met(self, fresh: Fresh, replicas: int) -> None:
        """BER-75 and BER-72, as adapted: leaders first, and no 429."""
        storm = seen(fresh, Weather(), seed=1, replicas=replicas)

        assert_nobody_is_lost(storm)
        assert sorted(storm.first_tries)[LEADERS - 1] <= 1.5
        assert sorted(storm.first_tries)[EVERYBODY // 2 - 1] <= 5
        assert max(storm.arrived) <= 9.5
        assert storm.most_in_a_second <= PACE + 1
        assert storm.refused == 0

    @pytest.mark.parametrize("replicas", [1, 3])
    @pytest.mark.parametrize(("per_second", "within"), [(30, 16), (10, 48)])
    def test_lower_than_said_is_found_out(
        self, fresh: Fresh, per_second: int, within: float, replicas: int
    ) -> None:
        """BER-15: nobody lost, and hardly slower than if we had known."""
        storm = seen(fresh, Weather(per_second=per_second), seed=1, replicas=replicas)

        assert_nobody_is_lost(storm)
        assert max(storm.arrived) <= within
        assert storm.repeats == 0


class TestSlowTeams:
    def test_gets_nothing_twice_while_it_takes_its_time(self, fresh: Fresh) -> None:
        """BER-80: what waits behind slow answers is given back before its lease passes."""
        storm = seen(fresh, Weather(latency=(7.0, 8.0)), seed=1, replicas=2)

        assert_nobody_is_lost(storm)
        assert storm.repeats == 0


def test_a_seed_tells_the_same_story_twice(fresh: Fresh) -> None:
    weather = Weather(throttles=0.05, breaks=0.05)
    stories: Sequence[Seen] = [seen(fresh, weather, seed=7) for _ in range(2)]

    assert stories[0] == stories[1]
