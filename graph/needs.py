"""What we ask Microsoft 365 for: each with its permission, and whose limits it counts against."""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Lane(StrEnum):
    """Services of Microsoft 365 that throttle apart from each other (MTG-14)."""

    DIRECTORY = "directory"
    OUTLOOK = "outlook"
    TEAMS = "teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """What an administrator has to have given us before a call can succeed.

    :param name: as Entra, or Exchange's roles for applications, call it.
    :param of_mailbox: given in Exchange for one mailbox only, and not consented in Entra.
    """

    name: str
    lane: Lane
    of_mailbox: bool = False


class Need(Enum):
    """Why we call; its name is what logs and metrics count by."""

    GROUPS = Permission(name="GroupMember.Read.All", lane=Lane.DIRECTORY)
    PEOPLE = Permission(name="User.Read.All", lane=Lane.DIRECTORY)
    CALENDAR = Permission(name="Calendars.ReadWrite", lane=Lane.OUTLOOK, of_mailbox=True)
    MAIL = Permission(name="Mail.Send", lane=Lane.OUTLOOK, of_mailbox=True)
    INSTALL = Permission(name="TeamsAppInstallation.ReadWriteSelfForUser.All", lane=Lane.TEAMS)

    @property
    def lane(self) -> Lane:
        return self.value.lane
