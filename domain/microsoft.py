"""What can be amiss with Microsoft 365, as an administrator has to know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Service(StrEnum):
    """What we use Microsoft 365 for."""

    GROUPS = "groups"
    PEOPLE = "people"
    CALENDAR = "calendar"
    MAIL = "mail"
    INSTALL = "install"


PERMISSIONS: Mapping[Service, str] = MappingProxyType(
    {
        Service.GROUPS: "GroupMember.Read.All",
        Service.PEOPLE: "User.Read.All",
        Service.CALENDAR: "Calendars.ReadWrite",
        Service.MAIL: "Mail.Send",
        Service.INSTALL: "TeamsAppInstallation.ReadWriteSelfForUser.All",
    }
)


class Amiss(StrEnum):
    """Why Microsoft 365 does not do what we ask, by what an administrator does about it."""

    SECRET_WRONG = "secret_wrong"  # noqa: S105
    SECRET_ENDED = "secret_ended"  # noqa: S105
    CERTIFICATE_UNKNOWN = "certificate_unknown"
    CLOCK_WRONG = "clock_wrong"
    APP_UNKNOWN = "app_unknown"
    APP_DISABLED = "app_disabled"
    TENANT_UNKNOWN = "tenant_unknown"
    CONSENT_MISSING = "consent_missing"
    BLOCKED = "blocked"
    CLOUD_WRONG = "cloud_wrong"
    IDENTITY_MISSING = "identity_missing"
    TOKEN_REFUSED = "token_refused"  # noqa: S105
    PERMISSION_MISSING = "permission_missing"
    MAILBOX_CLOSED = "mailbox_closed"
    MAILBOX_MISSING = "mailbox_missing"
    MAILBOX_FULL = "mailbox_full"
    SENDING_STOPPED = "sending_stopped"
    LICENCE_MISSING = "licence_missing"
    THROTTLED = "throttled"
    NOT_TRUSTED = "not_trusted"
    NOT_REACHED = "not_reached"
    BROKEN = "broken"
    OTHER = "other"


# What passes by itself is told when it did not.
PASSING: Final = frozenset({Amiss.THROTTLED, Amiss.NOT_REACHED, Amiss.BROKEN})
PATIENCE: Final = timedelta(minutes=15)
FORGOTTEN_AFTER: Final = timedelta(days=2)  # nobody has asked since


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One service that refuses us: since when, for what reason, and Microsoft's code for it.

    :param request_id: by which Microsoft's support finds the last request.
    """

    service: Service
    amiss: Amiss
    code: str
    since: datetime
    seen_at: datetime
    request_id: str = ""

    def matters(self, *, now: datetime) -> bool:
        """Whether somebody should hear of it: it is not old, and did not just begin to pass."""
        lasted = self.amiss not in PASSING or now - self.since >= PATIENCE
        return lasted and now - self.seen_at <= FORGOTTEN_AFTER
