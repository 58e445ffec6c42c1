"""The bot does not start on half a setting (AC-AUTH-01, AC-CRYPT-06, AC-CRYPT-07)."""

import subprocess
import sys
from base64 import b64encode
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsProblem
from tests.support.certificates import certified
from tests.support.door import ENVIRONMENT, SETTINGS
from tests.support.mis_set import LOCAL, problems

ROOT = Path(__file__).parents[2]
NEEDED = (
    "DATABASE_URL",
    "BOT_APP_ID",
    "BOT_APP_PASSWORD",
    "BOT_TENANT_ID",
    "MASTER_KEYS",
    "INDEX_KEYS",
)


def _key(letter: bytes, size: int = 32) -> str:
    return b64encode(letter * size).decode()


def test_everything_that_is_missing_is_named_at_once() -> None:
    """AC-AUTH-01."""
    said = problems({})

    assert [name for name in NEEDED if name not in said] == []


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, "", "  "], ids=["absent", "empty", "blank"])
def test_a_process_without_a_needed_setting_ends(name: str, value: str | None) -> None:
    """AC-AUTH-01: with a code, and without showing a secret."""
    env = dict(ENVIRONMENT)
    del env[name]
    if value is not None:
        env[name] = value

    ended = subprocess.run(
        [sys.executable, "-c", "from bot.settings import Settings; Settings.from_environment()"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode != 0
    assert name in ended.stderr
    assert "a secret of the bot's" not in ended.stderr
    assert _key(b"m") not in ended.stderr


def test_the_bot_does_not_start_when_its_app_id_was_emptied() -> None:
    """AC-AUTH-01, scenario 14 of concern.md §5.4: before it opens a database or a port."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=ROOT,
        env={**ENVIRONMENT, "BOT_APP_ID": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode != 0
    assert "BOT_APP_ID" in ended.stderr
    assert "database" not in ended.stderr.casefold()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://no-async"),
        ("BOT_APP_ID", "not-a-guid"),
        ("BOT_TENANT_ID", "common"),
        ("MASTER_KEYS", "1:short"),
        ("MASTER_KEYS", _key(b"m")),
        ("MASTER_KEYS", f"1:{_key(b'm', 31)}"),
        ("MASTER_KEYS", f"1:{_key(b'm', 33)}"),
        ("MASTER_KEYS", f"1:{_key(bytes(1))}"),
        ("MASTER_KEYS", f"0:{_key(b'm')}"),
        ("MASTER_KEYS", f"1:{_key(b'm')},2:{_key(b'n')}"),
        ("MASTER_KEYS", f"1:{_key(b'm')},1:{_key(b'n')}"),
        ("MASTER_KEYS", f"2:{_key(b'm')},1:{_key(b'm')}"),
        ("MASTER_KEYS", f"1:{_key(b'i')}"),
        ("INDEX_KEYS", "1:!!!!"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("METRICS_PORT", "-1"),
        ("METRICS_PORT", "3978"),
        ("OTLP_ENDPOINT", "http://collector.example.dk:4318"),
        ("OTLP_ENDPOINT", "https://name:password@collector.example.dk"),
        ("OTLP_ENDPOINT", "https://collector.example.dk:port"),
        ("OTLP_ENDPOINT", "https://collector.example.dk/?key=1"),
        ("OTLP_ENDPOINT", "https://"),
        ("OTLP_ENDPOINT", "collector.example.dk:4318"),
        ("TOKEN_LEEWAY", "301"),
        ("TOKEN_LEEWAY", "-1"),
        ("TOKEN_LEEWAY", "soon"),
        ("PERSON_PER_MINUTE", "0"),
        ("DELIVER_EVERY", "0"),
        ("WITHDRAWN_KEPT_DAYS", "-5"),
        ("GUESTS_ALLOWED", "maybe"),
        ("ALLOWED_SERVICE_HOSTS", "*"),
        ("ALLOWED_SERVICE_HOSTS", "*.com"),
        ("ALLOWED_SERVICE_HOSTS", ","),
        ("ALLOWED_SERVICE_HOSTS", "https://smba.trafficmanager.net"),
        ("ALLOWED_SERVICE_HOSTS", "smbа.trafficmanager.net"),  # its second a is Cyrillic
    ],
)
def test_what_cannot_be_used_is_refused_without_repeating_it(name: str, value: str) -> None:
    """AC-AUTH-01, AC-CRYPT-06."""
    said = problems({**ENVIRONMENT, name: value})

    assert name in said
    assert value in {"*", ",", "0"} or value not in said


def test_what_is_set_is_what_counts() -> None:
    settings = Settings.from_environment(
        {
            **ENVIRONMENT,
            "BOT_APP_ID": ENVIRONMENT["BOT_APP_ID"].upper(),
            "MASTER_KEYS": f"2:{_key(b'n')},1:{_key(b'm')}",
            "PORT": "8080",
            "METRICS_PORT": "0",
            "OTLP_ENDPOINT": "https://collector.example.dk/otlp",
            "TOKEN_LEEWAY": "300",
            "ALLOWED_SERVICE_HOSTS": "smba.trafficmanager.net, *.teams.example.dk",
            "GUESTS_ALLOWED": "yes",
            "DELIVER_EVERY": "2",
        }
    )

    assert settings.app_id == ENVIRONMENT["BOT_APP_ID"]
    assert list(settings.master_keys.items()) == [(2, b"n" * 32), (1, b"m" * 32)]
    assert (settings.port, settings.token_leeway) == (8080, timedelta(minutes=5))
    assert settings.metrics_port == 0
    assert settings.otlp_endpoint == "https://collector.example.dk/otlp"
    assert settings.allowed_service_hosts == ("smba.trafficmanager.net", "*.teams.example.dk")
    assert settings.guests_allowed
    assert settings.deliver_every == timedelta(seconds=2)


def test_guests_stay_outside_unless_it_is_said() -> None:
    """AC-AUTH-04."""
    assert not SETTINGS.guests_allowed


class TestSecrets:
    def test_may_lie_in_files(self, tmp_path: Path) -> None:
        """AC-CRYPT-07."""
        (tmp_path / "password").write_text("from a file\n", encoding="utf-8")
        env = {**ENVIRONMENT, "BOT_APP_PASSWORD_FILE": str(tmp_path / "password")}
        del env["BOT_APP_PASSWORD"]

        assert Settings.from_environment(env).app_password == "from a file"

    def test_lie_in_one_place_only(self, tmp_path: Path) -> None:
        (tmp_path / "password").write_text("from a file", encoding="utf-8")
        env = {**ENVIRONMENT, "BOT_APP_PASSWORD_FILE": str(tmp_path / "password")}

        assert "BOT_APP_PASSWORD_FILE are both set" in problems(env)

    def test_in_a_file_that_is_not_there_are_missed(self, tmp_path: Path) -> None:
        env = {**ENVIRONMENT, "MASTER_KEYS_FILE": str(tmp_path / "nothing")}
        del env["MASTER_KEYS"]

        assert "MASTER_KEYS_FILE names a file that cannot be read" in problems(env)

    def test_are_a_password_or_a_certificate(self) -> None:
        """AC-AUTH-01."""
        pem = certified().pem
        certificate = {**ENVIRONMENT, "BOT_APP_CERTIFICATE": pem}
        assert "BOT_APP_CERTIFICATE are both set" in problems(certificate)
        del certificate["BOT_APP_PASSWORD"]

        assert Settings.from_environment(certificate).app_certificate == pem.strip()

    def test_are_not_shown(self) -> None:
        """AC-CRYPT-07, AC-LOG-04."""
        shown = repr(SETTINGS)

        assert "a secret of the bot's" not in shown
        assert "sqlite" not in shown
        assert "mmmm" not in shown
        assert "iiii" not in shown


class TestTheStandIn:
    def test_may_be_trusted_on_one_machine(self) -> None:
        assert Settings.from_environment({**ENVIRONMENT, **LOCAL}).local

    def test_is_not_trusted_unless_it_is_said(self) -> None:
        """AC-AUTH-01."""
        assert not SETTINGS.local

    @pytest.mark.parametrize("name", LOCAL)
    def test_is_a_pair_of_settings(self, name: str) -> None:
        assert "go together" in problems({**ENVIRONMENT, name: LOCAL[name]})

    @pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "10.0.0.1", "bot.kk.dk"])  # noqa: S104
    def test_is_not_trusted_by_a_bot_others_can_reach(self, host: str) -> None:
        """AC-AUTH-01."""
        with pytest.raises(SettingsProblem, match="HOST must be a loopback address"):
            replace(Settings.from_environment({**ENVIRONMENT, **LOCAL}), host=host)

    @pytest.mark.parametrize("name", LOCAL)
    @pytest.mark.parametrize(
        "address",
        [
            "ftp://127.0.0.1:3979/",
            "http://example.org/",
            "http://127.0.0.1.example.org/",
            "http://localhost@example.org/",
            "http://user:word@127.0.0.1:3979/",
            "http://127.0.0.1@example.org/",
            "http://[::ffff:10.0.0.1]/",
            "http://10.0.0.1/",
            "http:///",
            "127.0.0.1:3979",
        ],
    )
    def test_is_on_this_machine(self, name: str, address: str) -> None:
        """AC-AUTH-01."""
        assert name in problems({**ENVIRONMENT, **LOCAL, name: address})

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.1.2.3"])
    def test_has_any_loopback_address(self, host: str) -> None:
        env = {**ENVIRONMENT, **LOCAL, "LOCAL_CONNECTOR": f"http://{host}:3979/connector/"}

        assert Settings.from_environment(env).local

    def test_is_refused_however_the_settings_are_made(self) -> None:
        """AC-AUTH-01: also past the environment."""
        with pytest.raises(SettingsProblem, match="must be on a loopback address"):
            replace(
                SETTINGS,
                local_openid_metadata="https://example.org",
                local_connector="https://example.org",
            )


def test_every_setting_says_its_variable_and_meaning() -> None:
    """What docs/settings.md is made of."""
    assert not [
        each for each in fields(Settings) if not {"variable", "meaning"} <= set(each.metadata)
    ]
