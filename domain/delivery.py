"""Delivering a notice: where to, and what to do when Teams does not take it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from domain.notices import Notice, Tier
from domain.people import PersonId

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_WAIT_OF_ALERTS = timedelta(minutes=1)
STOPPED_FOR = timedelta(minutes=5)


class DeliveryState(StrEnum):
    """Where a notice stands; it is in exactly one of these at every time (BER-13)."""

    READY = "ready"  # klar
    SENDING = "sending"  # sender: somebody has claimed it and not said how it went
    UNRESOLVED = "unresolved"  # uafklaret: it may have arrived, and is sent again
    DELIVERED = "delivered"  # afleveret til Teams: accepted there, which is not the same as seen
    ACKNOWLEDGED = "acknowledged"  # kvitteret
    BLOCKED = "blocked"  # blokeret
    APP_MISSING = "app_missing"  # app mangler
    UNKNOWN = "unknown"  # ukendt bruger
    GIVEN_UP = "given_up"  # opgivet
    CANCELLED = "cancelled"  # annulleret: nobody needs to hear it any more


OPEN = frozenset({DeliveryState.READY, DeliveryState.SENDING, DeliveryState.UNRESOLVED})
NOT_REACHED = frozenset(
    {
        DeliveryState.BLOCKED,
        DeliveryState.APP_MISSING,
        DeliveryState.UNKNOWN,
        DeliveryState.GIVEN_UP,
    }
)

Tally = Mapping[DeliveryState, int]


def is_sent(tally: Tally) -> bool:
    """Whether a send is over: nobody waits any more (BER-13)."""
    return not any(tally.get(state, 0) for state in OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A conversation in Teams that we may write to unasked."""

    conversation_id: str
    service_url: str
    tenant_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of how a person can be reached."""

    address: Address
    blocked_why: str | None
    heard_at: datetime | None  # when they last wrote to us or pressed something


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with one recipient of a send."""

    person: PersonId
    state: DeliveryState
    repeated: bool
    ended_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_via: PersonId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A notice claimed for sending.

    `attempts` counts the tries, this one included. `claims` tells this claim from later ones.
    `repeated` means that it may have arrived before, and must say so.
    """

    id: int
    notice: Notice
    attempts: int
    claims: int
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Try again after this long, or after `wait_after` when Teams did not say.

    `unclear` means that it may have arrived all the same.
    """

    after: timedelta | None = None
    unclear: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttled:
    """Too fast: the whole bot waits, not only this notice."""

    after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """The address cannot be written to until the person does something about it."""

    state: DeliveryState
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """Teams will never take this message; the address may be fine."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopAll:
    """Teams takes nothing from this bot; an operator must look before more is sent."""

    why: str


Verdict = Retry | Throttled | Unreachable | GiveUp | StopAll


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

# readiness.md §3.3: these are tried again and no others; 500 and 403 never (BER-14)


RETRIED = frozenset({412, 429, 502, 503, 504})
MAY_HAVE_ARRIVED = frozenset({502, 504})  # teams.md §4
TOO_FAST = 429

_APP_MISSING = Unreachable(state=DeliveryState.APP_MISSING, why="app_missing")
_BLOCKED = Unreachable(state=DeliveryState.BLOCKED, why="blocked")

# A refused token (401) says nothing of the recipient: it stops everybody and loses nobody.
REFUSALS: Mapping[tuple[int | None, str], Verdict] = MappingProxyType(
    {
        (None, UNTRUSTED): Unreachable(state=DeliveryState.UNKNOWN, why="untrusted_service_url"),
        (401, ""): StopAll(why="401"),
        (403, "BotNotInConversationRoster"): _APP_MISSING,
        (403, "ForbiddenOperationException"): _APP_MISSING,
        (403, "ConversationBlockedByUser"): _BLOCKED,
        (403, "MessageWritesBlocked"): _BLOCKED,
        (403, "BotDisabledByAdmin"): StopAll(why="BotDisabledByAdmin"),
        (404, "ConversationNotFound"): Unreachable(
            state=DeliveryState.UNKNOWN, why="unknown_conversation"
        ),
    }
)


def verdict(status: int | None, code: str, retry_after: timedelta | None) -> Verdict:
    """Say what becomes of a message that Teams did not take (readiness.md §3.3, BER-14).

    Without an answer it is tried again: a message sent twice is a nuisance, a lost one a failure.
    """
    refusal = REFUSALS.get((status, code)) or REFUSALS.get((status, ""))
    if refusal is not None:
        return refusal
    after = None if retry_after is None else min(retry_after, LONGEST_WAIT)
    if status == TOO_FAST:
        return Throttled(after=after)
    if status is None or status in RETRIED:
        return Retry(after=after, unclear=code == UNCLEAR or status in MAY_HAVE_ARRIVED)
    return GiveUp(why=f"{status} {code}".strip())


def wait_after(attempts: int, jitter: float, tier: Tier) -> timedelta:
    """Wait about one second after the first attempt, then two, four … up to a longest wait.

    :param attempts: made so far, this one included.
    :param jitter: from 0 to 1, so that all who failed together do not return together.
    """
    longest = LONGEST_WAIT_OF_ALERTS if tier.is_alert else LONGEST_WAIT
    doubled = FIRST_WAIT * (1 << min(attempts - 1, 16))
    return min(doubled, longest / 1.5) * (0.5 + jitter)
