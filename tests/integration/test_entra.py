"""Asking Entra by msal itself, over TLS on this machine; only who answers is not Microsoft."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import jwt
import pytest

from bot.clock import utc_now
from bot.credentials import certificate
from graph.entra import from_entra
from graph.tokens import Fetch, TokenRefused, Tokens
from tests.support.authority import BOT, GRAPH, Application, Authority, Refused, entra_here
from tests.support.certificates import Certified, certified

APP_ID = "0b4f4c61-6d4c-4b53-a1f6-2f6f7b1f0c11"
TENANT = "9a3f2f0e-5c4e-4a8b-8f59-0d5b6a7c8d21"
OTHER_TENANT = "11111111-2222-4333-8444-555555555555"
SECRET = "right"
ROLES = ("GroupMember.Read.All", "User.Read.All")
OURS = certified()
OTHERS = certified()
ENDED = certified(ends=datetime(2021, 1, 1, tzinfo=UTC))
MIXED = Certified(key=OTHERS.key, certificate=OURS.certificate)


@pytest.fixture
async def entra(tmp_path: Path) -> AsyncIterator[Authority]:
    registered = Application(id=APP_ID, secret=SECRET, certificates=[OURS, ENDED], roles=ROLES)
    async with entra_here(
        Authority(tenant=TENANT, applications=[registered]), folder=tmp_path
    ) as authority:
        yield authority


Ask = Callable[..., Fetch]


@pytest.fixture
def ask(entra: Authority) -> Ask:
    """Ask as the bot with its certificate, unless something else is said."""
    return partial(
        from_entra,
        app_id=APP_ID,
        tenant_id=TENANT,
        credential=certificate(OURS.pem),
        scope=f"{GRAPH}/.default",
        entra=entra.address,
        discover=False,
        ca=str(entra.ca),
    )


class TestWithACertificate:
    """MTG-18: real msal, and an authority that verifies every part of the assertion."""

    async def test_we_are_given_a_token_for_what_we_may_do(self, ask: Ask) -> None:
        grant = await ask()()

        said = jwt.decode(grant.token, options={"verify_signature": False})
        assert (said["aud"], said["tid"], said["appid"]) == (GRAPH, TENANT, APP_ID)
        assert said["roles"] == list(ROLES)
        assert timedelta(minutes=55) < grant.lifetime <= timedelta(hours=1)

    async def test_we_are_named_by_sha_256_and_signed_for_by_pss(
        self, entra: Authority, ask: Ask
    ) -> None:
        await ask()()

        (asked,) = entra.asked
        assert asked.header["alg"] == "PS256"
        assert "x5t" not in asked.header
        assert asked.claims["aud"] == f"{entra.address}/{TENANT}/oauth2/v2.0/token"
        assert asked.claims["exp"] - asked.claims["iat"] <= 600

    async def test_the_bots_own_token_is_another(self, ask: Ask) -> None:
        grant = await ask(scope=f"{BOT}/.default")()

        assert jwt.decode(grant.token, options={"verify_signature": False})["aud"] == BOT

    async def test_every_assertion_is_new(self, entra: Authority, ask: Ask) -> None:
        fetch = ask()
        await fetch()
        await fetch()

        first, second = (asked.claims["jti"] for asked in entra.asked)
        assert first != second

    @pytest.mark.parametrize(
        ("held", "code"),
        [
            pytest.param(OTHERS, "AADSTS700027", id="a certificate Entra does not know"),
            pytest.param(MIXED, "AADSTS700027", id="the right certificate with another key"),
            pytest.param(ENDED, "AADSTS700027", id="a certificate that has run out"),
        ],
    )
    async def test_a_wrong_one_is_refused(self, ask: Ask, held: Certified, code: str) -> None:
        with pytest.raises(TokenRefused, match=f"^{code}$"):
            await ask(credential=certificate(held.pem))()

    async def test_a_clock_that_is_wrong_is_refused(self, entra: Authority, ask: Ask) -> None:
        entra.now = lambda: datetime(2020, 6, 1, tzinfo=UTC)

        with pytest.raises(TokenRefused, match="^AADSTS700024$"):
            await ask()()


class TestRefusals:
    async def test_a_secret_is_right_or_wrong(self, ask: Ask) -> None:
        assert (await ask(credential=SECRET)()).token
        with pytest.raises(TokenRefused, match="^AADSTS7000215$"):
            await ask(credential="wrong")()

    async def test_a_secret_runs_out(self, entra: Authority, ask: Ask) -> None:
        entra.applications[APP_ID].secret_ended = True

        with pytest.raises(TokenRefused, match="^AADSTS7000222$"):
            await ask(credential=SECRET)()

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"app_id": OTHER_TENANT}, "AADSTS700016"),
            ({"tenant_id": OTHER_TENANT}, "AADSTS90002"),
            ({"scope": GRAPH}, "AADSTS1002012"),
            ({"scope": "https://nowhere.example.dk/.default"}, "AADSTS500011"),
        ],
        ids=["application", "tenant", "scope", "resource"],
    )
    async def test_what_is_wrong_is_said_by_its_number(
        self, ask: Ask, changed: dict[str, str], code: str
    ) -> None:
        with pytest.raises(TokenRefused, match=f"^{code}$"):
            await ask(**changed)()

    @pytest.mark.parametrize("number", [65001, 7000112, 7000229, 53003])
    async def test_what_an_administrator_has_not_allowed_is_said_by_its_number(
        self, entra: Authority, ask: Ask, number: int
    ) -> None:
        entra.refuses = Refused(number)

        with pytest.raises(TokenRefused, match=f"^AADSTS{number}$"):
            await ask()()

    async def test_an_assertion_is_good_once(self, entra: Authority, ask: Ask) -> None:
        """The authority's own control: a copied assertion gets nobody a token."""
        await ask()()
        application = entra.applications[APP_ID]
        (asked,) = entra.asked

        with pytest.raises(Refused, match="50013"):
            entra.believe(application, OURS, asked.claims)

    @pytest.mark.parametrize(
        ("claim", "value", "number"),
        [
            ("aud", "https://nowhere.example.dk", "700023"),
            ("iss", OTHER_TENANT, "700021"),
            ("sub", OTHER_TENANT, "700021"),
            ("exp", 4102444800, "700024"),
            ("iat", 946684800, "700024"),
            ("jti", "", "50013"),
        ],
    )
    async def test_every_part_of_an_assertion_counts(
        self, entra: Authority, ask: Ask, claim: str, value: object, number: str
    ) -> None:
        """The authority's own control: with one part wrong, it does not believe the rest."""
        await ask()()
        (asked,) = entra.asked

        with pytest.raises(Refused, match=f"^{number}$"):
            entra.believe(
                entra.applications[APP_ID], OURS, {**asked.claims, "jti": "new", claim: value}
            )


