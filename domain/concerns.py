"""A concern: who receives it, by when, and what may become of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind, Tier
from domain.people import (
    AreaCode,
    Authority,
    CommitteeCode,
    Membership,
    Person,
    PersonId,
    Seat,
)

TAKE_UP_WITHIN = timedelta(days=14)  # domain.md §16 case.max_days_to_first_coordination
REMIND_AFTER = timedelta(days=3)
REMIND_URGENT_AFTER = timedelta(days=1)
URGENT_FROM = 3  # CON-8: levels 3 and 4
HEARS_OF_URGENT = frozenset({Authority.KP, Authority.SOF})


class Status(StrEnum):
    """Where a concern stands (domain.md CASE-2)."""

    SUBMITTED = "submitted"
    TRIAGE = "triage"
    TAKEN_UP = "taken_up"
    LINKED = "linked"  # part of a case, which was opened for it or was there before
    REDIRECTED = "redirected"  # not for SSP København: another municipality, or adult offers
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    CLOSED = "closed"


# Among the reasons of a concern: its reporter wants it back, or was told no (CON-9).
WITHDRAWAL_ASKED, WITHDRAWAL_KEPT = "withdrawal.asked", "withdrawal.kept"
WAITING = frozenset({Status.SUBMITTED, Status.TRIAGE})
SOMEBODYS_DUTY = WAITING | {Status.TAKEN_UP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What anyone who handles it may know (D1); the parts are read one class at a time."""

    id: UUID
    reference: str
    reporter: PersonId
    status: Status
    group: CommitteeCode | None  # None: in the Secretariat's triage
    owner: PersonId | None  # the facilitator or triage person who has the duty
    area: AreaCode | None
    level: int | None  # as the reporter proposed it
    urgent: bool
    reasons: tuple[str, ...]  # why it was routed there (CON-6), as text keys
    submitted_at: datetime
    take_up_by: datetime
    opened_at: datetime | None = None
    ended_at: datetime | None = None  # withdrawn, rejected or closed: what retention counts from
    taken_up_by: PersonId | None = None
    case: UUID | None = None  # the case it is part of
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Something the reporter added later (CON-10)."""

    id: UUID
    concern: UUID
    by: PersonId
    at: datetime
    text: str = field(repr=False)


Parts = Mapping[DataClass, Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """Who has the duty, who is told besides, and whose channel gets the neutral ping."""

    group: CommitteeCode | None
    owner: PersonId
    told: tuple[PersonId, ...] = ()
    grave: tuple[PersonId, ...] = ()
    nobody_in: CommitteeCode | None = None  # the group that had nobody who could receive it


def receivers(
    *,
    group: CommitteeCode | None,
    members: Sequence[tuple[Membership, Person]],
    secretariat: Sequence[Person],
    barred: Collection[PersonId],
    urgent: bool,
    away: Collection[PersonId] = (),
) -> Receivers:
    """Name who receives a concern (CON-7, CON-8); the duty goes first to whom is there.

    Nobody receives their own concern or one they are recused from, and none without
    §115 cover. A concern is never without an owner: where the group has no facilitator
    left, the Secretariat takes it, and is told so.

    :raises RuleBroken: when the Secretariat has nobody left either.
    """
    able = [(seat, each) for seat, each in members if each.s115_covered and each.id not in barred]
    seated = [each.id for seat, each in able if seat.seat is Seat.FACILITATOR]
    facilitators = sorted(seated, key=lambda person: person in away)
    if group is not None and facilitators:
        grave = [
            each.id
            for seat, each in able
            if seat.seat is Seat.MEMBER and each.authority in HEARS_OF_URGENT
        ]
        return Receivers(
            group=group,
            owner=facilitators[0],
            told=tuple(facilitators[1:]),
            grave=tuple(dict.fromkeys(grave)) if urgent else (),
        )
    officers = [each.id for each in secretariat if each.s115_covered and each.id not in barred]
    triage = sorted(officers, key=lambda person: person in away)
    if not triage:
        raise RuleBroken("concern.no_receiver")
    return Receivers(group=None, owner=triage[0], told=tuple(triage[1:]), nobody_in=group)


def _remind_after(concern: Concern) -> timedelta:
    return REMIND_URGENT_AFTER if concern.urgent else REMIND_AFTER


def waits_as(concern: Concern, *, may_take_up: bool, now: datetime) -> NoticeKind:
    """Say as what a concern nobody has taken up waits for somebody who looks at it again."""
    if not may_take_up:
        return NoticeKind.CONCERN_GRAVE
    if now >= concern.take_up_by:
        return NoticeKind.CONCERN_OVERDUE
    late = now >= concern.submitted_at + _remind_after(concern)
    return NoticeKind.CONCERN_REMINDER if late else NoticeKind.CONCERN_WAITING


def notices_of_arrival(concern: Concern, told: Receivers, *, now: datetime) -> list[Notice]:
    """Say who must hear of a concern now, and again when time runs out."""
    tier = Tier.URGENT if concern.urgent else Tier.ORDINARY
    remind = now + _remind_after(concern)
    first = NoticeKind.CONCERN_NO_RECEIVER if told.nobody_in else NoticeKind.CONCERN_WAITING
    planned = [
        *((first, person, now) for person in (told.owner, *told.told)),
        *((NoticeKind.CONCERN_GRAVE, person, now) for person in told.grave),
        (NoticeKind.CONCERN_REMINDER, told.owner, remind),
        (NoticeKind.CONCERN_OVERDUE, told.owner, concern.take_up_by),
    ]
    notices = [
        Notice(
            kind=kind,
            about=concern.id,
            due_at=due,
            person=person,
            tier=tier,
            round=concern.version,
        )
        for kind, person, due in planned
    ]
    if told.group is not None:
        notices.append(
            Notice(
                kind=NoticeKind.CONCERN_PING,
                about=concern.id,
                due_at=now,
                channel=told.group,
                round=concern.version,
            )
        )
    return notices


def notice_to_reporter(concern: Concern, *, now: datetime) -> Notice:
    return Notice(
        kind=NoticeKind.CONCERN_STATUS,
        about=concern.id,
        due_at=now,
        person=concern.reporter,
        round=concern.version,
    )


_FOR_THE_OWNER = {NoticeKind.CONCERN_REMINDER, NoticeKind.CONCERN_OVERDUE}


def still_needed(notice: Notice, concern: Concern) -> bool:
    """Decide, at the hour of sending, whether a notice is still worth somebody's attention."""
    given_back = concern.status is Status.WITHDRAWN
    match notice.kind:
        case NoticeKind.CONCERN_STATUS:  # what was read before it was given back was asked for
            return not given_back or concern.opened_at is not None
        case NoticeKind.CONCERN_ADDED | NoticeKind.CONCERN_MATCH:
            return not given_back
        case NoticeKind.WITHDRAWAL_ASKED:
            return WITHDRAWAL_ASKED in concern.reasons
        case _:
            return _waits_for(notice, concern)


