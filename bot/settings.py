"""Everything that can be set from outside, read once and checked before anything starts.

This is the only module that reads the environment. A secret `X` may be given as `X_FILE`,
the path of a file that holds it. Every field says its variable and its meaning, and
`docs/settings.md` is compared with them.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from bot import readers
from domain.plus import HEADS_UP_AT_MONTHS

TEAMS_HOSTS = ("smba.trafficmanager.net", "*.botframework.com")


class SettingsProblem(Exception):
    """The settings cannot be used. Says everything that is wrong, and no secret."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(["The settings are not complete:", *sorted(problems)]))
        self.problems = tuple(problems)


def _reads(variable: str, read: Callable[[str], object], meaning: str) -> dict[str, object]:
    return {"variable": variable, "read": read, "meaning": meaning}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the bot was told before it started.

    :raises SettingsProblem: when settings contradict each other.
    """

    database_url: str = field(
        repr=False,
        metadata=_reads(
            "DATABASE_URL", readers.database, "postgresql+asyncpg://… or sqlite+aiosqlite:///file"
        ),
    )
    app_id: str = field(
        metadata=_reads("BOT_APP_ID", readers.guid, "the bot's application id in Entra")
    )
    app_password: str = field(
        default="",
        repr=False,
        metadata=_reads("BOT_APP_PASSWORD", str, "the bot's client secret in Entra"),
    )
    app_certificate: str = field(
        default="",
        repr=False,
        metadata=_reads(
            "BOT_APP_CERTIFICATE", str, "instead of a secret: private key and certificate as PEM"
        ),
    )
    tenant_id: str = field(
        metadata=_reads(
            "BOT_TENANT_ID", readers.guid, "the only Entra tenant that may talk to the bot"
        )
    )
    master_keys: Mapping[int, bytes] = field(
        repr=False,
        metadata=_reads(
            "MASTER_KEYS", readers.keys, "number:base64 of 32 bytes, comma between, newest first"
        ),
    )
    index_keys: Mapping[int, bytes] = field(
        repr=False,
        metadata=_reads("INDEX_KEYS", readers.keys, "for blind indexes, written as MASTER_KEYS"),
    )
    host: str = field(
        default="127.0.0.1", metadata=_reads("HOST", str, "the address the bot listens on")
    )
    port: int = field(
        default=3978, metadata=_reads("PORT", readers.port, "the port the bot listens on, 1–65535")
    )
    metrics_host: str = field(
        default="127.0.0.1",
        metadata=_reads("METRICS_HOST", str, "the address Prometheus reads the metrics on"),
    )
    metrics_port: int = field(
        default=0,
        metadata=_reads(
            "METRICS_PORT",
            readers.port_or_none,
            "the port of the metrics, one higher for each further replica; 0 offers none",
        ),
    )
    otlp_endpoint: str = field(
        default="",
        metadata=_reads(
            "OTLP_ENDPOINT",
            readers.collector,
            "where traces go, as OTLP over HTTP: https, or http on loopback",
        ),
    )
    allowed_service_hosts: tuple[str, ...] = field(
        default=TEAMS_HOSTS,
        metadata=_reads(
            "ALLOWED_SERVICE_HOSTS",
            readers.hosts,
            "hosts of Teams the bot may answer to, comma between; *. in front means any below",
        ),
    )
    local_openid_metadata: str = field(
        default="",
        metadata=_reads(
            "LOCAL_OPENID_METADATA",
            readers.loopback_address,
            "only on one machine: whose keys are trusted instead of Microsoft's (loopback)",
        ),
    )
    local_connector: str = field(
        default="",
        metadata=_reads(
            "LOCAL_CONNECTOR",
            readers.loopback_address,
            "only on one machine: the service address that goes with it (loopback)",
        ),
    )
    token_leeway: timedelta = field(
        default=timedelta(seconds=60),
        metadata=_reads("TOKEN_LEEWAY", readers.leeway, "seconds our clocks may differ, 0–300"),
    )
    person_per_minute: int = field(
        default=30,
        metadata=_reads(
            "PERSON_PER_MINUTE", readers.number, "answers one person may send in a minute"
        ),
    )
    tenant_per_minute: int = field(
        default=30_000,
        metadata=_reads(
            "TENANT_PER_MINUTE", readers.number, "activities everyone may send in a minute"
        ),
    )
    deliver_every: timedelta = field(
        default=timedelta(seconds=5),
        metadata=_reads(
            "DELIVER_EVERY", readers.seconds, "seconds between looks for notices fallen due"
        ),
    )
    pace: float = field(
        default=45.0,
        metadata=_reads(
            "PACE", readers.pace, "messages a second to begin with, for all replicas, 1–50"
        ),
    )
    call_list_folder: str = field(
        default="",
        metadata=_reads(
            "CALL_LIST_FOLDER", str, "where the call list is printed every day; empty is nowhere"
        ),
    )
    withdrawn_kept_days: int = field(
        default=30,
        metadata=_reads(
            "WITHDRAWN_KEPT_DAYS", readers.number, "days until what was withdrawn is erased"
        ),
    )
    audit_anchor_file: str = field(
        default="",
        metadata=_reads(
            "AUDIT_ANCHOR_FILE",
            str,
            "where the state of the audit chain is written each hour; empty is only in the log",
        ),
    )
    audit_kept_months: int = field(
        default=60,
        metadata=_reads(
            "AUDIT_KEPT_MONTHS", readers.number, "months until what was audited may be trimmed"
        ),
    )
    plus_heads_up_months: int = field(
        default=HEADS_UP_AT_MONTHS,
        metadata=_reads(
            "PLUS_HEADS_UP_MONTHS",
            readers.number_or_none,
            "age in months at which a plan for SSP+ is thought of at level 3 and 4; 0 never",
        ),
    )
    guests_allowed: bool = field(
        default=False,
        metadata=_reads("GUESTS_ALLOWED", readers.yes_or_no, "yes lets guests of the tenant in"),
    )

    def __post_init__(self) -> None:
        problems = list(_contradictions({each.name: getattr(self, each.name) for each in _all()}))
        if problems:
            raise SettingsProblem(problems)

    @property
    def local(self) -> bool:
        """Whether we trust a stand-in on this machine instead of Microsoft."""
        return bool(self.local_openid_metadata)

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Read every setting.

        :raises SettingsProblem: naming everything missing or wrong at once (AC-AUTH-01).
        """
        problems: list[str] = []
        values = dict(_read(env, problems))
        problems.extend(_contradictions(values))
        if problems:
            raise SettingsProblem(problems)
        return cls(**values)


