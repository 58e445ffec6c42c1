"""The pace as time goes by and back, what was refused, and what one conversation may get."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.pacing import (
    CLOCKS_DIFFER,
    LANE_LIMITS,
    MINUTE,
    believed,
    counted,
    lane_free_at,
    refused_share,
    slots,
    stopped,
    throttled,
)
from tests.unit.test_pacing import MOMENT, NOON, SETTING, after, fresh


class TestAClockSetBack:
    @given(
        back=st.integers(min_value=2, max_value=100_000),
        what=st.sampled_from(["sent", "throttled", "stopped"]),
    )
    def test_blocks_nobody(self, back: int, what: str) -> None:
        pace, _ = slots(fresh(), wanted=99, most=SETTING, now=NOON)
        if what == "throttled":
            pace = throttled(pace, begun_at=NOON, retry_after=None, jitter=0.5, now=NOON)
        elif what == "stopped":
            pace = stopped(pace, until=after(300))
        now = NOON - back * MINUTE
        pace = believed(pace, now=now)
        pace, given = slots(pace, wanted=5, most=SETTING, now=now)

        assert len(given) == 5
        fallen = throttled(pace, begun_at=given[-1], retry_after=None, jitter=0.5, now=now)
        assert fallen.rate < pace.rate
        climbed, _ = slots(fallen, wanted=1, most=SETTING, now=now + 10 * MINUTE)
        assert climbed.rate > fallen.rate

    @given(ahead=st.integers(0, 59))
    def test_is_not_suspected_where_replicas_differ_a_little(self, ahead: int) -> None:
        pace, _ = slots(fresh(), wanted=99, most=SETTING, now=NOON)
        behind = NOON - timedelta(seconds=ahead)

        assert believed(pace, now=behind) == pace

    def test_keeps_the_rate_that_was_found(self) -> None:
        slow = replace(fresh(), rate=12.0)

        assert believed(slow, now=NOON - 2 * CLOCKS_DIFFER).rate == 12.0


class TestRefusedShare:
    def test_is_of_the_last_whole_minute(self) -> None:
        """BER-79."""
        pace = counted(fresh(), taken=30, turned_away=10, now=after(1))
        assert refused_share(pace, now=after(59)) == 0.0

        assert refused_share(pace, now=after(61)) == 0.25
        pace = counted(pace, taken=5, now=after(61))
        assert refused_share(pace, now=after(90)) == 0.25
        assert refused_share(pace, now=after(122)) == 0.0

    def test_is_nothing_when_nothing_was_sent_for_long(self) -> None:
        pace = counted(fresh(), taken=1, turned_away=9, now=after(1))

        assert refused_share(pace, now=after(3_600)) == 0.0
        assert refused_share(fresh(), now=after(61)) == 0.0


class TestALane:
    @given(
        ago=st.lists(st.integers(0, 70_000), max_size=150).map(sorted),
        now=st.integers(60_000, 80_000),
    )
    def test_is_free_at_the_first_instant_that_breaks_no_window(
        self, ago: Sequence[int], now: int
    ) -> None:
        """teams.md §5: beside counting every window by hand."""
        begun = [NOON + timedelta(milliseconds=each) for each in ago]
        at = NOON + timedelta(milliseconds=now)
        free_at = lane_free_at(begun, now=at)

        assert free_at >= at
        assert may_begin(begun, free_at)
        assert free_at == at or not may_begin(begun, free_at - MOMENT)

    def test_takes_at_most_1_800_in_an_hour(self) -> None:
        begun = [after(2 * number) for number in range(1_800)]

        assert lane_free_at(begun, now=after(3_599)) == after(3_600)


def may_begin(begun: Sequence[datetime], at: datetime) -> bool:
    return all(sum(at - window < each for each in begun) < count for count, window in LANE_LIMITS)
