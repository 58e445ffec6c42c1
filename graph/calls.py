"""What is said to Microsoft Graph, and what may come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, StrEnum
from typing import Any, Final, Literal
from urllib.parse import quote

from graph.needs import Need

Json = Mapping[str, Any]
Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]

REPEATABLE: Final = frozenset({"GET", "PUT", "PATCH", "DELETE"})
FOREIGN_LINK: Final = "foreignLink"
ENDLESS_LIST: Final = "endlessList"
HELD_BACK: Final = "heldBack"
STOPPED: Final = "stopped"


class Sends(Enum):
    """Whether mail leaves a mailbox because of a call; Exchange counts every message (MTG-14)."""

    NOTHING = "nothing"
    IN_TURN = "in turn"  # waits for its turn: at most so many a minute
    AT_ONCE = "at once"  # goes ahead, and counts: somebody waits for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request.

    :param path: below the version, each part quoted, as `path("users", mailbox, "events")` makes
        it; or a link that Graph gave (`@odata.nextLink`, `@odata.deltaLink`), unchanged.
    :param body: sent as JSON.
    :param text: sent as text/plain instead of a body: a whole mail in Base64.
    :param once: it does no harm twice, though it is a POST: Graph knows it by a `transactionId`.
    :param hurried: whoever asked repeats it: it is sent once and soon answered, or refused at
        once while its service is closed.
    """

    need: Need
    method: Method
    path: str = field(repr=False)
    body: Json | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    sends: Sends = Sends.NOTHING
    once: bool = False
    hurried: bool = False

    @property
    def repeatable(self) -> bool:
        """Whether it may be sent again when nobody knows if it arrived."""
        return self.once or self.method in REPEATABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What Graph did; the body is empty where it had nothing to say."""

    status: int
    body: Json = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of a list, and on the last one where what changes from now on can be read."""

    items: Sequence[Json] = field(repr=False)
    delta_link: str = field(default="", repr=False)


class End(StrEnum):
    """How one request ended, for whoever counts."""

    DONE = "done"
    REFUSED = "refused"
    THROTTLED = "throttled"
    SILENT = "silent"
    NOT_SENT = "not_sent"  # no token, or no way there


class GraphTrouble(Exception):
    """A call did not succeed. Carries codes only, never what Graph said in words.

    :param status: Graph's; 0 where the call did not come that far.
    :param codes: Graph's own, from the outermost to the one that tells most; Entra's (`AADSTS…`)
        where we were given no token.
    :param retry_after: how long Graph wants to be left alone.
    """

    def __init__(
        self,
        *,
        need: Need,
        status: int = 0,
        codes: Sequence[str],
        retry_after: timedelta | None = None,
        request_id: str = "",
    ) -> None:
        self.need = need
        self.status = status
        self.codes = tuple(codes) or ("",)
        self.retry_after = retry_after
        self.request_id = request_id
        super().__init__(f"{need.service}: {status or 'no answer'} {self.code}".rstrip())

    @property
    def code(self) -> str:
        """Give the code that tells most; empty where there is none."""
        return self.codes[-1]


class GraphRefused(GraphTrouble):
    """Graph, or Entra before it, said no; nothing was done."""


class GraphSilent(GraphTrouble):
    """No answer came, or half of one; what was asked for may have been done."""


Came = Answer | GraphTrouble


def path(*parts: str) -> str:
    """Put a path together: `path("users", mailbox, "events")`; each part is quoted whole."""
    return "".join(f"/{quote(part, safe='')}" for part in parts)
