"""Minutes (beslutningsreferat): drafted, commented on, approved; then final (SGF-4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Self
from uuid import UUID

from domain.committee_meetings import Presence
from domain.errors import RuleBroken
from domain.meeting_items import MeetingItem
from domain.people import Authority, CommitteeType, PersonId


class MinutesState(StrEnum):
    DRAFT = "draft"
    COMMENTS = "comments"  # the members say what they think is wrong
    APPROVAL = "approval"  # comments are closed
    APPROVED = "approved"


class Approval(StrEnum):
    """Whose word makes minutes final."""

    MEMBERS = "members"  # each standing member's (SGF-4)
    LEADER = "leader"  # of who led the meeting


class Receiver(StrEnum):
    """Other relevant actors, who get minutes once they are approved (SGF-4)."""

    SUBSTITUTES = "substitutes"  # of the committee
    APPOINTING = "appointing"  # leaders on whose word its members sit there (APP-1)
    MANAGERS = "managers"  # members of the managers' group
    SECRETARIAT = "secretariat"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutedTask:
    owner: str = field(repr=False)
    words: str = field(repr=False)
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutedItem:
    """An item of the agenda as it was at the meeting, and what was decided about it."""

    item: MeetingItem = field(repr=False)
    decision: str = field(default="", repr=False)
    tasks: tuple[MinutedTask, ...] = ()

    @property
    def id(self) -> UUID:
        return self.item.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """How somebody was at the meeting, by the name they had then."""

    person: PersonId
    name: str = field(repr=False)
    function: str = field(repr=False)
    authority: Authority
    slot: str
    how: Presence
    stands_for: PersonId | None = None
    stands_for_name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """One version of a meeting's minutes.

    :param why: what was wrong with the version before; "" in the first.
    """

    meeting: UUID
    number: int
    state: MinutesState = MinutesState.DRAFT
    items: tuple[MinutedItem, ...] = field(default=(), repr=False)
    attended: tuple[Attended, ...] = field(default=(), repr=False)
    why: str = field(default="", repr=False)
    made_by: PersonId
    made_at: datetime
    approved_by: PersonId | None = None
    approved_at: datetime | None = None
    distributed_at: datetime | None = None
    version: int = 1

    @property
    def is_complete(self) -> bool:
        """Whether every item has its words, and it is noted who was there."""
        return bool(self.attended) and all(each.decision for each in self.items)

    def decided(self, item: UUID, words: str) -> Self:
        """Write what was decided about an item.

        :raises RuleBroken: `minutes.closed` once they are approved, `item.not_found`.
        """
        self.must_be_open()
        if item not in {each.id for each in self.items}:
            raise RuleBroken("item.not_found", about=str(item))
        items = tuple(
            replace(each, decision=words.strip()) if each.id == item else each
            for each in self.items
        )
        return replace(self, items=items)

    def with_attendance(self, attended: Iterable[Attended]) -> Self:
        self.must_be_open()
        return replace(self, attended=tuple(attended))

    def with_tasks(self, tasks: Mapping[UUID, Sequence[MinutedTask]]) -> Self:
        """Write down with each item the tasks that came of it."""
        items = tuple(replace(each, tasks=tuple(tasks.get(each.id, ()))) for each in self.items)
        return replace(self, items=items)

    def sent_to_members(self, state: MinutesState) -> Self:
        """Send the draft for comments, or at once for approval.

        :raises RuleBroken: `minutes.not_draft`, `minutes.unfinished`.
        """
        if self.state is not MinutesState.DRAFT:
            raise RuleBroken("minutes.not_draft")
        if not self.is_complete:
            raise RuleBroken("minutes.unfinished")
        return replace(self, state=state)

    def closed_for_comments(self) -> Self:
        """Close the comments; now they are to be approved.

        :raises RuleBroken: `minutes.not_out`
        """
        if self.state is not MinutesState.COMMENTS:
            raise RuleBroken("minutes.not_out")
        return replace(self, state=MinutesState.APPROVAL)

    def approved(self, *, by: PersonId, at: datetime) -> Self:
        """Make them final; they go to the other relevant actors with it (SGF-4).

        :raises RuleBroken: `minutes.not_to_approve`
        """
        self.must_be_open()
        if self.state is not MinutesState.APPROVAL:
            raise RuleBroken("minutes.not_to_approve")
        return replace(
            self, state=MinutesState.APPROVED, approved_by=by, approved_at=at, distributed_at=at
        )

    def corrected(self, *, why: str, by: PersonId, at: datetime) -> Self:
        """Begin the next version, which is approved by itself.

        :raises RuleBroken: `minutes.not_approved`
        """
        if self.state is not MinutesState.APPROVED:
            raise RuleBroken("minutes.not_approved")
        return replace(
            self,
            number=self.number + 1,
            state=MinutesState.DRAFT,
            why=why.strip(),
            made_by=by,
            made_at=at,
            approved_by=None,
            approved_at=None,
            distributed_at=None,
            version=1,
        )

    def must_be_open(self) -> None:
        if self.state is MinutesState.APPROVED:
            raise RuleBroken("minutes.closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesComment:
    id: UUID
    meeting: UUID
    number: int
    by: PersonId
    at: datetime
    words: str = field(repr=False)


APPROVED_BY: Mapping[CommitteeType, Approval] = MappingProxyType(
    {
        kind: Approval.MEMBERS if kind is CommitteeType.STEERING else Approval.LEADER
        for kind in CommitteeType
    }
)
_LOCAL = frozenset({Receiver.SUBSTITUTES, Receiver.APPOINTING, Receiver.SECRETARIAT})
DISTRIBUTED_TO: Mapping[CommitteeType, frozenset[Receiver]] = MappingProxyType(
    {
        **dict.fromkeys(CommitteeType, _LOCAL),
        CommitteeType.STEERING: frozenset(
            {Receiver.SUBSTITUTES, Receiver.MANAGERS, Receiver.SECRETARIAT}
        ),
    }
)
