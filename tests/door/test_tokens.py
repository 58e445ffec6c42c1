"""Only calls that Teams signed for us, for now, are let in (AC-AUTH 02, 03, 05, 08, 09)."""

import asyncio
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.door import (
    FIRST_KEY,
    MONDAY_NOON,
    SECOND,
    SETTINGS,
    TEAMS,
    Knocker,
    knocker,
    message,
)
from tests.support.issuer import make_key

NOW = int(MONDAY_NOON.timestamp())
LEEWAY = 60
LONG_GARBAGE = "Bearer " + "A" * 4000


async def test_a_genuine_call_is_a_turn_with_the_persons_identity(outside: Knocker) -> None:
    """AC-AUTH-02, and AC-AUTH-10: the person is the one that the activity names."""
    reply = await outside.sends()

    [(activity, identity)] = outside.turns
    assert reply.status == 200
    assert activity["text"] == "hej"
    assert identity.aad_id == "a0000000-0000-4000-8000-00000000000a"
    assert identity.claims["serviceurl"] == TEAMS


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another-app"},
        {"aud": None},
        {"aud": ["another-app", "0b4f4c61-6d4c-4b53-a1f6-2f6f7b1f0c11"]},
        {"iss": "https://example.org"},
        {"iss": None},
        {"exp": None},
        {"nbf": None},
        {"exp": NOW - LEEWAY - 1},
        {"nbf": NOW + LEEWAY + 1},
        {"iat": NOW + LEEWAY + 1},
        {"exp": "tomorrow"},
        {"exp": True},
        {"nbf": "yesterday"},
        {"serviceurl": None},
        {"serviceurl": "https://smba.trafficmanager.net/amer/"},
    ],
    ids=str,
)
async def test_a_token_with_a_wrong_claim_is_refused(
    outside: Knocker, changes: dict[str, Any]
) -> None:
    """AC-AUTH-02, AC-AUTH-05, AC-AUTH-07."""
    reply = await outside.sends(token=outside.token(**changes))

    assert (reply.status, outside.turns) == (401, [])


@pytest.mark.parametrize(
    "issuer",
    [
        "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
        "https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0",
        "https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/",
        "https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0",
        "https://sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e/",
    ],
)
async def test_emulators_and_skills_are_nobody(outside: Knocker, issuer: str) -> None:
    """AC-AUTH-03."""
    reply = await outside.sends(token=outside.token(iss=issuer, ver="1.0", appid="x"))

    assert (reply.status, outside.turns) == (401, [])


def _base64(said: bytes) -> bytes:
    return urlsafe_b64encode(said).rstrip(b"=")


def _unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "first"})


def _sealed_with_the_public_key(claims: dict[str, Any]) -> str:
    pem = FIRST_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = {"alg": "HS256", "typ": "JWT", "kid": "first"}
    said = b".".join(_base64(json.dumps(part).encode()) for part in (head, claims))
    return (said + b"." + _base64(hmac.digest(pem, said, "sha256"))).decode()


def _by_another_algorithm(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, FIRST_KEY, algorithm="RS512", headers={"kid": "first"})


def _by_another_hand(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, make_key(), algorithm="RS256", headers={"kid": "first"})


def _without_key_id(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, FIRST_KEY, algorithm="RS256")


@pytest.mark.parametrize(
    "forge",
    [
        _unsigned,
        _sealed_with_the_public_key,
        _by_another_algorithm,
        _by_another_hand,
        _without_key_id,
    ],
    ids=lambda forge: str(forge.__name__),
)
async def test_a_forged_token_is_refused(
    outside: Knocker, forge: Callable[[dict[str, Any]], str]
) -> None:
    """AC-AUTH-02, AC-AUTH-08."""
    claims = outside.issuer.claims(now=outside.at, service_url=TEAMS)

    reply = await outside.sends(token=forge(claims))

    assert (reply.status, outside.turns) == (401, [])


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic abc", "Bearer a.b.c", "Bearer æøå", "Bearer .", LONG_GARBAGE],
)
async def test_what_is_no_token_is_refused(outside: Knocker, header: str) -> None:
    """AC-IN-03: garbage is a refusal, not a fault."""
    body = json.dumps(message()).encode()

    reply = await outside.sends_bytes(body, headers={"Authorization": header})

    assert (reply.status, outside.turns) == (401, [])


async def test_a_changed_letter_breaks_the_seal(outside: Knocker) -> None:
    """AC-AUTH-02: also once the genuine token has been remembered."""
    genuine = outside.token()
    await outside.sends(token=genuine)
    head, claims, seal = genuine.split(".")

    reply = await outside.sends(
        token=f"{head}.{claims}.{'B' if seal[0] == 'A' else 'A'}{seal[1:]}"
    )

    assert (reply.status, len(outside.turns)) == (401, 1)


@pytest.mark.parametrize(
    ("passed", "status"),
    [
        (timedelta(hours=1) + (LEEWAY - 1) * SECOND, 200),
        (timedelta(hours=1) + LEEWAY * SECOND, 401),
        (timedelta(hours=1) + (LEEWAY + 1) * SECOND, 401),
        (-(LEEWAY - 1) * SECOND, 200),
        (-LEEWAY * SECOND, 200),
        (-(LEEWAY + 1) * SECOND, 401),
    ],
    ids=str,
)
@pytest.mark.parametrize("seen_before", [False, True], ids=["new", "remembered"])
async def test_a_token_holds_for_its_hour_and_our_leeway(
    outside: Knocker, passed: timedelta, status: int, *, seen_before: bool
) -> None:
    """AC-AUTH-05: to the second, and no longer because we have met the token before."""
    token = outside.token()
    if seen_before:
        await outside.sends(token=token)
    outside.at += passed

    reply = await outside.sends(token=token)

    assert reply.status == status


async def test_the_leeway_is_what_the_settings_say() -> None:
    """AC-AUTH-05."""
    async with knocker(replace(SETTINGS, token_leeway=timedelta())) as outside:
        token = outside.token()
        outside.at += timedelta(hours=1)

        assert (await outside.sends(token=token)).status == 401


async def test_a_pretended_hour_does_not_lengthen_a_token(outside: Knocker) -> None:
    """AC-AUTH-05: tokens are judged by the true hour."""
    token = outside.token()
    outside.clock.move(timedelta(days=-1))
    outside.at += timedelta(hours=2)

    assert (await outside.sends(token=token)).status == 401


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
