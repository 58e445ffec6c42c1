"""Meetings as events in the Secretariat's mailbox: what is wanted, and what was put there."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final, Self
from uuid import UUID, uuid5

from domain.people import PersonId

LOOKS_FOR_LINK: Final = 7  # an hour, with the pauses below; then a person is asked (MTG-15)
ASKS_FOR_LINK_AT: Final = 3  # so many looks in vain, and Exchange is asked for it once more
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=6)
TELL_AFTER: Final = 4  # refusals in a row, until the Secretariat hears of them


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookGuest:
    """Somebody who is asked to come, by the address that the register knows."""

    person: PersonId
    name: str = field(repr=False)
    address: str = field(repr=False)

    @property
    def key(self) -> str:
        return address_key(self.address)


def address_key(address: str) -> str:
    """Make two spellings of an address one."""
    return address.strip().casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEvent:
    """One meeting as Outlook is to show it; no word of its agenda is among this (MTG-20).

    :param uid: the meeting's own name in calendars.
    :param said: what stands in it. It is never changed afterwards: that would take the link to
        Teams away (MTG-15).
    :param online: whether Teams is to give it a link; a meeting that has another needs none.
    :param off: it is not held.
    """

    meeting: UUID
    uid: UUID
    subject: str = field(repr=False)
    said: str = field(repr=False)
    place: str = field(repr=False)
    begins_at: datetime
    ends_at: datetime
    guests: tuple[OutlookGuest, ...] = ()
    online: bool = True
    off: bool = False

    @property
    def fingerprint(self) -> str:
        """Give what differs when, and only when, there is something to change in Outlook."""
        told = [
            self.subject,
            self.place,
            self.begins_at.timestamp(),
            self.ends_at.timestamp(),
            sorted({each.key for each in self.guests}),
            self.off,
        ]
        return sha256(json.dumps(told).encode()).hexdigest()

    def transaction(self, revision: int) -> UUID:
        """Name its making, so that Exchange makes it once however often it is told (MTG-13)."""
        return transaction_of(self.uid, revision)


def transaction_of(uid: UUID, revision: int) -> UUID:
    """Name the making of an event, the how-manieth of that meeting's."""
    return uuid5(uid, f"made/{revision}")


