"""How fast we may send: the slots of a pace, and what it falls to."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pacing import (
    HORIZON,
    MOST,
    SECOND,
    SLOWEST,
    Pace,
    counted,
    slots,
    spent,
    stopped,
    throttled,
)

NOON = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)
SETTING = 45.0
MOMENT = timedelta(microseconds=1)

settings = st.floats(min_value=1, max_value=MOST)
fractions = st.floats(min_value=0, max_value=1)


def fresh(*, rate: float = SETTING) -> Pace:
    return Pace.fresh(rate=rate, now=NOON)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


# What may happen to a pace, so many milliseconds after what happened before
asks = st.tuples(st.just("asks"), st.integers(0, 400), st.integers(0, 300))
refusals = st.tuples(st.just("refusal"), st.integers(0, 3_000), st.integers(0, 500))
others = st.tuples(st.sampled_from(["spent", "taken"]), st.integers(0, 3_000), st.integers(1, 9))
happenings = st.lists(st.one_of(asks, asks, asks, refusals, others), max_size=60)


class TestSlots:
    @given(setting=settings, happenings=happenings, skew=st.integers(-200, 200))
    def test_are_never_closer_than_the_pace_whoever_asks_and_whatever_happens(
        self, setting: float, happenings: Sequence[tuple[str, int, int]], skew: int
    ) -> None:
        """BER-75 as adapted: also when every second question comes by a clock that differs."""
        pace, now = fresh(rate=setting), NOON
        given: list[tuple[datetime, float]] = []
        for number, (what, milliseconds, count) in enumerate(happenings):
            now += timedelta(milliseconds=milliseconds)
            by_the_clock = now + (number % 2) * timedelta(milliseconds=skew)
            if what == "asks":
                pace, these = slots(pace, wanted=count, most=setting, now=by_the_clock)
                assert not (these and by_the_clock < pace.paused_until)
                assert all(by_the_clock <= each <= by_the_clock + HORIZON for each in these)
                given += [(each, pace.rate) for each in these]
            elif what == "refusal":
                begun_at = now - timedelta(milliseconds=count)
                pace = throttled(
                    pace, begun_at=begun_at, retry_after=None, jitter=0.5, now=by_the_clock
                )
            elif what == "spent":
                pace = spent(pace, count=count, most=setting, now=by_the_clock)
            else:
                pace = counted(pace, taken=count, now=by_the_clock)
            assert pace.rate <= setting + 1e-9

        for (earlier, rate), (later, _) in pairwise(given):
            assert later - earlier >= SECOND / rate - MOMENT

    @given(setting=settings)
    def test_of_any_sliding_second_are_never_more_than_the_setting(self, setting: float) -> None:
        pace, given = fresh(rate=setting), list[datetime]()
        for tick in range(40):
            pace, these = slots(pace, wanted=99, most=setting, now=after(tick / 10))
            given += these

        for first in given:
            in_the_second = [each for each in given if first <= each < first + SECOND]
            assert len(in_the_second) <= setting + 1

    def test_are_given_out_without_gaps_while_somebody_asks_often_enough(self) -> None:
        pace, given = fresh(), list[datetime]()
        for tick in range(100):
            pace, these = slots(pace, wanted=99, most=SETTING, now=after(tick / 10))
            given += these

        assert len(given) >= 9.9 * SETTING
        assert max(later - earlier for earlier, later in pairwise(given)) <= SECOND / SETTING

    def test_that_nobody_took_are_not_made_up_for(self) -> None:
        pace, _ = slots(fresh(), wanted=1, most=SETTING, now=NOON)
        _, given = slots(pace, wanted=99, most=SETTING, now=after(60))

        assert given[0] == after(60)
        assert len(given) <= SETTING / 4 + 1

    @given(wait=st.integers(1, 3_000), wanted=st.integers(1, 99))
    def test_are_none_while_paused_and_begin_when_the_pause_ends(
        self, wait: int, wanted: int
    ) -> None:
        until = after(wait)
        pace = stopped(fresh(), until=until)

        assert slots(pace, wanted=wanted, most=SETTING, now=until - MOMENT) == (pace, ())
        _, given = slots(pace, wanted=wanted, most=SETTING, now=until)
        assert given[0] == until

    def test_stand_back_for_who_was_answered_meanwhile(self) -> None:
        pace = spent(fresh(), count=9, most=SETTING, now=NOON)
        _, given = slots(pace, wanted=1, most=SETTING, now=NOON)

        assert given == [NOON + 9 * SECOND / SETTING]

    def test_leave_what_lies_below_the_ceiling_to_who_is_answered(self) -> None:
        """Of 50 a second 45 are ours: five answers in a second take no slot, the sixth does."""
        five, six = (
            slots(
                spent(fresh(), count=count, most=SETTING, now=after(1)),
                wanted=1,
                most=SETTING,
                now=after(1),
            )[1]
            for count in (5, 6)
        )

        assert [five, six] == [[after(1)], [after(1) + SECOND / SETTING]]


class TestThrottled:
    @given(
        rate=settings,
        begun=st.lists(st.integers(0, 1_000), min_size=1, max_size=20),
        retry_after=st.none() | st.integers(1, 60),
    )
    def test_falls_once_for_an_event_and_to_half_at_most(
        self, rate: float, begun: Sequence[int], retry_after: int | None
    ) -> None:
        """All refusals of messages that had begun before the fall are one event."""
        wait = None if retry_after is None else timedelta(seconds=retry_after)
        pace = fresh(rate=rate)
        for milliseconds in begun:
            begun_at = NOON - timedelta(milliseconds=milliseconds) + SECOND / 2
            pace = throttled(pace, begun_at=begun_at, retry_after=wait, jitter=0.5, now=after(1))

        assert pace.throttled == 1
        assert pace.fell_from == rate
        slowest = min(rate, max(SLOWEST, rate / 2))
        assert slowest <= pace.rate <= max(slowest, 0.95 * rate)

    def test_sees_what_teams_takes_also_when_somebody_was_answered_before(self) -> None:
        """A reply just before a send must not make the send look like part of a longer run."""
        pace, begun = spent(fresh(), count=9, most=SETTING, now=after(60)), list[datetime]()
        for tick in range(7):
            pace, these = slots(pace, wanted=99, most=SETTING, now=after(60 + tick / 10))
            begun += these
        pace = throttled(pace, begun_at=begun[30], retry_after=SECOND, jitter=0.5, now=after(60.9))

        assert pace.rate < 0.93 * 36

    def test_counts_a_run_from_its_first_message_also_when_all_is_new(self) -> None:
        pace, _ = slots(fresh(), wanted=0, most=SETTING, now=NOON)
        pace, [first, *_] = slots(pace, wanted=99, most=SETTING, now=after(0.4))

        assert pace.run_began_at == first == after(0.4)

    def test_begins_a_new_run_after_a_long_pause(self) -> None:
        pace, _ = slots(fresh(), wanted=99, most=SETTING, now=NOON)
        pace = throttled(pace, begun_at=NOON, retry_after=SECOND, jitter=0.5, now=after(0.2))
        pace, [first, *_] = slots(pace, wanted=99, most=SETTING, now=after(1.2))

        assert pace.run_began_at == first == after(1.2)

    def test_falls_to_what_teams_was_seen_to_take(self) -> None:
        """Of a run at 45 a second the refusal came after 30 had begun: Teams takes about 30."""
        pace, begun = fresh(), list[datetime]()
        for tick in range(7):
            pace, these = slots(pace, wanted=99, most=SETTING, now=after(tick / 10))
            begun += these
        pace = throttled(pace, begun_at=begun[30], retry_after=SECOND, jitter=0.5, now=after(0.9))

        assert pace.rate == pytest.approx(0.93 * 30, rel=1e-3)

    def test_falls_again_when_what_began_later_is_refused_too(self) -> None:
        pace = throttled(fresh(), begun_at=NOON, retry_after=SECOND, jitter=0.5, now=after(1))
        once = pace.rate
        pace = throttled(pace, begun_at=after(2), retry_after=SECOND, jitter=0.5, now=after(3))

        assert (pace.throttled, pace.fell_from) == (2, once)
        assert pace.rate < once

    def test_never_falls_so_low_that_chance_could_starve_a_send(self) -> None:
        pace = fresh()
        for number in range(50):
            pace = throttled(
                pace,
                begun_at=after(10 * number),
                retry_after=SECOND,
                jitter=0.5,
                now=after(10 * number + 1),
            )

        assert pace.rate == SLOWEST

    @given(seconds=st.lists(st.floats(0, 60), min_size=1, max_size=30))
    def test_climbs_back_slowly_and_never_above_the_setting(
        self, seconds: Sequence[float]
    ) -> None:
        pace = throttled(fresh(), begun_at=NOON, retry_after=SECOND, jitter=0.5, now=NOON)
        now, rates = NOON, [pace.rate]
        for each in [*seconds, *[60.0] * 20]:
            now += timedelta(seconds=each)
            pace, _ = slots(pace, wanted=1, most=SETTING, now=now)
            rates.append(pace.rate)

        assert all(earlier <= later for earlier, later in pairwise(rates))
        assert rates[-1] == SETTING
        assert all(
            later <= earlier * (1 + 0.002 * wait + 1e-9)
            for (earlier, later), wait in zip(pairwise(rates), seconds, strict=False)
        )

    def test_pauses_for_as_long_as_teams_asks_and_the_longest_of_several(self) -> None:
        """BER-15."""
        pace = fresh()
        for seconds in (5, 17, 3):
            wait = timedelta(seconds=seconds)
            pace = throttled(pace, begun_at=NOON, retry_after=wait, jitter=0.5, now=after(1))

        assert pace.paused_until == after(18)

    def test_pauses_longer_each_time_in_a_row_when_teams_does_not_say(self) -> None:
        """BER-15: until a message is taken in between; a minute and a half at most."""
        pace, now, pauses = fresh(), NOON, []
        for _ in range(9):
            pace = throttled(pace, begun_at=now, retry_after=None, jitter=0.5, now=now)
            pauses.append((pace.paused_until - now).total_seconds())
            now = pace.paused_until + SECOND
        pace = counted(pace, taken=1, now=now)
        pace = throttled(pace, begun_at=now, retry_after=None, jitter=0.5, now=now)

        assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
        assert pace.paused_until - now == SECOND

    def test_pauses_for_a_late_refusal_too(self) -> None:
        """Of the same event, after others of it have been taken."""
        pace = throttled(fresh(), begun_at=NOON, retry_after=None, jitter=0.5, now=after(1))
        pace = counted(pace, taken=1, now=after(1))
        pace = throttled(pace, begun_at=NOON, retry_after=None, jitter=0.5, now=after(2))

        assert pace.paused_until == after(3)

    @given(jitter=fractions)
    def test_spreads_the_ends_of_pauses(self, jitter: float) -> None:
        pace = throttled(fresh(), begun_at=NOON, retry_after=None, jitter=jitter, now=NOON)

        assert pace.paused_until == NOON + SECOND * (0.5 + jitter)
