"""What follows when Teams does not take a message (readiness.md §3.3)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import (
    APP_MISSING,
    BLOCKED,
    FIRST_WAIT,
    LONGEST_WAIT,
    NO_CONNECTION,
    UNCLEAR,
    UNKNOWN_CONVERSATION,
    UNTRUSTED,
    GiveUp,
    Retry,
    StopAll,
    Unreachable,
    Verdict,
    verdict,
    wait_after,
)

TEN_SECONDS = timedelta(seconds=10)


class TestVerdict:
    @pytest.mark.parametrize(
        ("status", "code", "follows"),
        [
            (400, "BadArgument", GiveUp(why="400 BadArgument")),
            (401, "BotNotRegistered", StopAll(why="401")),
            (403, "BotNotInConversationRoster", Unreachable(why=APP_MISSING)),
            (403, "ForbiddenOperationException", Unreachable(why=APP_MISSING)),
            (403, "ConversationBlockedByUser", Unreachable(why=BLOCKED)),
            (403, "MessageWritesBlocked", Unreachable(why=BLOCKED)),
            (403, "BotDisabledByAdmin", StopAll(why="BotDisabledByAdmin")),
            (403, "SomethingNew", GiveUp(why="403 SomethingNew")),
            (403, "", GiveUp(why="403")),
            (404, "ConversationNotFound", Unreachable(why=UNKNOWN_CONVERSATION)),
            (404, "", GiveUp(why="404")),
            (412, "PreconditionFailed", Retry()),
            (413, "MessageSizeTooBig", GiveUp(why="413 MessageSizeTooBig")),
            (429, "", Retry()),
            (500, "ServiceError", GiveUp(why="500 ServiceError")),
            (502, "", Retry()),
            (503, "", Retry()),
            (504, "", Retry()),
            (None, NO_CONNECTION, Retry()),
            (None, UNCLEAR, Retry()),
            (None, UNTRUSTED, Unreachable(why="untrusted_service_url")),
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
        tried_again = isinstance(verdict(status, code, TEN_SECONDS), Retry)

        assert tried_again == (status in {412, 429, 502, 503, 504})

    def test_waits_as_long_as_teams_says(self) -> None:
        assert verdict(429, "", TEN_SECONDS) == Retry(after=TEN_SECONDS)

    def test_lets_teams_ask_for_an_hour_at_most(self) -> None:
        assert verdict(503, "", timedelta(days=3)) == Retry(after=LONGEST_WAIT)

    def test_gives_up_for_good_even_where_teams_said_how_long_to_wait(self) -> None:
        assert verdict(500, "", TEN_SECONDS) == GiveUp(why="500")


class TestWaitAfter:
    def test_doubles_from_a_minute_until_it_nears_an_hour(self) -> None:
        waits = [wait_after(attempt, 0) for attempt in range(1, 9)]

        assert waits == [timedelta(minutes=m) for m in (1, 2, 4, 8, 16, 32, 40, 40)]

    def test_spreads_those_who_failed_together(self) -> None:
        assert wait_after(3, 0) < wait_after(3, 0.5) < wait_after(3, 1)

    @given(attempts=st.integers(min_value=1, max_value=10**9), jitter=st.floats(0, 1))
    def test_is_never_under_a_minute_or_over_an_hour(self, attempts: int, jitter: float) -> None:
        assert FIRST_WAIT <= wait_after(attempts, jitter) <= LONGEST_WAIT
