"""What the bot was told of Microsoft: who it is to Entra, and what it may ask of Microsoft 365."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot import readers
from graph.clouds import Cloud


def reads(variable: str, read: Callable[[str], object], meaning: str) -> dict[str, object]:
    """Say which variable a setting is read from, how, and what it means."""
    return {"variable": variable, "read": read, "meaning": meaning}


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftSettings:
    """The part of the settings that is about Microsoft; see `bot/settings.py` for the whole."""

    app_id: str = field(
        metadata=reads("BOT_APP_ID", readers.guid, "the bot's application id in Entra")
    )
    app_password: str = field(
        default="",
        repr=False,
        metadata=reads(
            "BOT_APP_PASSWORD", str, "the bot's client secret in Entra; not enough for GRAPH"
        ),
    )
    app_certificate: str = field(
        default="",
        repr=False,
        metadata=reads(
            "BOT_APP_CERTIFICATE",
            readers.certificate,
            "instead of a secret: private key and certificate as PEM",
        ),
    )
    managed_identity: str = field(
        default="",
        metadata=reads(
            "BOT_MANAGED_IDENTITY",
            readers.managed_identity,
            "instead of either, in Azure: system, or the client id of a user-assigned identity",
        ),
    )
    tenant_id: str = field(
        metadata=reads(
            "BOT_TENANT_ID", readers.guid, "the only Entra tenant that may talk to the bot"
        )
    )
    cloud: Cloud = field(
        default=Cloud.GLOBAL,
        metadata=reads(
            "MICROSOFT_CLOUD",
            Cloud,
            "which of Microsoft's clouds: global, usgov, usgov-dod, china",
        ),
    )
    graph: bool = field(
        default=False,
        metadata=reads(
            "GRAPH", readers.yes_or_no, "yes connects Microsoft 365 through Microsoft Graph"
        ),
    )
    graph_mailbox: str = field(
        default="",
        metadata=reads(
            "GRAPH_MAILBOX",
            readers.mailbox,
            "the Secretariat's mailbox, for meetings and e-mail; empty is neither",
        ),
    )
    graph_calendar: bool = field(
        default=True,
        metadata=reads(
            "GRAPH_CALENDAR",
            readers.yes_or_no,
            "no keeps no meetings in the mailbox's calendar: e-mails carry the invitations",
        ),
    )
    graph_directory: bool = field(
        default=False,
        metadata=reads(
            "GRAPH_DIRECTORY", readers.yes_or_no, "yes reads members of groups from Entra"
        ),
    )
    directory_at_once: int = field(
        default=5,
        metadata=reads(
            "GRAPH_DIRECTORY_AT_ONCE",
            readers.number_or_none,
            "people whom Entra may end at once, and a tenth of all; beyond it, or at 0, a data"
            " steward looks first",
        ),
    )
    teams_app_id: str = field(
        default="",
        metadata=reads(
            "TEAMS_APP_ID",
            readers.guid,
            "the bot's id in the tenant's app catalogue; empty installs it for nobody",
        ),
    )
    local_graph: str = field(
        default="",
        metadata=reads(
            "LOCAL_GRAPH",
            readers.loopback_address,
            "only on one machine: the address asked instead of Microsoft Graph (loopback)",
        ),
    )