class TestTheWayThere:
    async def test_an_entra_that_breaks_is_a_refusal(self, entra: Authority, ask: Ask) -> None:
        entra.refuses = Refused(90033, "temporarily_unavailable", 503)

        with pytest.raises(TokenRefused, match="^notAnswered$"):
            await ask()()

    async def test_an_entra_that_is_not_there_is_a_refusal_too(
        self, entra: Authority, ask: Ask
    ) -> None:
        with pytest.raises(TokenRefused, match="^notReached$"):
            await ask(entra="https://127.0.0.1:1")()

        assert entra.asked == []

    async def test_who_cannot_show_a_trusted_certificate_is_told_nothing(
        self, entra: Authority, ask: Ask
    ) -> None:
        with pytest.raises(TokenRefused, match="^certificateNotTrusted$"):
            await ask(ca=None)()

        assert entra.asked == []

    async def test_the_environment_has_no_say_in_it(
        self, ask: Ask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Neither whose certificates are trusted, nor a proxy that would read our assertion."""
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
        monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")

        assert (await ask()()).token

    async def test_the_loop_goes_on_while_entra_takes_its_time(self, ask: Ask) -> None:
        """Entra answers on this very loop: were it blocked, there would be no token."""
        ticked = asyncio.create_task(asyncio.sleep(0, result="ticked"))

        assert (await ask()()).token
        assert await ticked == "ticked"

    async def test_a_token_is_asked_for_once_and_kept(self, entra: Authority, ask: Ask) -> None:
        tokens = Tokens(ask(), now=utc_now)

        assert len({await tokens.get() for _ in range(5)}) == 1
        assert len(entra.asked) == 1

    async def test_a_token_that_was_refused_is_not_given_again(
        self, entra: Authority, ask: Ask
    ) -> None:
        """msal by itself would: it keeps what it got."""
        tokens = Tokens(ask(), now=utc_now)
        tokens.forget(await tokens.get())
        await tokens.get()

        assert len(entra.asked) == 2

    async def test_who_refuses_is_left_alone_for_a_while(self, entra: Authority, ask: Ask) -> None:
        """MTG-18: no storm."""
        now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        minute = timedelta(minutes=1)
        entra.refuses = Refused(7000229)
        tokens = Tokens(ask(), now=lambda: now, rest=minute)
        for _ in range(5):
            with pytest.raises(TokenRefused, match="^AADSTS7000229$"):
                await tokens.get()
        assert len(entra.asked) == 1

        entra.refuses = None
        now += minute
        assert await tokens.get()
