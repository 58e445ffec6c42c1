"""Keys, tokens and who is let in to the connector."""

from typing import Any

import aiohttp
import jwt

from localteams.server import LocalTeams
from localteams.tokens import Tokens
from tests.localteams.plain_bot import APP_ID, SECRET, PlainBot
from tests.localteams.town import ANNA

ISSUER = "http://127.0.0.1:1"


def tokens(seconds: list[float] | None = None) -> Tokens:
    clock = seconds or [1_800_000_000.0]
    made = Tokens(app_id=APP_ID, secret=SECRET, now=lambda: clock[0])
    made.issuer = ISSUER
    return made


async def test_the_bot_can_prove_who_called_it(teams: LocalTeams, bot: PlainBot) -> None:
    await teams.says(ANNA, "hej")

    claims = await _proven(teams, bot.bearers[-1])

    assert claims["serviceurl"] == bot.connector
    assert claims["nbf"] <= claims["iat"] < claims["exp"] == claims["iat"] + 3600


async def test_rotated_keys_are_published_before_they_are_used(
    teams: LocalTeams, bot: PlainBot
) -> None:
    await teams.says(ANNA, "før")
    teams.tokens.rotate()
    await teams.says(ANNA, "efter")

    before, after = bot.bearers[-2:]
    assert jwt.get_unverified_header(before)["kid"] != jwt.get_unverified_header(after)["kid"]
    assert await _proven(teams, before)
    assert await _proven(teams, after)


def test_only_the_bots_own_secret_gets_a_bearer() -> None:
    made = tokens()

    assert made.grant(client_id=APP_ID, client_secret=SECRET) is not None
    assert made.grant(client_id=APP_ID, client_secret="guessed") is None
    assert made.grant(client_id="someone-else", client_secret=SECRET) is None
    assert made.grant(client_id=APP_ID, client_secret="") is None


def test_a_bearer_lasts_an_hour() -> None:
    seconds = [1_800_000_000.0]
    made = tokens(seconds)
    granted = made.grant(client_id=APP_ID, client_secret=SECRET)
    assert granted is not None
    authorization = f"Bearer {granted['access_token']}"

    seconds[0] += 3599
    assert made.admits(authorization)
    seconds[0] += 1
    assert not made.admits(authorization)


def test_nothing_but_a_bearer_of_ours_is_admitted() -> None:
    made = tokens()
    stranger = tokens().grant(client_id=APP_ID, client_secret=SECRET)
    assert stranger is not None

    for authorization in (
        "",
        "Bearer ",
        "Bearer garbage",
        f"Bearer {made.for_the_bot()}",
        f"Bearer {stranger['access_token']}",
    ):
        assert not made.admits(authorization)


def test_a_test_can_change_and_leave_out_claims() -> None:
    claims = jwt.decode(
        tokens().sign({"aud": "another bot"}, without=("exp",)),
        options={"verify_signature": False},
    )

    assert claims["aud"] == "another bot"
    assert "exp" not in claims


async def test_the_connector_lets_in_nobody_without_a_bearer(
    teams: LocalTeams, bot: PlainBot
) -> None:
    await teams.opens(ANNA)

    assert await bot.log_in(teams.base_url, secret="guessed") == 401
    async with aiohttp.ClientSession() as session:
        address = f"{bot.connector}v3/conversations/{teams.personal(ANNA).id}/activities"
        async with session.post(address, json={"type": "message", "text": "hej"}) as refused:
            assert refused.status == 401
    assert teams.messages(teams.personal(ANNA)) == []


async def _proven(teams: LocalTeams, bearer: str) -> dict[str, Any]:
    """Check a token as a bot does: metadata, keys, endorsement, signature, audience, issuer."""
    async with aiohttp.ClientSession() as session:
        well_known = f"{teams.base_url}/.well-known/openid-configuration"
        async with session.get(well_known) as response:
            metadata = await response.json()
        async with session.get(metadata["jwks_uri"]) as response:
            keys = (await response.json())["keys"]
    header = jwt.get_unverified_header(bearer)
    [key] = [key for key in keys if key["kid"] == header["kid"]]
    assert header["alg"] == "RS256"
    assert key["endorsements"] == ["msteams"]
    assert metadata["issuer"] == teams.base_url
    claims: dict[str, Any] = jwt.decode(
        bearer,
        jwt.PyJWK(key).key,
        algorithms=metadata["id_token_signing_alg_values_supported"],
        audience=APP_ID,
        issuer=metadata["issuer"],
    )
    return claims
