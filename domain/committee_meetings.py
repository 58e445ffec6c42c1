"""Committee meetings: when and where, who is asked, what falls due before and after."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self
from uuid import NAMESPACE_DNS, UUID, uuid5

from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.periods import moment

_NAMESPACE = uuid5(NAMESPACE_DNS, "meetings.ssp")


# The head of the Secretariat leads the meetings of these (003 §5.2.3, §5.3.2).
HEAD_LEADS = frozenset({CommitteeType.STEERING, CommitteeType.MANAGERS})


class MeetingState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeMeeting:
    """One meeting of one committee.

    :param number: the how-manieth of the plan that year; None beyond the plan.
    :param minutes: how long it lasts.
    :param purpose: why there is a meeting beyond the plan; no case is named in it.
    :param led_by: the facilitator or chair who leads it, where one is named.
    :param sequence: goes up by one each time its calendar entry changes (RFC 5546).
    """

    id: UUID
    reference: str
    committee: CommitteeCode
    year: int
    number: int | None
    day: date
    starts: time
    minutes: int
    place: str = ""
    purpose: str = field(default="", repr=False)
    led_by: PersonId | None = None
    state: MeetingState = MeetingState.PLANNED
    sequence: int = 0
    plan: UUID | None = None
    called_by: PersonId | None = None
    called_at: datetime
    ended_at: datetime | None = None
    version: int = 1

    @property
    def starts_at(self) -> datetime:
        """The instant (UTC) it begins."""
        return moment(self.day, self.starts)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def is_ahead(self, *, now: datetime) -> bool:
        """Whether it stands and has not begun: only then can anything of it be changed."""
        return self.state is MeetingState.PLANNED and now < self.starts_at

    def moved(self, *, day: date, starts: time) -> Self:
        """Give it at another hour, as the next version of its calendar entry."""
        return replace(self, day=day, starts=starts, sequence=self.sequence + 1)

    def cancelled(self, *, at: datetime) -> Self:
        return replace(self, state=MeetingState.CANCELLED, sequence=self.sequence + 1, ended_at=at)


def meeting_id(committee: CommitteeCode, year: int, number: int) -> UUID:
    """Name a meeting of the plan, so that publishing twice makes one (meetings.md §4)."""
    return uuid5(_NAMESPACE, f"{committee}/{year}/{number}")


class Reply(StrEnum):
    """What somebody answers to an invitation."""

    ASKED = "asked"  # nothing yet
    COMING = "coming"  # Deltager
    SUBSTITUTE = "substitute"  # Afbud – spørg min suppleant
    DECLINED = "declined"  # Afbud


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Somebody asked to a meeting, and what they said.

    :param stands_for: whose substitute they are asked as; None for a seat of their own.
    """

    meeting: UUID
    person: PersonId
    slot: str
    reply: Reply = Reply.ASKED
    stands_for: PersonId | None = None
    asked_at: datetime
    replied_at: datetime | None = None


class Presence(StrEnum):
    """How somebody was at a meeting, as minutes say it (meetings.md §1)."""

    PRESENT = "present"  # deltog
    EXCUSED = "excused"  # afbud
    ABSENT = "absent"  # udeblev
    SUBSTITUTE = "substitute"  # suppleant for
    CALLED = "called"  # suppleant, indkaldt, men mødte ikke frem


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    meeting: UUID
    person: PersonId
    slot: str
    how: Presence
    stands_for: PersonId | None = None
    noted_by: PersonId
    noted_at: datetime


class DeadlineKind(StrEnum):
    """What falls due around a meeting, each once (MTG-21)."""

    CALL = "call"  # members are asked for items
    PROVISIONAL = "provisional"  # foreløbig dagsorden (SGF-1)
    FINAL = "final"  # endelig dagsorden og materiale (SGF-3)
    REMINDER = "reminder"  # those who have not answered, and those who come
    ATTENDANCE = "attendance"  # is everybody's authority there? (MTG-25)
    DRAFT = "draft"  # the minutes are to be written
    COMMENTS = "comments"  # the draft is to be sent for comments (SGF-4)
    APPROVAL = "approval"  # comments are closed; somebody approves
    DISTRIBUTION = "distribution"  # approved minutes are to have been sent on


class DeadlineState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    LATE = "late"  # done after the day it mattered for, and said so
    DROPPED = "dropped"  # the meeting was cancelled, or it mattered no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    meeting: UUID
    kind: DeadlineKind
    due_at: datetime
    state: DeadlineState = DeadlineState.WAITING
    done_at: datetime | None = None
