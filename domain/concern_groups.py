"""A concern group (bekymringsgruppe): young people who give concern together (domain.md §10).

Being in one is no case and no level; making a case of it is an act of its own (GRP-6).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import RuleBroken
from domain.people import AreaCode, CommitteeCode, PersonId

ROLE_LIVES = timedelta(days=180)  # domain.md §16 group.role_ttl_days
ASK_BEFORE = timedelta(days=14)  # so long before a label expires it is a duty to look at it
REVIEW_WITHIN = timedelta(days=366)
MOST_MEMBERS = 40  # of one group; more is no group, and would not fit on a card


class GroupState(StrEnum):
    OPEN = "open"
    ENDED = "ended"


class MemberRole(StrEnum):
    """What somebody is to the others (GRP-5): a label, and so it expires."""

    FOLLOWER = "follower"  # medløber
    DOMINANT = "dominant"  # toneangivende
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernGroup:
    """What is known of a group without reading a word about it (D1).

    `group` is the coordination group that has it; every one that serves one of its `areas`
    takes part (GRP-6).
    """

    id: UUID
    reference: str
    state: GroupState
    group: CommitteeCode
    areas: tuple[AreaCode, ...]
    known_before: bool
    begun_by: PersonId
    begun_at: datetime
    review_on: date | None
    last_event_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in a group; their name and words are records under a key of their own.

    `subject` is set once there is a case about them; `gate` is the record of the judgement
    that let them be written down (S115-8).
    """

    id: UUID
    concern_group: UUID
    area: AreaCode
    role: MemberRole
    role_at: datetime
    role_by: PersonId
    gate: UUID
    added_by: PersonId
    added_at: datetime
    subject: UUID | None = None
    left_at: datetime | None = None
    version: int = 1

    @property
    def key(self) -> str:
        """Name the data key that what is written about them is sealed with.

        Whoever is deleted takes their words along, in every group (AC-CRYPT-04).
        """
        return str(self.subject or self.id)


def label(member: Member, now: datetime) -> MemberRole:
    """Say what somebody is to the others as far as that still counts (GRP-6)."""
    return MemberRole.UNKNOWN if has_expired(member, now) else member.role


def expires_at(member: Member) -> datetime | None:
    """Say when a label expires; "unknown" says nothing that could."""
    return None if member.role is MemberRole.UNKNOWN else member.role_at + ROLE_LIVES


def has_expired(member: Member, now: datetime) -> bool:
    expires = expires_at(member)
    return expires is not None and now >= expires


def is_to_confirm(member: Member, now: datetime) -> bool:
    """Tell whether somebody should look at the label before it expires."""
    expires = expires_at(member)
    return member.left_at is None and expires is not None and now >= expires - ASK_BEFORE


def labelled(member: Member, role: MemberRole, *, by: PersonId, now: datetime) -> Member:
    """Give a label, or confirm the one there is: its time begins again.

    :raises RuleBroken: `group.member_left`.
    """
    if member.left_at is not None:
        raise RuleBroken("group.member_left")
    return replace(member, role=role, role_by=by, role_at=now)


def expired(member: Member) -> Member:
    """Take away a label that nobody confirmed; when it was given is kept."""
    return replace(member, role=MemberRole.UNKNOWN)


def begun(
    *,
    id: UUID,
    reference: str,
    group: CommitteeCode,
    areas: Iterable[AreaCode],
    known_before: bool,
    review_on: date,
    by: PersonId,
    today: date,
    now: datetime,
) -> ConcernGroup:
    """Begin a group.

    :raises RuleBroken: `group.no_area`, `group.review_past` or `group.review_far`.
    """
    _check_review(review_on, today=today)
    return ConcernGroup(
        id=id,
        reference=reference,
        state=GroupState.OPEN,
        group=group,
        areas=_in_order(areas),
        known_before=known_before,
        begun_by=by,
        begun_at=now,
        review_on=review_on,
        last_event_at=now,
    )


def screened(
    group: ConcernGroup,
    *,
    areas: Iterable[AreaCode],
    known_before: bool,
    review_on: date,
    members: Collection[Member],
    today: date,
    now: datetime,
) -> ConcernGroup:
    """Give a group what a new screening says of it at large.

    :raises RuleBroken: `group.ended`, `group.area_has_members` when an area is taken out that
        somebody in the group belongs to, or as `begun` does.
    """
    must_run(group)
    _check_review(review_on, today=today)
    kept = _in_order(areas)
    if not {each.area for each in members if each.left_at is None} <= set(kept):
        raise RuleBroken("group.area_has_members")
    return replace(
        group, areas=kept, known_before=known_before, review_on=review_on, last_event_at=now
    )


def joined(group: ConcernGroup, member: Member, members: Collection[Member]) -> Member:
    """Let somebody into a group.

    :raises RuleBroken: `group.ended`, `group.area_elsewhere` or `group.full`.
    """
    must_run(group)
    if member.area not in group.areas:
        raise RuleBroken("group.area_elsewhere")
    if sum(each.left_at is None for each in members) >= MOST_MEMBERS:
        raise RuleBroken("group.full", at_most=MOST_MEMBERS)
    return member


def left(member: Member, *, now: datetime) -> Member:
    """Take somebody out of a group; what was written stays until it is deleted.

    :raises RuleBroken: `group.member_left` when they are out already.
    """
    if member.left_at is not None:
        raise RuleBroken("group.member_left")
    return replace(member, left_at=now)


def ended(group: ConcernGroup, *, now: datetime) -> ConcernGroup:
    """End a group: nothing is due any more, and what is in it waits to be deleted."""
    must_run(group)
    return replace(group, state=GroupState.ENDED, review_on=None, last_event_at=now)


def must_run(group: ConcernGroup) -> None:
    if group.state is GroupState.ENDED:
        raise RuleBroken("group.ended")


def is_to_review(group: ConcernGroup, today: date) -> bool:
    return (
        group.state is GroupState.OPEN and group.review_on is not None and group.review_on <= today
    )


def _in_order(areas: Iterable[AreaCode]) -> tuple[AreaCode, ...]:
    kept = tuple(dict.fromkeys(areas))
    if not kept:
        raise RuleBroken("group.no_area")
    return kept


def _check_review(review_on: date, *, today: date) -> None:
    if review_on <= today:
        raise RuleBroken("group.review_past")
    if review_on - today > REVIEW_WITHIN:
        raise RuleBroken("group.review_far")
