"""The token that always holds: cached, renewed ahead, asked for once at a time."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from graph.tokens import Grant, TokenRefused, Tokens

MONDAY_NOON = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
AT_ONCE = timedelta(0)


class Giver:
    """Gives token-1, token-2 … each for an hour, when let; refuses when told to."""

    def __init__(self) -> None:
        self.now = MONDAY_NOON
        self.asked = 0
        self.refuses = False
        self.code = "invalid_client"
        self.lets = asyncio.Event()
        self.lets.set()
        self.is_asked = asyncio.Event()

    async def fetch(self) -> Grant:
        self.asked += 1
        self.is_asked.set()
        number = self.asked
        await self.lets.wait()
        if self.refuses:
            raise TokenRefused(self.code)
        return Grant(token=f"token-{number}", lifetime=HOUR)

    def tokens(self, *, rest: timedelta = AT_ONCE) -> Tokens:
        return Tokens(self.fetch, now=lambda: self.now, rest=rest)


async def test_a_token_is_asked_for_once_and_kept() -> None:
    giver = Giver()
    tokens = giver.tokens()

    assert [await tokens.get(), await tokens.get()] == ["token-1", "token-1"]
    assert giver.asked == 1


async def test_many_who_need_the_first_token_wait_for_the_same_one() -> None:
    giver = Giver()
    tokens = giver.tokens()
    giver.lets.clear()
    waiting = [asyncio.create_task(tokens.get()) for _ in range(20)]
    await giver.is_asked.wait()
    giver.lets.set()

    assert set(await asyncio.gather(*waiting)) == {"token-1"}
    assert giver.asked == 1


async def test_who_cannot_wait_is_refused_a_slow_token_and_finds_it_the_next_time() -> None:
    giver = Giver()
    tokens = giver.tokens()
    giver.lets.clear()
    patient = asyncio.create_task(tokens.get())
    await giver.is_asked.wait()
    with pytest.raises(TokenRefused, match="slow"):
        await asyncio.wait_for(tokens.get(within=AT_ONCE), timeout=5)
    giver.lets.set()

    assert await patient == "token-1"  # what was asked for is not given up for the hurried one
    assert await tokens.get(within=AT_ONCE) == "token-1"
    assert giver.asked == 1


async def test_nobody_waits_while_an_old_token_is_renewed_ahead() -> None:
    giver = Giver()
    tokens = giver.tokens()
    await tokens.get()
    giver.now += HOUR - timedelta(minutes=3)
    giver.lets.clear()
    giver.is_asked.clear()

    assert await tokens.get() == "token-1"  # and the next one is on its way
    await giver.is_asked.wait()
    assert await tokens.get() == "token-1"
    giver.lets.set()
    await _renewed()
    assert await tokens.get() == "token-2"
    assert giver.asked == 2


async def test_a_renewal_that_fails_leaves_the_old_token_and_is_not_hurried() -> None:
    giver = Giver()
    tokens = giver.tokens()
    await tokens.get()
    giver.refuses = True
    giver.now += HOUR - timedelta(minutes=3)
    for _ in range(10):
        assert await tokens.get() == "token-1"
        await _renewed()

    assert giver.asked == 2
    giver.now += timedelta(minutes=1)
    assert await tokens.get() == "token-1"
    await _renewed()
    assert giver.asked == 3


async def test_without_any_token_the_refusal_is_told_and_the_next_one_asks_again() -> None:
    giver = Giver()
    giver.refuses = True
    tokens = giver.tokens()
    with pytest.raises(TokenRefused, match="invalid_client"):
        await tokens.get()
    giver.refuses = False

    assert await tokens.get() == "token-2"


async def test_who_said_no_is_left_alone_for_a_while() -> None:
    """MTG-18: no storm, however many want a token."""
    giver = Giver()
    giver.refuses = True
    tokens = giver.tokens(rest=MINUTE)
    for _ in range(10):
        with pytest.raises(TokenRefused, match="invalid_client"):
            await tokens.get()
    assert giver.asked == 1

    giver.now += MINUTE
    giver.refuses = False
    assert await tokens.get() == "token-2"


async def test_who_was_not_reached_is_asked_again_at_once() -> None:
    giver = Giver()
    giver.refuses, giver.code = True, "notReached"
    tokens = giver.tokens(rest=MINUTE)
    with pytest.raises(TokenRefused, match="notReached"):
        await tokens.get()
    giver.refuses = False

    assert await tokens.get() == "token-2"


async def test_a_refusal_does_not_cost_a_token_that_still_holds() -> None:
    giver = Giver()
    tokens = giver.tokens(rest=HOUR)
    await tokens.get()
    giver.refuses = True
    giver.now += HOUR - timedelta(minutes=3)
    assert await tokens.get() == "token-1"
    await _renewed()

    assert await tokens.get() == "token-1"


async def test_a_token_that_ran_out_is_never_given() -> None:
    giver = Giver()
    tokens = giver.tokens()
    await tokens.get()
    giver.now += HOUR

    assert await tokens.get() == "token-2"


async def test_a_token_that_teams_refused_is_not_used_again() -> None:
    giver = Giver()
    tokens = giver.tokens()
    tokens.forget(await tokens.get())

    assert await tokens.get() == "token-2"


async def test_an_older_token_refused_late_does_not_cost_the_new_one() -> None:
    giver = Giver()
    tokens = giver.tokens()
    old = await tokens.get()
    tokens.forget(old)
    new = await tokens.get()
    tokens.forget(old)

    assert await tokens.get() == new


def test_a_grant_does_not_show_its_token() -> None:
    """AC-LOG-01."""
    assert "confidential" not in repr(Grant(token="confidential", lifetime=HOUR))


async def _renewed() -> None:
    """Wait for the renewal that nobody waits for."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)
