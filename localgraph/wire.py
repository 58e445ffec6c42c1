"""What goes over the wire: what was asked, what is answered, and how Graph refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

Json = dict[str, Any]
NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, alone or as a part of a batch. `path` is without host and version."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    """By name in small letters."""
    body: Any = None
    """The JSON that was sent, or the text of a MIME message."""
    in_batch: bool = False

    def prefers(self, name: str) -> str | None:
        """Give the value of one preference in `Prefer`, without its quotes."""
        for preference in self.headers.get("prefer", "").split(","):
            key, _, value = preference.strip().partition("=")
            if key.lower() == name.lower():
                return value.strip().strip('"')
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int = HTTPStatus.OK
    body: Json | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """`@odata.nextLink` and `@odata.deltaLink`, by the query that each is."""


class Refused(Exception):
    """Graph says no: a status, and the code that a client may branch on."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str = "",
        *,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.message = message or code
        self.headers = headers


class Cut(Exception):
    """The connection breaks: the client has no answer, whatever was done."""


def not_found(code: str = "ErrorItemNotFound") -> Refused:
    return Refused(HTTPStatus.NOT_FOUND, code, "The specified object was not found.")