class Response(StrEnum):
    """What an attendee has answered, as Graph calls it."""

    NONE = "none"
    ORGANIZER = "organizer"
    TENTATIVE = "tentativelyAccepted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WAITING = "notResponded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody in an event as Outlook has it: one of ours, or put there by hand, as rooms are.

    :param kind: `required`, `optional` or `resource`.
    """

    address: str = field(repr=False)
    name: str = field(default="", repr=False)
    kind: str = "required"
    response: Response = Response.NONE
    answered_at: datetime | None = None

    @property
    def key(self) -> str:
        return address_key(self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActualEvent:
    """An event as Outlook has it.

    :param changed_at: when anything of it changed last, an answer for instance.
    """

    id: str = field(repr=False)
    change_key: str = field(default="", repr=False)
    transaction: str = ""
    subject: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    begins_at: datetime
    ends_at: datetime
    attendees: tuple[Attendee, ...] = ()
    join_link: str = field(default="", repr=False)
    off: bool = False
    changed_at: datetime | None = None

    def is_at(self, begins_at: datetime, ends_at: datetime) -> bool:
        return (self.begins_at, self.ends_at) == (begins_at, ends_at)


class EventState(StrEnum):
    WAITING = "waiting"  # to be made; it may be there already, where its making was tried
    THERE = "there"
    GONE = "gone"  # cancelled, by us


class ByHand(StrEnum):
    """What somebody did to an event in Outlook, that was put back."""

    DELETED = "deleted"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookEvent:
    """What we know of a meeting's event: what was last put there, and how that went.

    :param revision: how often it had to be made anew.
    :param fingerprint: of what was last put; empty where it is to be looked at.
    :param begins_at: the hour that was last put, or tried; so `ends_at` and `guests`.
    :param hour_put_at: since when Outlook has shown this hour: older answers are to another.
    :param looks: how often the link to Teams was looked for in vain.
    :param tries: how often in a row it was refused.
    :param by_hand: what somebody did to it in Outlook, and when that was found.
    :param sent: how many messages left at `sent_at`.
    :param claims: counts who took it on; only the last may note what came of it.
    """

    meeting: UUID
    state: EventState = EventState.WAITING
    revision: int = 0
    graph_id: str = field(default="", repr=False)
    change_key: str = field(default="", repr=False)
    fingerprint: str = ""
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    guests: tuple[OutlookGuest, ...] = ()
    hour_put_at: datetime | None = None
    join_link: str = field(default="", repr=False)
    looks: int = 0
    look_at: datetime | None = None
    tries: int = 0
    next_at: datetime | None = None
    trouble: str = ""
    by_hand: ByHand | None = None
    by_hand_at: datetime | None = None
    sent_at: datetime | None = None
    sent: int = 0
    lease_until: datetime | None = None
    claims: int = 0

    @property
    def may_be_there(self) -> bool:
        """Whether its making was tried, and nobody knows what came of it."""
        return self.state is EventState.WAITING and self.begins_at is not None

    def is_free(self, now: datetime) -> bool:
        """Whether nobody works on it, and it is not being left alone."""
        return all(each is None or each <= now for each in (self.lease_until, self.next_at))

    def anew(self) -> Self:
        """Let it be made once more, under another name than the one that is gone."""
        return replace(
            self,
            state=EventState.WAITING,
            revision=self.revision + 1,
            graph_id="",
            change_key="",
            fingerprint="",
            begins_at=None,
            ends_at=None,
            hour_put_at=None,
            join_link="",
            looks=0,
            look_at=None,
        )

    def put(self, wanted: WantedEvent, *, now: datetime) -> Self:
        """Note what is there now."""
        same_hour = (self.begins_at, self.ends_at) == (wanted.begins_at, wanted.ends_at)
        return replace(
            self.tried(wanted),
            state=EventState.THERE,
            fingerprint=wanted.fingerprint,
            hour_put_at=self.hour_put_at if same_hour and self.hour_put_at else now,
            tries=0,
            next_at=None,
            trouble="",
        )

    def untried(self) -> Self:
        """Note that what was tried never arrived."""
        return replace(self, begins_at=None, ends_at=None)

    def tried(self, wanted: WantedEvent) -> Self:
        """Note what is about to be put there, before it is."""
        return replace(
            self, begins_at=wanted.begins_at, ends_at=wanted.ends_at, guests=wanted.guests
        )

    def found(self, actual: ActualEvent) -> Self:
        """Note the event under its own name, whoever made it."""
        return replace(
            self,
            state=EventState.THERE,
            graph_id=actual.id,
            change_key=actual.change_key,
            join_link=actual.join_link or self.join_link,
            tries=0,
            next_at=None,
            trouble="",
        )

    def gone(self) -> Self:
        return replace(
            self, state=EventState.GONE, fingerprint="", tries=0, next_at=None, trouble=""
        )

    def refused(self, code: str, *, now: datetime) -> Self:
        """Leave it alone for a while, longer each time."""
        pause = min(FIRST_PAUSE * (1 << min(self.tries, 16)), LONGEST_PAUSE)
        return replace(self, tries=self.tries + 1, next_at=now + pause, trouble=code)

    def unlinked(self, *, now: datetime) -> Self:
        """Look for its link again later."""
        pause = FIRST_PAUSE * (1 << min(self.looks, 5))
        return replace(self, looks=self.looks + 1, look_at=now + pause)

    @property
    def amiss_round(self) -> int:
        """Count what the Secretariat hears of: that it is refused, and that it has no link."""
        return 2 * self.revision + (1 if self.trouble else 2)

    @property
    def has_no_link(self) -> bool:
        """Whether it was looked for often enough."""
        return not self.join_link and self.looks >= LOOKS_FOR_LINK
