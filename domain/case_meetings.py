"""The fortnightly case meeting: an agenda made from the cases, taken in turn (issue item 4)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.errors import RuleBroken
from domain.people import CommitteeCode, PersonId


class Why(StrEnum):
    """Why something is on the agenda, the most pressing first."""

    NEW_CONCERN = "new_concern"  # CON-8: in no case yet
    NEW_CASE = "new_case"  # no coordination yet
    COORDINATING = "coordinating"  # begun, and not come to an end
    FOLLOW_UP = "follow_up"  # due
    OVERDUE_ACTION = "overdue_action"
    ASSESSMENT = "assessment"  # for SSP+, at 17½ (AGE-5)
    HANDOVER = "handover"  # proposed to this group (PLUS-2)
    NO_LEAD = "no_lead"  # CASE-6
    IDLE = "idle"  # CASE-11


class ItemState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of an agenda before there is a meeting: a case or a concern, and why."""

    about: UUID
    reference: str
    is_concern: bool
    why: tuple[Why, ...]
    since: date | None = None  # the earliest of the days it was due


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One point as a meeting takes it."""

    id: UUID
    meeting: UUID
    position: int
    about: UUID
    why: tuple[Why, ...]
    state: ItemState = ItemState.WAITING
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMeeting:
    """A meeting of a coordination group about its cases; who has begun it, and who is there."""

    id: UUID
    group: CommitteeCode
    begun_by: PersonId
    begun_at: datetime
    present: frozenset[PersonId] = frozenset()
    ended_at: datetime | None = None
    version: int = 1


_ORDER: Mapping[Why, int] = {why: rank for rank, why in enumerate(Why)}


def in_turn(points: Iterable[Point]) -> list[Point]:
    """Put an agenda in the order it is taken: what is new first, then what has waited longest."""
    return sorted(
        points,
        key=lambda point: (_ORDER[point.why[0]], point.since or date.max, point.reference),
    )


def merged(found: Iterable[Point]) -> list[Point]:
    """Make one point of all there is about the same case, and put them in turn."""
    points: dict[UUID, Point] = {}
    for point in found:
        before = points.get(point.about)
        if before is None:
            points[point.about] = point
            continue
        days = [day for day in (before.since, point.since) if day is not None]
        points[point.about] = replace(
            before,
            why=tuple(sorted({*before.why, *point.why}, key=_ORDER.__getitem__)),
            since=min(days, default=None),
        )
    return in_turn(points.values())


def current(items: Sequence[AgendaItem]) -> AgendaItem | None:
    """Find the item that is being taken: the first that waits; None when all are through."""
    return next((item for item in items if item.state is ItemState.WAITING), None)


def _must_run(meeting: CaseMeeting) -> None:
    if meeting.ended_at is not None:
        raise RuleBroken("meeting.ended")


def go_on(
    meeting: CaseMeeting, items: Sequence[AgendaItem], *, state: ItemState, now: datetime
) -> AgendaItem:
    """Leave the current item as done or skipped.

    :raises RuleBroken: `meeting.ended`, or `meeting.through` when nothing is left.
    """
    _must_run(meeting)
    here = current(items)
    if here is None:
        raise RuleBroken("meeting.through")
    return replace(here, state=state, ended_at=now)


def go_back(meeting: CaseMeeting, items: Sequence[AgendaItem]) -> AgendaItem:
    """Take the item before the current one again.

    :raises RuleBroken: `meeting.ended`, or `meeting.at_first`.
    """
    _must_run(meeting)
    here = current(items)
    earlier = [
        item
        for item in items
        if item.state is not ItemState.WAITING and (here is None or item.position < here.position)
    ]
    if not earlier:
        raise RuleBroken("meeting.at_first")
    return replace(earlier[-1], state=ItemState.WAITING, ended_at=None)


def take_skipped(meeting: CaseMeeting, items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Take up what was skipped.

    :raises RuleBroken: `meeting.ended`, or `meeting.none_skipped`.
    """
    _must_run(meeting)
    skipped = [item for item in items if item.state is ItemState.SKIPPED]
    if not skipped:
        raise RuleBroken("meeting.none_skipped")
    return [replace(item, state=ItemState.WAITING, ended_at=None) for item in skipped]


def end(meeting: CaseMeeting, *, now: datetime) -> CaseMeeting:
    """End a meeting; what was not taken comes again on the next agenda by itself.

    :raises RuleBroken: `meeting.ended`, the same for a second press.
    """
    _must_run(meeting)
    return replace(meeting, ended_at=now)


def with_present(
    meeting: CaseMeeting, present: Collection[PersonId], *, offered: Collection[PersonId]
) -> CaseMeeting:
    """Note who is there, of those who belong to the group.

    :raises RuleBroken: `meeting.ended`, `meeting.nobody`, or `press.not_ours`.
    """
    _must_run(meeting)
    if not present:
        raise RuleBroken("meeting.nobody")
    if not set(present) <= set(offered):
        raise RuleBroken("press.not_ours")
    return replace(meeting, present=frozenset(present))
