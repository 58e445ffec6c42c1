"""A committee meeting as a calendar knows it, and how its times are told to calendars."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from domain.dates import COPENHAGEN
from domain.periods import moment

_NAMESPACE = UUID("6f1f9d0e-6a5c-5d0b-9a43-0d2f5f4c2b51")


class GuestReply(StrEnum):
    """What a guest has answered, as RFC 5545 §3.2.12 calls it."""

    WAITING = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Who calls a meeting, or is asked to come."""

    name: str = field(repr=False)
    email: str = field(repr=False)
    reply: GuestReply = GuestReply.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One meeting for a calendar: no word of its agenda is among this (MTG-20).

    :param id: the meeting's own, which it keeps when it is moved.
    :param sequence: how often it has been changed; calendars take no older one (RFC 5546).
    :param starts: on the wall in Copenhagen.
    :param link: to the meeting in Teams; empty where it has none.
    :param readiness: a readiness meeting, which is no committee's; `drill` says so first (BER-62).
    """

    id: UUID
    reference: str
    committee: str = field(repr=False)
    day: date
    starts: time
    minutes: int
    place: str = field(repr=False)
    sequence: int
    organizer: Guest
    guests: tuple[Guest, ...] = ()
    cancelled: bool = False
    link: str = field(default="", repr=False)
    readiness: bool = False
    drill: bool = False

    @property
    def uid(self) -> UUID:
        """Name the meeting in every calendar, always the same."""
        return uid_of(self.id)

    @property
    def begins_at(self) -> datetime:
        """Give its beginning in Copenhagen's time; an hour that does not exist has passed."""
        return moment(self.day, self.starts).astimezone(COPENHAGEN)

    @property
    def ends_at(self) -> datetime:
        """Give its end, so many minutes later, also where the clock is moved in between."""
        begins = moment(self.day, self.starts)
        return (begins + timedelta(minutes=self.minutes)).astimezone(COPENHAGEN)


def uid_of(meeting: UUID) -> UUID:
    """Name a meeting as every calendar knows it."""
    return uuid5(_NAMESPACE, meeting.hex)
