"""Versions of an agenda: provisional, final, and each one a sudden item makes (SGF-1, 3, 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zlib import crc32

from domain.committee_meetings import CommitteeMeeting, DeadlineKind
from domain.meeting_items import ItemState, MeetingItem, lacks
from domain.papers import ItemKind
from domain.people import CommitteeType, PersonId


class AgendaKind(StrEnum):
    PROVISIONAL = "provisional"
    FINAL = "final"
    SUDDEN = "sudden"  # the final one again, with an item the chair let in


DEADLINES = {
    AgendaKind.PROVISIONAL: DeadlineKind.PROVISIONAL,
    AgendaKind.FINAL: DeadlineKind.FINAL,
}


_TAKEN_UP = frozenset({ItemState.PROPOSED, ItemState.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaVersion:
    """An agenda as it was sent; it never changes, another one follows it.

    :param made_by: who sent it; None when its hour had come.
    """

    meeting: UUID
    number: int
    kind: AgendaKind
    items: tuple[MeetingItem, ...] = field(repr=False)
    made_by: PersonId | None
    made_at: datetime

    @property
    def is_final(self) -> bool:
        return self.kind is not AgendaKind.PROVISIONAL


def is_final(versions: Iterable[AgendaVersion]) -> bool:
    """Whether the final agenda has been sent: nothing is proposed to it any more (SGF-2)."""
    return any(each.is_final for each in versions)


def fit(items: Iterable[MeetingItem], committee: CommitteeType) -> list[MeetingItem]:
    """List what can go on the agenda that is sent now: accepted, and complete (MTG-24)."""
    return [
        each for each in items if each.state is ItemState.ACCEPTED and not lacks(each, committee)
    ]


def mark(meeting: CommitteeMeeting, items: Iterable[MeetingItem]) -> int:
    """Sum up what an agenda would say if it were sent now; its card carries it (AC-CARD-04)."""
    on = [f"{each.id}/{each.version}" for each in items if each.state is ItemState.ACCEPTED]
    return crc32("\n".join([str(meeting.version), *on]).encode())


def not_qualified(
    items: Iterable[MeetingItem], prepared: Iterable[MeetingItem]
) -> list[MeetingItem]:
    """List what the steering group is to decide without the managers' group before (SGF-7).

    :param prepared: what is on the managers' agendas before the provisional agenda (SGF-11).
    """
    known = {each.prepares for each in prepared if each.state in _TAKEN_UP}
    return [
        each
        for each in items
        if each.kind is not ItemKind.ORIENTATION and not each.sudden and each.id not in known
    ]


def reordered(items: Sequence[MeetingItem], moved: UUID, *, by: int) -> list[UUID]:
    """Give the order after one item went a place up (-1) or down (+1); at the end it stays."""
    order = [each.id for each in items]
    if moved not in order:
        return order
    here = order.index(moved)
    there = min(max(here + by, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    return order
