"""What the stand-in can be asked: our names for Microsoft's operations, and their needs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

OUTLOOK, ENTRA, TEAMS = "outlook", "entra", "teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One of Microsoft's operations, and the application permissions each of which allows it."""

    name: str
    method: str
    path: str
    """As in Microsoft's contract: `{user-id}` is one segment."""
    service: str
    permissions: frozenset[str]
    pattern: re.Pattern[str] = field(repr=False, compare=False)


def _operation(name: str, method: str, path: str, service: str, *permissions: str) -> Operation:
    names = iter(range(9))
    pattern = re.sub(r"\\{[\w\\-]+\\}", lambda _: f"(?P<p{next(names)}>[^/]+)", re.escape(path))
    return Operation(
        name=name,
        method=method,
        path=path,
        service=service,
        permissions=frozenset(permissions),
        pattern=re.compile(pattern),
    )


_USERS = ("User.Read.All", "Directory.Read.All")
_USER = ("User.ReadBasic.All", *_USERS)
_GROUPS = ("GroupMember.Read.All", "Group.Read.All", "Directory.Read.All")
_WRITE = ("Calendars.ReadWrite",)
_READ = ("Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite")
_APPS = (
    "TeamsAppInstallation.ReadWriteSelfForUser.All",
    "TeamsAppInstallation.ReadWriteForUser.All",
)
_EVENT = "/users/{user-id}/events/{event-id}"
_MEMBERS = "/groups/{group-id}/members"
_INSTALLED = "/users/{user-id}/teamwork/installedApps"

OPERATIONS: Mapping[str, Operation] = {
    operation.name: operation
    for operation in (
        _operation("organization", "GET", "/organization", ENTRA, "Organization.Read.All", *_USER),
        _operation("users.delta", "GET", "/users/delta()", ENTRA, *_USERS),
        _operation("users.list", "GET", "/users", ENTRA, *_USER),
        _operation("users.get", "GET", "/users/{user-id}", ENTRA, *_USER),
        _operation("groups.delta", "GET", "/groups/delta()", ENTRA, *_GROUPS),
        _operation("groups.get", "GET", "/groups/{group-id}", ENTRA, *_GROUPS),
        _operation("groups.members", "GET", _MEMBERS, ENTRA, *_GROUPS),
        _operation("groups.members.users", "GET", f"{_MEMBERS}/graph.user", ENTRA, *_GROUPS),
        _operation(
            "groups.transitive", "GET", "/groups/{group-id}/transitiveMembers", ENTRA, *_GROUPS
        ),
        _operation(
            "groups.transitive.users",
            "GET",
            "/groups/{group-id}/transitiveMembers/graph.user",
            ENTRA,
            *_GROUPS,
        ),
        _operation("events.create", "POST", "/users/{user-id}/events", OUTLOOK, *_WRITE),
        _operation("events.list", "GET", "/users/{user-id}/events", OUTLOOK, *_READ),
        _operation("events.get", "GET", _EVENT, OUTLOOK, *_READ),
        _operation("events.update", "PATCH", _EVENT, OUTLOOK, *_WRITE),
        _operation("events.delete", "DELETE", _EVENT, OUTLOOK, *_WRITE),
        _operation("events.cancel", "POST", f"{_EVENT}/cancel", OUTLOOK, *_WRITE),
        _operation(
            "calendarView.delta", "GET", "/users/{user-id}/calendarView/delta()", OUTLOOK, *_READ
        ),
        _operation("calendarView", "GET", "/users/{user-id}/calendarView", OUTLOOK, *_READ),
        _operation("calendar.get", "GET", "/users/{user-id}/calendar", OUTLOOK, *_READ),
        _operation(
            "calendar.getSchedule",
            "POST",
            "/users/{user-id}/calendar/getSchedule",
            OUTLOOK,
            *_READ,
        ),
        _operation("mail.send", "POST", "/users/{user-id}/sendMail", OUTLOOK, "Mail.Send"),
        _operation(
            "apps.catalogue", "GET", "/appCatalogs/teamsApps", TEAMS, "AppCatalog.Read.All"
        ),
        _operation("apps.list", "GET", _INSTALLED, TEAMS, *_APPS),
        _operation("apps.install", "POST", _INSTALLED, TEAMS, *_APPS),
        _operation(
            "apps.chat", "GET", f"{_INSTALLED}/{{userScopeTeamsAppInstallation-id}}/chat", TEAMS,
            *_APPS,
        ),
    )
}  # fmt: skip


def find(method: str, path: str) -> tuple[Operation, tuple[str, ...]] | None:
    """Find who answers, and the parts of the path that are ids, as they were meant."""
    plain = path.replace("/microsoft.graph.", "/graph.")
    if plain.endswith("/delta"):
        plain += "()"
    for operation in OPERATIONS.values():
        if operation.method == method and (found := operation.pattern.fullmatch(plain)):
            return operation, tuple(unquote(part) for part in found.groups())
    return None


def methods_of(path: str) -> frozenset[str]:
    """Which methods this path has, so that a wrong one is told from a wrong path."""
    return frozenset(
        operation.method for operation in OPERATIONS.values() if find(operation.method, path)
    )
