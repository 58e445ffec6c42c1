"""What follows when Teams does not take a message (readiness.md §3.3)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import (
    LONGEST_WAIT,
    LONGEST_WAIT_OF_ALERTS,
    NO_CONNECTION,
    OPEN,
    UNCLEAR,
    UNTRUSTED,
    DeliveryState,
    GiveUp,
    Retry,
    StopAll,
    Throttled,
    Unreachable,
    Verdict,
    is_sent,
    verdict,
    wait_after,
)
from domain.notices import Tier

TEN_SECONDS = timedelta(seconds=10)
APP_MISSING = Unreachable(state=DeliveryState.APP_MISSING, why="app_missing")
BLOCKED = Unreachable(state=DeliveryState.BLOCKED, why="blocked")
UNKNOWN = Unreachable(state=DeliveryState.UNKNOWN, why="unknown_conversation")
UNTRUSTED_URL = Unreachable(state=DeliveryState.UNKNOWN, why="untrusted_service_url")
TIERS = st.sampled_from(Tier)


class TestVerdict:
    @pytest.mark.parametrize(
        ("status", "code", "follows"),
        [
            (400, "BadArgument", GiveUp(why="400 BadArgument")),
            (401, "BotNotRegistered", StopAll(why="401")),
            (403, "BotNotInConversationRoster", APP_MISSING),
            (403, "ForbiddenOperationException", APP_MISSING),
            (403, "ConversationBlockedByUser", BLOCKED),
            (403, "MessageWritesBlocked", BLOCKED),
            (403, "BotDisabledByAdmin", StopAll(why="BotDisabledByAdmin")),
            (403, "SomethingNew", GiveUp(why="403 SomethingNew")),
            (403, "", GiveUp(why="403")),
            (404, "ConversationNotFound", UNKNOWN),
            (404, "", GiveUp(why="404")),
            (412, "PreconditionFailed", Retry()),
            (413, "MessageSizeTooBig", GiveUp(why="413 MessageSizeTooBig")),
            (429, "", Throttled()),
            (500, "ServiceError", GiveUp(why="500 ServiceError")),
            (502, "", Retry(unclear=True)),
            (503, "", Retry()),
            (504, "", Retry(unclear=True)),
            (None, NO_CONNECTION, Retry()),
            (None, UNCLEAR, Retry(unclear=True)),
            (None, UNTRUSTED, UNTRUSTED_URL),
        ],
    )
    def test_follows_the_table_code_by_code(
        self, status: int | None, code: str, follows: Verdict
    ) -> None:
        """BER-14: one per code."""
        assert verdict(status, code, None) == follows

    @given(status=st.integers(min_value=300, max_value=599), code=st.text(max_size=40))
    def test_tries_again_after_five_statuses_and_no_other(self, status: int, code: str) -> None:
        """BER-14: 500 and 403 are not retried."""
        tried_again = isinstance(verdict(status, code, TEN_SECONDS), Retry | Throttled)

        assert tried_again == (status in {412, 429, 502, 503, 504})

    def test_waits_as_long_as_teams_says(self) -> None:
        assert verdict(429, "", TEN_SECONDS) == Throttled(after=TEN_SECONDS)
        assert verdict(412, "", TEN_SECONDS) == Retry(after=TEN_SECONDS)

    def test_lets_teams_ask_for_an_hour_at_most(self) -> None:
        for status in (429, 503):
            follows = verdict(status, "", timedelta(days=3))
            assert isinstance(follows, Retry | Throttled)
            assert follows.after == LONGEST_WAIT

    def test_gives_up_for_good_even_where_teams_said_how_long_to_wait(self) -> None:
        assert verdict(500, "", TEN_SECONDS) == GiveUp(why="500")


class TestWaitAfter:
    def test_doubles_from_a_second_until_it_nears_an_hour(self) -> None:
        waits = [wait_after(attempt, 0.5, Tier.ORDINARY) for attempt in range(1, 14)]

        assert waits[:12] == [timedelta(seconds=2**power) for power in range(12)]
        assert waits[12] == LONGEST_WAIT / 1.5

    def test_nears_a_minute_and_no_more_for_an_alert(self) -> None:
        waits = [wait_after(attempt, 1.0, Tier.ALERT) for attempt in range(1, 9)]

        assert max(waits) == waits[-1] == LONGEST_WAIT_OF_ALERTS

    def test_spreads_those_who_failed_together(self) -> None:
        early, middle, late = (wait_after(3, jitter, Tier.ALERT) for jitter in (0, 0.5, 1))

        assert early < middle < late

    @given(attempts=st.integers(min_value=1, max_value=10**9), jitter=st.floats(0, 1), tier=TIERS)
    def test_is_never_under_half_a_second_or_over_the_longest(
        self, attempts: int, jitter: float, tier: Tier
    ) -> None:
        longest = LONGEST_WAIT_OF_ALERTS if tier.is_alert else LONGEST_WAIT
        waits = wait_after(attempts, jitter, tier)

        assert timedelta(seconds=0.5) <= waits <= longest


class TestIsSent:
    @pytest.mark.parametrize("state", DeliveryState)
    def test_is_not_claimed_while_one_of_a_hundred_is_open(self, state: DeliveryState) -> None:
        """BER-13: waiting, under way or unresolved."""
        assert is_sent({DeliveryState.DELIVERED: 99, state: 1}) == (state not in OPEN)

    def test_does_not_mind_states_that_nobody_is_in(self) -> None:
        assert is_sent({DeliveryState.DELIVERED: 3, DeliveryState.READY: 0})
