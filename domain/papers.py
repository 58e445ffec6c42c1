"""What a meeting's agenda and minutes, and a year's plan, are written from: data, no layout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.people import Authority, Committee, CommitteeCode

NOTHING: Mapping["ProposalPart", str] = {}


class ItemKind(StrEnum):
    """What a committee is asked to do with a point of its agenda (003 §5.2.4)."""

    DECISION = "decision"
    DISCUSSION = "discussion"
    ORIENTATION = "orientation"


class ProposalPart(StrEnum):
    """The headings of every proposal, in their order, always the same (SGF-6, SGF-8)."""

    RECOMMENDATION = "recommendation"
    PROBLEM = "problem"
    SOLUTION = "solution"
    ECONOMY = "economy"
    PROCESS = "process"
    MANAGERS = "managers"


class Attendance(StrEnum):
    """How it went with somebody who was asked to come (MTG-26)."""

    ATTENDED = "attended"
    DECLINED = "declined"
    ABSENT = "absent"
    CALLED = "called"  # a substitute who was called in, and did not come


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody the meeting is for; `stands_for` is the name of the member they stand in for."""

    name: str = field(repr=False)
    function: str = field(repr=False)
    authority: Authority
    attendance: Attendance | None = None
    stands_for: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A document that lies somewhere else."""

    title: str = field(repr=False)
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTask:
    """What somebody was given to do; `owner` is their name."""

    owner: str = field(repr=False)
    words: str = field(repr=False)
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperItem:
    """One point of the agenda; what was decided is empty until it is.

    Of a proposal the recommendation has one line for each thing recommended (»at …«).
    """

    kind: ItemKind
    title: str = field(repr=False)
    text: str = field(default="", repr=False)
    proposal: Mapping[ProposalPart, str] = field(default_factory=lambda: NOTHING, repr=False)
    annexes: tuple[Annex, ...] = ()
    decision: str = field(default="", repr=False)
    tasks: tuple[PaperTask, ...] = ()
    sudden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPaper:
    """All that an agenda or minutes say; both are written from the same value (MTG-27).

    :param starts: on the wall in Copenhagen.
    :param minutes: how long the meeting lasts.
    :param leader: the name of who leads it.
    """

    reference: str
    committee: str = field(repr=False)
    day: date
    starts: time
    minutes: int
    place: str = field(repr=False)
    leader: str = field(repr=False)
    participants: tuple[Participant, ...] = field(repr=False)
    items: tuple[PaperItem, ...] = field(repr=False)

    @property
    def ends(self) -> time:
        return (datetime.combine(self.day, self.starts) + timedelta(minutes=self.minutes)).time()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMeeting:
    """One meeting of the year: of whom, and when; `starts` on the wall in Copenhagen."""

    committee: CommitteeCode
    day: date
    starts: time
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPaper:
    """A year of meetings, as its document and its wheel show it."""

    year: int
    committees: tuple[Committee, ...]
    meetings: tuple[YearMeeting, ...]
