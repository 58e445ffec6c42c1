"""Everything that can be set from outside, read once and checked before anything starts.

This is the only module that reads the environment. A secret `X` may be given as `X_FILE`,
the path of a file that holds it. Every field says its variable and its meaning, and
`docs/settings.md` is compared with them.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from bot import readers
from bot.contradictions import contradictions
from bot.microsoft_settings import MicrosoftSettings
from bot.microsoft_settings import reads as _reads
from domain.plus import HEADS_UP_AT_MONTHS

TEAMS_HOSTS = ("smba.trafficmanager.net", "*.botframework.com")


class SettingsProblem(Exception):
    """The settings cannot be used. Says everything that is wrong, and no secret."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(["The settings are not complete:", *sorted(problems)]))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(MicrosoftSettings):
    """What the bot was told before it started.

    :raises SettingsProblem: when settings contradict each other.
    """

    database_url: str = field(
        repr=False,
        metadata=_reads(
            "DATABASE_URL", readers.database, "postgresql+asyncpg://… or sqlite+aiosqlite:///file"
        ),
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
    export_folder: str = field(
        default="",
        metadata=_reads(
            "EXPORT_FOLDER",
            str,
            "where documents to file or hand over are laid, for the Secretariat only; empty is"
            " nowhere",
        ),
    )
    secure_mailbox: str = field(
        default="",
        metadata=_reads(
            "SECURE_MAILBOX", str, "the secure function mailbox that such documents name"
        ),
    )
    withdrawn_kept_days: int = field(
        default=30,
        metadata=_reads(
            "WITHDRAWN_KEPT_DAYS", readers.number, "days until what was withdrawn is erased"
        ),
    )
    rejected_kept_days: int = field(
        default=30,
        metadata=_reads(
            "REJECTED_KEPT_DAYS",
            readers.number,
            "days until a concern that was rejected or passed on is erased",
        ),
    )
    closed_kept_months: str = field(
        default="12,24,60",
        metadata=_reads(
            "CLOSED_KEPT_MONTHS",
            readers.months_by_level,
            "months a closed case is kept after its last event: level 1, level 2, levels 3 and 4",
        ),
    )
    facts_kept_months: int = field(
        default=36,
        metadata=_reads(
            "FACTS_KEPT_MONTHS",
            readers.number,
            "months until what became of somebody in SSP+ can no longer be put together",
        ),
    )
    readiness_kept_months: int = field(
        default=24,
        metadata=_reads("READINESS_KEPT_MONTHS", readers.number, "months alerts keep their names"),
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
    planner_seconds: int = field(
        default=30,
        metadata=_reads(
            "PLANNER_SECONDS", readers.number, "seconds of a quiet core that a year plan may take"
        ),
    )
    notify_socket: str = field(
        default="",
        metadata=_reads(
            "NOTIFY_SOCKET", str, "set by systemd: where it hears that the bot is ready, and lives"
        ),
    )
    watchdog_usec: int = field(
        default=0,
        metadata=_reads(
            "WATCHDOG_USEC",
            readers.number_or_none,
            "set by systemd: microseconds of silence until it starts the bot again; 0 never",
        ),
    )
    guests_allowed: bool = field(
        default=False,
        metadata=_reads("GUESTS_ALLOWED", readers.yes_or_no, "yes lets guests of the tenant in"),
    )

    def __post_init__(self) -> None:
        problems = list(contradictions({each.name: getattr(self, each.name) for each in _all()}))
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
        problems.extend(contradictions(values))
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