def _waits_for(notice: Notice, concern: Concern) -> bool:
    if notice.kind in _FOR_THE_OWNER and notice.person != concern.owner:
        return False
    moved = notice.channel is not None and notice.channel != concern.group
    return concern.status in WAITING and not moved


def take_up(concern: Concern, *, by: PersonId) -> Concern:
    """Record who takes the concern up; the first one stands."""
    if concern.status is Status.WITHDRAWN:
        raise RuleBroken("concern.withdrawn")
    if concern.status not in WAITING:
        raise RuleBroken("concern.already_taken_up")
    return replace(concern, status=Status.TAKEN_UP, taken_up_by=by, owner=by)


def opened(concern: Concern, *, now: datetime) -> Concern:
    """Note the first time somebody who handles it reads it."""
    return concern if concern.opened_at else replace(concern, opened_at=now)


def moved(concern: Concern, told: Receivers, *, reason: str) -> Concern:
    """Give the concern to another group, or to triage."""
    if concern.status not in WAITING:
        raise RuleBroken("concern.already_taken_up")
    return replace(
        concern,
        group=told.group,
        owner=told.owner,
        status=Status.SUBMITTED if told.group else Status.TRIAGE,
        reasons=(*concern.reasons, reason),
    )


def handed_over(concern: Concern, told: Receivers) -> Concern:
    """Pass the duty on from somebody who cannot have it; it waits to be taken up again.

    :raises RuleBroken: when it is nobody's duty any more.
    """
    if concern.status not in SOMEBODYS_DUTY:
        raise RuleBroken("concern.moved_on")
    waiting = replace(concern, status=Status.SUBMITTED, taken_up_by=None)
    return moved(waiting, told, reason="route.handed_over")


def withdraw(concern: Concern, *, now: datetime) -> Concern:
    """Take a concern back, as long as nobody has opened it (CON-9).

    :raises RuleBroken: when it has been opened; then withdrawal must be asked for.
    """
    if concern.status not in WAITING or concern.opened_at is not None:
        raise RuleBroken("concern.already_opened")
    return replace(concern, status=Status.WITHDRAWN, ended_at=now)
