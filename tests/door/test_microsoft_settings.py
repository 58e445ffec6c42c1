"""Who the bot is to Microsoft, and what it may ask: whole, or not at all (MTG-18)."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from bot.settings import Settings, SettingsProblem
from graph.clouds import Cloud
from tests.support.certificates import Certified, certified
from tests.support.door import ENVIRONMENT, SETTINGS
from tests.support.mis_set import LOCAL, problems

OURS, OTHERS = certified(), certified()
GRAPH = {"GRAPH": "yes", "GRAPH_MAILBOX": "SSP@kk.dk"}


def _locked(held: Certified) -> str:
    """Write a key that nobody can use without a password."""
    key = held.key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"a word")
    )
    return key.decode() + held.public


class TestProvingWhoWeAre:
    """MTG-18."""

    def test_is_done_in_one_way(self) -> None:
        managed = {**ENVIRONMENT, "BOT_MANAGED_IDENTITY": "system"}
        assert "BOT_MANAGED_IDENTITY are both set" in problems(managed)
        del managed["BOT_APP_PASSWORD"]

        assert Settings.from_environment(managed).managed_identity == "system"

    @pytest.mark.parametrize("said", ["yes", "my-identity", "system "])
    def test_names_an_identity_by_its_client_id(self, said: str) -> None:
        env = {**ENVIRONMENT, "BOT_MANAGED_IDENTITY": said}
        del env["BOT_APP_PASSWORD"]
        if said.strip() == "system":
            assert Settings.from_environment(env).managed_identity == "system"
        else:
            assert "BOT_MANAGED_IDENTITY cannot be used" in problems(env)

    def test_by_a_secret_opens_no_mailbox(self) -> None:
        assert "BOT_APP_PASSWORD is not enough" in problems({**ENVIRONMENT, **GRAPH})

    @pytest.mark.parametrize(
        "proof",
        [{"BOT_APP_CERTIFICATE": OURS.pem}, {"BOT_MANAGED_IDENTITY": "system"}],
        ids=["certificate", "identity"],
    )
    def test_by_certificate_or_identity_opens_it(self, proof: dict[str, str]) -> None:
        env = {**ENVIRONMENT, **GRAPH, **proof}
        del env["BOT_APP_PASSWORD"]

        assert Settings.from_environment(env).graph_mailbox == "ssp@kk.dk"

    @pytest.mark.parametrize(
        "pem",
        [
            "-----BEGIN …",
            OURS.public,
            Certified(key=OTHERS.key, certificate=OURS.certificate).pem,
            _locked(OURS),
        ],
        ids=["no PEM", "no key", "another's key", "a key that wants a password"],
    )
    def test_by_a_certificate_wants_the_key_that_belongs_to_it(self, pem: str) -> None:
        env = {**ENVIRONMENT, "BOT_APP_CERTIFICATE": pem}
        del env["BOT_APP_PASSWORD"]

        assert "BOT_APP_CERTIFICATE cannot be used" in problems(env)

    def test_by_a_secret_will_do_for_a_stand_in(self) -> None:
        local = {**LOCAL, "LOCAL_GRAPH": "http://127.0.0.1:3980/v1.0"}

        assert Settings.from_environment({**ENVIRONMENT, **GRAPH, **local}).graph

    def test_is_checked_however_the_settings_are_made(self) -> None:
        with pytest.raises(SettingsProblem, match="BOT_APP_PASSWORD is not enough"):
            replace(SETTINGS, graph=True)


class TestMicrosoft365:
    def test_is_not_connected_unless_it_is_said(self) -> None:
        assert not SETTINGS.graph

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("GRAPH_MAILBOX", "ssp@kk.dk"),
            ("GRAPH_DIRECTORY", "yes"),
            ("TEAMS_APP_ID", ENVIRONMENT["BOT_APP_ID"]),
        ],
    )
    def test_is_whole_or_not_there(self, name: str, value: str) -> None:
        said = problems({**ENVIRONMENT, name: value})

        assert f"{name} does nothing without GRAPH=yes" in said

    def test_is_never_asked_by_a_bot_that_trusts_a_stand_in(self) -> None:
        said = problems({**ENVIRONMENT, **GRAPH, **LOCAL})

        assert "a local bot must not call Microsoft's Graph" in said

    def test_has_no_stand_in_of_its_own(self) -> None:
        env = {**ENVIRONMENT, **GRAPH, "LOCAL_GRAPH": "http://127.0.0.1:3980/v1.0"}

        assert "LOCAL_GRAPH goes with LOCAL_OPENID_METADATA" in problems(env)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("GRAPH", "maybe"),
            ("GRAPH_MAILBOX", "ssp"),
            ("GRAPH_MAILBOX", "SSP <ssp@kk.dk>"),
            ("GRAPH_MAILBOX", "ssp@kk.dk/../x"),
            ("TEAMS_APP_ID", "ssp-bot"),
            ("MICROSOFT_CLOUD", "germany"),
            ("LOCAL_GRAPH", "https://graph.microsoft.com/v1.0"),
        ],
    )
    def test_is_named_as_microsoft_names_it(self, name: str, value: str) -> None:
        said = problems({**ENVIRONMENT, **GRAPH, **LOCAL, name: value})

        assert f"{name} cannot be used" in said
        assert value not in said

    def test_is_in_one_of_microsofts_clouds(self) -> None:
        settings = Settings.from_environment({**ENVIRONMENT, "MICROSOFT_CLOUD": "usgov"})

        assert settings.cloud is Cloud.USGOV
        assert SETTINGS.cloud is Cloud.GLOBAL