def _all() -> tuple[Field[Any], ...]:
    return fields(Settings)


def _read(env: Mapping[str, str], problems: list[str]) -> Iterator[tuple[str, Any]]:
    for each in _all():
        variable, meaning = each.metadata["variable"], each.metadata["meaning"]
        said = _said(env, variable, problems, secret=not each.repr)
        if said:
            try:
                yield each.name, each.metadata["read"](said)
            except (ValueError, KeyError):
                problems.append(f"  {variable} cannot be used: {meaning}")
        elif each.default is not MISSING:
            yield each.name, each.default
        elif said is not None:
            problems.append(f"  {variable} is missing: {meaning}")


def _said(
    env: Mapping[str, str], variable: str, problems: list[str], *, secret: bool
) -> str | None:
    """Read what was set, "" for nothing, None when it could not be read and that is said."""
    said, path = env.get(variable, "").strip(), env.get(f"{variable}_FILE", "").strip()
    if not secret or not path:
        return said
    if said:
        problems.append(f"  {variable} and {variable}_FILE are both set: one is enough")
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        problems.append(f"  {variable}_FILE names a file that cannot be read")
        return None


def _contradictions(values: Mapping[str, Any]) -> Iterator[str]:
    """Say what each setting alone cannot know."""
    if not values.get("app_password") and not values.get("app_certificate"):
        yield "  BOT_APP_PASSWORD or BOT_APP_CERTIFICATE is missing: the bot must prove who it is"
    if values.get("app_password") and values.get("app_certificate"):
        yield "  BOT_APP_PASSWORD and BOT_APP_CERTIFICATE are both set: one is enough"
    keys = [*values.get("master_keys", {}).values(), *values.get("index_keys", {}).values()]
    if len(set(keys)) != len(keys):
        yield "  MASTER_KEYS and INDEX_KEYS repeat a key: each must be its own"
    if values.get("metrics_port") == values.get("port"):
        yield "  METRICS_PORT and PORT are the same: the metrics are not for the internet"
    trusted = values.get("local_openid_metadata", ""), values.get("local_connector", "")
    if any(trusted) and not all(trusted):
        yield "  LOCAL_OPENID_METADATA and LOCAL_CONNECTOR go together: set both or none"
    if any(trusted) and not readers.is_loopback(values.get("host", "")):
        yield "  HOST must be a loopback address while a local stand-in is trusted"
    if any(trusted) and not all(_is_local(address) for address in trusted if address):
        yield "  LOCAL_OPENID_METADATA and LOCAL_CONNECTOR must be on a loopback address"


def _is_local(address: str) -> bool:
    try:
        return bool(readers.loopback_address(address))
    except ValueError:
        return False
