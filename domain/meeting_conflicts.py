"""What speaks against an hour of a meeting: people, holidays and the time of day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from domain.committee_meetings import CommitteeMeeting, DeadlineKind
from domain.dates import COPENHAGEN
from domain.people import CommitteeCode
from domain.working_days import is_office_day

TRAVEL: Final = timedelta(minutes=30)  # between two meetings (meetings.md §3)
EARLIEST: Final = time(8, 30)
LATEST: Final = time(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubled:
    """Some people of the committee are in another committee's meeting at that hour."""

    committee: CommitteeCode
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """Numbers only: who it is, they know themselves. Nothing of this forbids the meeting.

    :param late: the agendas that cannot be sent as long before as they are to be.
    """

    doubled: tuple[Doubled, ...] = ()
    away: int = 0
    day_off: date | None = None
    odd_hours: bool = False
    late: tuple[DeadlineKind, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.doubled or self.away or self.day_off or self.odd_hours or self.late)


def collide(one: CommitteeMeeting, other: CommitteeMeeting) -> bool:
    """Whether nobody can be at both, with the way between them."""
    ends_first = one.ends_at + TRAVEL <= other.starts_at
    return not (ends_first or other.ends_at + TRAVEL <= one.starts_at)


def is_day_off(day: date, closed: Iterable[date]) -> bool:
    return not is_office_day(day) or day in set(closed)


def is_at_odd_hours(meeting: CommitteeMeeting) -> bool:
    """Whether it begins early or ends late, by the clock on the wall."""
    return meeting.starts < EARLIEST or _on_the_wall(meeting.ends_at) > LATEST


def _on_the_wall(instant: datetime) -> time:
    return instant.astimezone(COPENHAGEN).time()
