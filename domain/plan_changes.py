"""What a plan changes in the meetings there are: added, moved, removed; nothing that is past."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from hashlib import sha256

from domain.committee_meetings import CommitteeMeeting, MeetingState
from domain.people import CommitteeCode
from domain.year_plan import PlannedMeeting
from domain.year_plan_json import as_json

Key = tuple[CommitteeCode, int]
MARK = 8  # characters by which a set of changes is known again


class ChangeKind(StrEnum):
    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """When a meeting is, on the wall, and for how many minutes."""

    day: date
    starts: time
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of one meeting of the plan: where it was, and where it will be."""

    committee: CommitteeCode
    number: int
    before: Place | None = None
    after: Place | None = None

    @property
    def kind(self) -> ChangeKind:
        if self.before is None:
            return ChangeKind.ADDED
        return ChangeKind.REMOVED if self.after is None else ChangeKind.MOVED

    @property
    def day(self) -> date:
        """The day it is listed by."""
        return next(each.day for each in (self.after, self.before) if each is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """Changes as they are written down to be known again."""

    changes: tuple[Change, ...]


def place_of(meeting: CommitteeMeeting) -> Place:
    return Place(day=meeting.day, starts=meeting.starts, minutes=meeting.minutes)


def changes(
    current: Iterable[CommitteeMeeting],
    planned: Iterable[PlannedMeeting],
    *,
    minutes: Mapping[CommitteeCode, int],
    today: date,
    anew: bool,
) -> tuple[Change, ...]:
    """Compare the meetings there are with those of a plan, by committee and day.

    What is past or was cancelled stays; one beyond the plan is none of its business.

    :param anew: the plan is of the whole year, and calls again what was cancelled.
    """
    there = {
        _key(each): each
        for each in current
        if each.number is not None and not (anew and each.state is MeetingState.CANCELLED)
    }
    wanted = {
        (each.committee, each.number): Place(
            day=each.day, starts=each.starts, minutes=minutes[each.committee]
        )
        for each in planned
    }
    found = [
        change
        for key in sorted(there.keys() | wanted.keys())
        if (change := _change(key, there.get(key), wanted.get(key))) is not None
        and all(each.day >= today for each in (change.before, change.after) if each is not None)
    ]
    return tuple(sorted(found, key=lambda each: (each.committee, each.day, each.number)))


def _change(key: Key, meeting: CommitteeMeeting | None, wanted: Place | None) -> Change | None:
    before = None if meeting is None else place_of(meeting)
    over = meeting is not None and meeting.state is not MeetingState.PLANNED
    if over or before == wanted:
        return None
    return Change(committee=key[0], number=key[1], before=before, after=wanted)


def _key(meeting: CommitteeMeeting) -> Key:
    return meeting.committee, meeting.number or 0


def mark(found: tuple[Change, ...]) -> str:
    """Give the letters by which these very changes are known: whoever approves has seen them."""
    return sha256(as_json(ChangeSet(changes=found)).encode()).hexdigest()[:MARK]


def counted(found: Iterable[Change]) -> Mapping[ChangeKind, int]:
    """Count them by kind; a kind with none is 0."""
    kinds = [each.kind for each in found]
    return {kind: kinds.count(kind) for kind in ChangeKind}


def among(found: Iterable[Change], codes: Collection[CommitteeCode]) -> list[Change]:
    return [each for each in found if each.committee in codes]
