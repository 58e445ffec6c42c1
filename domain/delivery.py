"""Delivering a notice: where to, and what to do when Teams does not take it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from domain.notices import Notice

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
STOPPED_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A conversation in Teams that we may write to unasked."""

    conversation_id: str
    service_url: str
    tenant_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A notice claimed for sending; `attempts` counts this one too."""

    id: int
    notice: Notice
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Try again after this long, or after `wait_after` when Teams did not say."""

    after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """The address cannot be written to until the person does something about it."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """Teams will never take this message; the address may be fine."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopAll:
    """Teams takes nothing from this bot; an operator must look before more is sent."""

    why: str


Verdict = Retry | Unreachable | GiveUp | StopAll


class NotDelivered(Exception):
    """Teams did not confirm that it took what we sent.

    `status` and `code` are its answer; without an answer `status` is None and the code is
    NO_CONNECTION (it never left), UNCLEAR (it may have arrived) or UNTRUSTED (we did not send it).
    """

    def __init__(
        self, *, status: int | None, code: str = "", retry_after: timedelta | None = None
    ) -> None:
        super().__init__(f"{status or 'no answer'} {code}".strip())
        self.status = status
        self.code = code
        self.retry_after = retry_after


NO_CONNECTION = "NoConnection"
UNCLEAR = "Unclear"
UNTRUSTED = "Untrusted"

BLOCKED = "blocked"
APP_MISSING = "app_missing"
UNKNOWN_CONVERSATION = "unknown_conversation"

# readiness.md §3.3: these are tried again and no others; 500 and 403 never (BER-14)
RETRIED = frozenset({412, 429, 502, 503, 504})

# A refused token (401) says nothing of the recipient: it stops everybody and loses nobody.
REFUSALS: Mapping[tuple[int | None, str], Verdict] = MappingProxyType(
    {
        (None, UNTRUSTED): Unreachable(why="untrusted_service_url"),
        (401, ""): StopAll(why="401"),
        (403, "BotNotInConversationRoster"): Unreachable(why=APP_MISSING),
        (403, "ForbiddenOperationException"): Unreachable(why=APP_MISSING),
        (403, "ConversationBlockedByUser"): Unreachable(why=BLOCKED),
        (403, "MessageWritesBlocked"): Unreachable(why=BLOCKED),
        (403, "BotDisabledByAdmin"): StopAll(why="BotDisabledByAdmin"),
        (404, "ConversationNotFound"): Unreachable(why=UNKNOWN_CONVERSATION),
    }
)


def verdict(status: int | None, code: str, retry_after: timedelta | None) -> Verdict:
    """Say what becomes of a message that Teams did not take (readiness.md §3.3, BER-14).

    Without an answer it is tried again: a message sent twice is a nuisance, a lost one a failure.
    """
    refusal = REFUSALS.get((status, code)) or REFUSALS.get((status, ""))
    if refusal is not None:
        return refusal
    if status is None or status in RETRIED:
        return Retry(after=None if retry_after is None else min(retry_after, LONGEST_WAIT))
    return GiveUp(why=f"{status} {code}".strip())


def wait_after(attempts: int, jitter: float) -> timedelta:
    """Wait one minute, then two, four … at most an hour.

    The first attempt is number 1.

    :param jitter: from 0 to 1, so that all who failed together do not return together.
    """
    doubled = FIRST_WAIT * (1 << min(attempts - 1, 16))
    return min(doubled, LONGEST_WAIT * 2 / 3) * (1 + jitter / 2)
