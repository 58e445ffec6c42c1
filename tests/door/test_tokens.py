"""Only calls that Teams signed for us, for now, are let in (AC-AUTH 02, 03, 05, 08, 09)."""

import hmac
import json
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
from tests.support.issuer import make_key, unpadded

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


def _unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "first"})


def _sealed_with_the_public_key(claims: dict[str, Any]) -> str:
    pem = FIRST_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = {"alg": "HS256", "typ": "JWT", "kid": "first"}
    said = ".".join(unpadded(json.dumps(part).encode()) for part in (head, claims))
    return f"{said}.{unpadded(hmac.digest(pem, said.encode(), 'sha256'))}"


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
