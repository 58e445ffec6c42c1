"""Actions agreed on a case: who does what by when, and what came of it (domain.md CASE-5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from domain.dates import COPENHAGEN
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.people import Authority, PersonId

REMINDED_BEFORE = timedelta(days=3)
MORNING = time(8)  # in Copenhagen: when a reminder is read


class ActionStatus(StrEnum):
    """What has become of an action (CASE-5)."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class DropReason(StrEnum):
    """Why an action is not carried out here."""

    NOT_NEEDED = "not_needed"
    NOT_POSSIBLE = "not_possible"
    DECLINED = "declined"  # the young person or the family does not want it
    OWN_AUTHORITY = "own_authority"  # it goes on there, outside SSP (CASE-9)
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAction:
    """One agreed action (handling). Its words are confided; its owner and dates are ours."""

    id: UUID
    case: UUID
    authority: Authority
    owner: PersonId
    due_on: date
    agreed_by: PersonId
    agreed_at: datetime
    what: str = field(repr=False)
    status: ActionStatus = ActionStatus.OPEN
    focus: str | None = None  # of the five areas of a plan in SSP+ (PLUS-3)
    result: str = field(default="", repr=False)
    dropped_as: DropReason | None = None
    ended_at: datetime | None = None
    meeting: UUID | None = None
    version: int = 1

    def is_overdue(self, today: date) -> bool:
        return self.status is ActionStatus.OPEN and self.due_on < today


def agree(action: CaseAction, *, today: date) -> CaseAction:
    """Let an action be agreed on: it has words, an owner and a day that has not passed.

    :raises RuleBroken: `action.no_words`, `action.no_owner` or `action.due_passed`.
    """
    if not action.what.strip():
        raise RuleBroken("action.no_words")
    if not action.owner:
        raise RuleBroken("action.no_owner")
    if action.due_on < today:
        raise RuleBroken("action.due_passed")
    return action


def change(
    action: CaseAction,
    *,
    what: str,
    authority: Authority,
    owner: PersonId,
    due_on: date,
    today: date,
) -> CaseAction:
    """Agree on something else in its place.

    :raises RuleBroken: `action.ended`, or as `agree` does.
    """
    _must_be_open(action)
    changed = replace(action, what=what, authority=authority, owner=owner, due_on=due_on)
    return changed if due_on == action.due_on else agree(changed, today=today)


def complete(action: CaseAction, *, result: str, now: datetime) -> CaseAction:
    """Note what came of it.

    :raises RuleBroken: `action.ended`, the same for a second press.
    """
    _must_be_open(action)
    return replace(action, status=ActionStatus.DONE, result=result.strip(), ended_at=now)


def drop(action: CaseAction, *, reason: DropReason, words: str, now: datetime) -> CaseAction:
    """Give an action up, with a reason.

    :raises RuleBroken: `action.ended`, or `action.no_reason` where only words can tell it.
    """
    _must_be_open(action)
    if reason is DropReason.OTHER and not words.strip():
        raise RuleBroken("action.no_reason")
    return replace(
        action,
        status=ActionStatus.DROPPED,
        dropped_as=reason,
        result=words.strip(),
        ended_at=now,
    )


def _must_be_open(action: CaseAction) -> None:
    if action.status is not ActionStatus.OPEN:
        raise RuleBroken("action.ended")


def falls_due(kind: NoticeKind, due_on: date) -> datetime:
    """Say when somebody hears of an action that is due on a day: in the morning, Copenhagen."""
    day = {
        NoticeKind.ACTION_SOON: due_on - REMINDED_BEFORE,
        NoticeKind.ACTION_DUE: due_on,
        NoticeKind.ACTION_OVERDUE: due_on + timedelta(days=1),
    }[kind]
    return datetime.combine(day, MORNING, tzinfo=COPENHAGEN)


def reminders(
    action: CaseAction, *, facilitators: Iterable[PersonId], now: datetime
) -> Sequence[Notice]:
    """Say who hears of an action before it is due, on the day, and when it is late.

    What is not due for some days yet is not reminded of twice: a reminder whose hour has
    passed when the action is agreed is left out.
    """
    told = [
        (NoticeKind.ACTION_SOON, action.owner),
        (NoticeKind.ACTION_DUE, action.owner),
        *((NoticeKind.ACTION_OVERDUE, each) for each in facilitators),
    ]
    return [
        Notice(
            kind=kind,
            about=action.id,
            due_at=falls_due(kind, action.due_on),
            person=person,
            round=action.version,
        )
        for kind, person in told
        if falls_due(kind, action.due_on) > now
    ]


def told_of_new(action: CaseAction, *, now: datetime) -> Notice:
    """Tell an owner that something was agreed for them, unless a meeting's end tells them."""
    return Notice(
        kind=NoticeKind.ACTION_AGREED,
        about=action.id,
        due_at=now,
        person=action.owner,
        round=action.version,
    )


def still_needed(notice: Notice, action: CaseAction) -> bool:
    """Decide at the hour of sending: done, dropped or agreed anew needs no reminder of before."""
    if action.status is not ActionStatus.OPEN:
        return False
    if notice.kind is NoticeKind.ACTION_AGREED:
        return notice.person == action.owner
    return notice.round == action.version


def by_due(actions: Iterable[CaseAction]) -> list[CaseAction]:
    """Put the open ones first, by the day they are due; then the ended, the latest first."""
    given = list(actions)
    waiting = sorted(
        (each for each in given if each.status is ActionStatus.OPEN),
        key=lambda each: (each.due_on, each.id),
    )
    ended = sorted(
        (each for each in given if each.ended_at is not None),
        key=lambda each: (each.ended_at or each.agreed_at, each.id),
        reverse=True,
    )
    return [*waiting, *ended]
