"""Whose keys we trust, and what happens when they change or cannot be had (AC-AUTH-08, 09)."""

import asyncio
from datetime import timedelta

import jwt
import pytest

from tests.support.door import (
    FIRST_KEY,
    MONDAY_NOON,
    SECOND,
    TEAMS,
    Knocker,
    knocker,
    message,
)
from tests.support.issuer import make_key

NOW = int(MONDAY_NOON.timestamp())
LEEWAY = 60
LONG_GARBAGE = "Bearer " + "A" * 4000


class TestAKeyWeDoNotKnow:
    async def test_is_asked_for_and_then_trusted(self, outside: Knocker) -> None:
        """AC-AUTH-08: a rotation is picked up at once."""
        await outside.sends()
        outside.issuer.keys["second"] = make_key()

        reply = await outside.sends(token=outside.token(kid="second"))

        assert (reply.status, outside.issuer.asked) == (200, 2)

    async def test_is_asked_for_once_in_half_a_minute(self, outside: Knocker) -> None:
        """AC-AUTH-08: inventing key ids costs the issuer nothing."""
        await outside.sends()
        claims = outside.issuer.claims(now=outside.at, service_url=TEAMS)
        invented = [
            jwt.encode(claims, FIRST_KEY, "RS256", headers={"kid": f"invented-{n}"})
            for n in range(20)
        ]

        replies = [await outside.sends(token=token) for token in invented]

        assert {reply.status for reply in replies} == {401}
        assert outside.issuer.asked == 2

    async def test_is_asked_for_again_after_half_a_minute(self, outside: Knocker) -> None:
        """AC-AUTH-08."""
        await outside.sends()
        claims = outside.issuer.claims(now=outside.at, service_url=TEAMS)
        invented = jwt.encode(claims, FIRST_KEY, "RS256", headers={"kid": "invented"})
        await outside.sends(token=invented)
        outside.at += 30 * SECOND

        await outside.sends(token=invented)

        assert outside.issuer.asked == 3

    async def test_is_refused_when_it_does_not_speak_for_teams(self, outside: Knocker) -> None:
        """AC-AUTH-02: a key of the issuer's that is endorsed for other channels only."""
        await outside.sends()
        outside.issuer.endorsements = ["webchat"]
        outside.issuer.keys["second"] = make_key()

        reply = await outside.sends(token=outside.token(kid="second"))

        assert reply.status == 401

    @pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
    async def test_is_not_trusted_when_it_is_short(self, outside: Knocker) -> None:
        """AC-AUTH-02: 1,024 bits are no longer a seal."""
        await outside.sends()
        outside.issuer.keys["short"] = make_key(1024)

        reply = await outside.sends(token=outside.token(kid="short"))

        assert reply.status == 401


async def test_a_withdrawn_key_no_longer_opens_for_tokens_we_remember(outside: Knocker) -> None:
    """AC-AUTH-08."""
    remembered = outside.token()
    await outside.sends(token=remembered)
    outside.issuer.keys = {"second": make_key()}
    await outside.sends(token=outside.token(kid="second"))

    reply = await outside.sends(token=remembered)

    assert reply.status == 401


class TestASlowKeyServer:
    async def test_holds_up_only_those_who_need_it(self, outside: Knocker) -> None:
        """AC-AUTH-09: the others are answered while one still waits."""
        await outside.sends()
        outside.issuer.keys["second"] = make_key()
        outside.issuer.pause.clear()
        outside.issuer.waiting.clear()
        waits = asyncio.create_task(outside.sends(token=outside.token(kid="second")))
        await outside.issuer.is_asked()

        others = [await outside.sends(message(id=str(n))) for n in range(5)]
        alive = await outside.asks("GET", "/healthz")
        still_waits = not waits.done()
        outside.issuer.pause.set()

        assert {reply.status for reply in [*others, alive]} == {200}
        assert still_waits
        assert (await waits).status == 200

    async def test_is_asked_once_for_all_who_wait(self, outside: Knocker) -> None:
        """AC-AUTH-09."""
        await outside.sends()
        outside.issuer.keys["second"] = make_key()
        outside.issuer.pause.clear()
        outside.issuer.waiting.clear()
        tokens = [outside.token(kid="second", jti=str(n)) for n in range(10)]
        waiting = [asyncio.create_task(outside.sends(token=token)) for token in tokens]
        await outside.issuer.is_asked()
        outside.issuer.pause.set()

        replies = await asyncio.gather(*waiting)

        assert {reply.status for reply in replies} == {200}
        assert outside.issuer.asked == 2

    async def test_is_asked_once_however_long_it_thinks(self) -> None:
        """AC-AUTH-09: also from the start, when there are no keys to go by."""
        async with knocker() as outside:
            outside.issuer.pause.clear()
            first = asyncio.create_task(outside.sends())
            await outside.issuer.is_asked()
            outside.at += 4 * SECOND
            second = asyncio.create_task(outside.sends())
            await outside.asks("GET", "/healthz")
            outside.issuer.pause.set()

            replies = await asyncio.gather(first, second)

        assert [reply.status for reply in replies] == [200, 200]
        assert outside.issuer.asked == 1


class TestAnOutageOfTheKeyServer:
    @pytest.mark.parametrize(
        ("passed", "status"),
        [
            (timedelta(hours=24), 200),
            (timedelta(hours=48), 200),
            (timedelta(hours=48) + SECOND, 503),
        ],
        ids=str,
    )
    async def test_is_survived_for_a_day_past_the_day_that_keys_are_fresh(
        self, outside: Knocker, passed: timedelta, status: int
    ) -> None:
        """AC-AUTH-09."""
        await outside.sends()
        outside.issuer.broken = True
        outside.at += passed

        assert (await outside.sends()).status == status

    async def test_from_the_start_is_not_the_callers_fault(self, outside: Knocker) -> None:
        """AC-AUTH-09, AC-IN-03: Teams is asked to come back, and is let in when it does."""
        outside.issuer.broken = True
        before = await outside.sends()
        outside.issuer.broken = False
        outside.at += 2 * SECOND

        assert (before.status, before.headers["Retry-After"]) == (503, "30")
        assert (await outside.sends()).status == 200


async def test_keys_are_fetched_anew_after_a_day(outside: Knocker) -> None:
    """AC-AUTH-09: behind the back of the caller that notices."""
    await outside.sends()
    outside.at += timedelta(hours=24, seconds=1)
    outside.issuer.waiting.clear()
    await outside.sends()

    await outside.issuer.is_asked()

    assert outside.issuer.asked == 2
