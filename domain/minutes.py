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
    """An item of the agenda as it was at the meeting, and what was decided about it.

    :param version: goes up by one each time what was decided is written anew.
    """

    item: MeetingItem = field(repr=False)
    decision: str = field(default="", repr=False)
    tasks: tuple[MinutedTask, ...] = ()
    version: int = 1

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
    slot: str = field(repr=False)
    how: Presence
    stands_for: PersonId | None = None
    stands_for_name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """One version of a meeting's minutes.

    :param why: what was wrong with the version before; "" in the first.
    :param asked_at: when those whose word makes it final were asked.
    :param agreed: who said yes to it, where the members approve together.
    :param sent_to: who got it once it was approved.
    """

    meeting: UUID
    number: int
    state: MinutesState = MinutesState.DRAFT
    items: tuple[MinutedItem, ...] = field(default=(), repr=False)
    attended: tuple[Attended, ...] = field(default=(), repr=False)
    why: str = field(default="", repr=False)
    asked_at: datetime | None = None
    agreed: tuple[PersonId, ...] = ()
    sent_to: tuple[PersonId, ...] = ()
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

    @property
    def place(self) -> Mapping[UUID, int]:
        """Number its items, from 1."""
        return {each.id: number for number, each in enumerate(self.items, start=1)}

    def of_item(self, item: UUID) -> MinutedItem:
        """Find what is written about an item.

        :raises RuleBroken: `minuted.not_found`
        """
        if item not in self.place:
            raise RuleBroken("minuted.not_found", about=str(item))
        return self.items[self.place[item] - 1]

    def decided(self, item: UUID, words: str, *, seen: int) -> Self:
        """Write what was decided about an item.

        :raises RuleBroken: `minutes.closed` unless a draft or out for comments,
            `minuted.not_found`, `minuted.moved_on`.
        """
        self.must_be_open()
        now = self.of_item(item)
        if now.version != seen:
            raise RuleBroken("minuted.moved_on")
        written = replace(now, decision=words.strip(), version=now.version + 1)
        items = tuple(written if each.id == item else each for each in self.items)
        return replace(self, items=items)

    def with_items(self, agenda: Iterable[MeetingItem]) -> Self:
        """Take in what came on the agenda after the draft was begun."""
        self.must_be_open()
        new = [each for each in agenda if each.id not in self.place]
        return replace(self, items=(*self.items, *(MinutedItem(item=each) for each in new)))

    def with_attendance(self, attended: Iterable[Attended]) -> Self:
        self.must_be_open()
        return replace(self, attended=tuple(attended))

    def with_tasks(self, tasks: Mapping[UUID, Sequence[MinutedTask]]) -> Self:
        """Write down with each item the tasks that came of it."""
        items = tuple(replace(each, tasks=tuple(tasks.get(each.id, ()))) for each in self.items)
        return replace(self, items=items)

    def sent_to_members(self, state: MinutesState, *, at: datetime) -> Self:
        """Send the draft for comments, or at once for approval.

        :raises RuleBroken: `minutes.not_draft`, `minutes.unfinished`.
        """
        if self.state is not MinutesState.DRAFT:
            raise RuleBroken("minutes.not_draft")
        if not self.is_complete:
            raise RuleBroken("minutes.unfinished")
        return replace(self, state=state, asked_at=at if state is MinutesState.APPROVAL else None)

    def closed_for_comments(self, *, at: datetime) -> Self:
        """Close the comments; now they are to be approved.

        :raises RuleBroken: `minutes.not_out`
        """
        if self.state is not MinutesState.COMMENTS:
            raise RuleBroken("minutes.not_out")
        return replace(self, state=MinutesState.APPROVAL, asked_at=at)

    def back_to_draft(self) -> Self:
        """Take them back from the members, to write something anew.

        :raises RuleBroken: `minutes.not_out`
        """
        if self.state not in {MinutesState.COMMENTS, MinutesState.APPROVAL}:
            raise RuleBroken("minutes.not_out")
        return replace(self, state=MinutesState.DRAFT)

    def approved(
        self,
        *,
        by: PersonId,
        agreed: Iterable[PersonId],
        sent_to: Iterable[PersonId],
        at: datetime,
    ) -> Self:
        """Make them final; they go to the other relevant actors with it (SGF-4).

        :raises RuleBroken: `minutes.not_to_approve`
        """
        self.must_be_to_approve()
        return replace(
            self,
            state=MinutesState.APPROVED,
            agreed=tuple(sorted(agreed)),
            sent_to=tuple(sent_to),
            approved_by=by,
            approved_at=at,
            distributed_at=at,
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
            asked_at=None,
            agreed=(),
            sent_to=(),
            made_by=by,
            made_at=at,
            approved_by=None,
            approved_at=None,
            distributed_at=None,
            version=1,
        )

    def must_be_open(self) -> None:
        """Let nobody write in minutes that wait for approval or have it.

        :raises RuleBroken: `minutes.closed`
        """
        if self.state not in {MinutesState.DRAFT, MinutesState.COMMENTS}:
            raise RuleBroken("minutes.closed")

    def must_be_to_approve(self) -> None:
        if self.state is not MinutesState.APPROVAL:
            raise RuleBroken("minutes.not_to_approve")


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
