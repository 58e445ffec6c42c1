"""The audit trail: events, the links of their chain, and the key that closes each link."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Self

from domain.people import PersonId

NOTHING: Final = bytes(32)  # what stands before the first link
ABOUT_TRAIL: Final = "audit"  # what events about the trail itself are about
ABOUT_CHECKS: Final = "audit/checks"  # and those that say what a check of it came to


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what about which, what came of it, and why; ids and codes only (AC-AUD-06)."""

    at: datetime
    actor: PersonId | None
    action: str
    about: str
    result: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last link of a chain, or the last one that was trimmed away."""

    seq: int
    mac: bytes = field(repr=False)


BEGINNING: Final = Head(seq=0, mac=NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One event as it is stored: its number, the link before it, its bytes and their seal.

    `at` and `about` are copies to look rows up by; the bytes are what counts (AC-AUD-04).
    """

    seq: int
    prev: bytes = field(repr=False)
    key_version: int
    event: bytes
    mac: bytes = field(repr=False)
    at: datetime
    about: str

    @property
    def head(self) -> Head:
        return Head(seq=self.seq, mac=self.mac)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the bytes of a link say: the event, and the number and key it was written with."""

    seq: int
    key_version: int
    event: Event


class ChainKey:
    """A secret that closes links and signs what is said about the chain. Never shows itself."""

    __slots__ = ("_links", "_statements", "version")

    def __init__(self, version: int, secret: bytes) -> None:
        self.version = version
        self._links = hmac.digest(secret, b"audit links", hashlib.sha256)
        self._statements = hmac.digest(secret, b"audit statements", hashlib.sha256)

    def close(self, prev: bytes, event: bytes) -> bytes:
        """Return the mac of a link: the one before it is part of it (AC-AUD-02)."""
        return hmac.digest(self._links, prev + event, hashlib.sha256)

    def closed(self, link: Link) -> bool:
        """Tell whether this key made the link (AC-CRYPT-08)."""
        return hmac.compare_digest(self.close(link.prev, link.event), link.mac)

    def sign(self, statement: bytes) -> bytes:
        return hmac.digest(self._statements, statement, hashlib.sha256)

    def signed(self, statement: bytes, signature: bytes) -> bool:
        """Tell whether this key signed it (AC-CRYPT-08)."""
        return hmac.compare_digest(self.sign(statement), signature)


def link(event: Event, *, after: Head, key: ChainKey) -> Link:
    """Add an event to a chain."""
    seq = after.seq + 1
    written = canonical(
        {
            "about": event.about,
            "action": event.action,
            "actor": event.actor,
            "at": moment(event.at),
            "key": key.version,
            "purpose": event.purpose,
            "result": event.result,
            "seq": seq,
        }
    )
    return Link(
        seq=seq,
        prev=after.mac,
        key_version=key.version,
        event=written,
        mac=key.close(after.mac, written),
        at=event.at,
        about=event.about,
    )


def read(event: bytes) -> Written:
    """Read the bytes of a link.

    :raises ValueError: when they are not ours.
    """
    try:
        said = json.loads(event)
        return Written(
            seq=said["seq"],
            key_version=said["key"],
            event=Event(
                at=datetime.fromisoformat(said["at"]),
                actor=said["actor"],
                action=said["action"],
                about=said["about"],
                result=said["result"],
                purpose=said["purpose"],
            ),
        )
    except (KeyError, TypeError) as problem:
        raise ValueError("not an event of the trail") from problem


def canonical(said: Mapping[str, object]) -> bytes:
    """Write it in the one way it can be written: keys in order, no spaces, UTF-8 (AC-AUD-04)."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def moment(at: datetime) -> str:
    """Write a moment as UTC to the microsecond, always as long."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a trim leaves in the place of the links it took away (AC-AUD-06)."""

    through: Head
    at: datetime
    key_version: int
    signature: bytes = field(repr=False)

    @classmethod
    def signed(cls, through: Head, *, at: datetime, key: ChainKey) -> Self:
        statement = _trimmed(through, at, key.version)
        return cls(through=through, at=at, key_version=key.version, signature=key.sign(statement))

    def holds(self, key: ChainKey) -> bool:
        """Tell whether this key signed it."""
        statement = _trimmed(self.through, self.at, self.key_version)
        return key.signed(statement, self.signature)


def _trimmed(through: Head, at: datetime, version: int) -> bytes:
    return canonical(
        {
            "at": moment(at),
            "key": version,
            "mac": through.mac.hex(),
            "trimmed_through": through.seq,
        }
    )
