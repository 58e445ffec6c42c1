"""What we ask Microsoft 365 for: each with its permission, and whose limits it counts against."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from domain.microsoft import PERMISSIONS, Service


class Lane(StrEnum):
    """Services of Microsoft 365 that throttle apart from each other (MTG-14)."""

    DIRECTORY = "directory"
    OUTLOOK = "outlook"
    TEAMS = "teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """What an administrator has to have given us before a call can succeed.

    :param of_mailbox: given in Exchange for one mailbox only, and not consented in Entra.
    """

    service: Service
    lane: Lane
    of_mailbox: bool = False

    @property
    def name(self) -> str:
        """Name it as Entra, or Exchange's roles for applications, do."""
        return PERMISSIONS[self.service]


class Need(Enum):
    """Why we call; its service is what logs and metrics count by."""

    GROUPS = Permission(service=Service.GROUPS, lane=Lane.DIRECTORY)
    PEOPLE = Permission(service=Service.PEOPLE, lane=Lane.DIRECTORY)
    CALENDAR = Permission(service=Service.CALENDAR, lane=Lane.OUTLOOK, of_mailbox=True)
    MAIL = Permission(service=Service.MAIL, lane=Lane.OUTLOOK, of_mailbox=True)
    INSTALL = Permission(service=Service.INSTALL, lane=Lane.TEAMS)

    @property
    def lane(self) -> Lane:
        return self.value.lane

    @property
    def service(self) -> Service:
        return self.value.service
