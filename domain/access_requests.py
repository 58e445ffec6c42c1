"""Requests for access: somebody asks to see what is kept of them (ACC-1 to ACC-3)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.ages import add_months
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.working_days import after_working_days

ANSWERED_WITHIN = 7  # working days (ACC-2)
REMINDED_AFTER = (3, 6)  # working days


class AccessKind(StrEnum):
    """By which law they ask."""

    RECORDS = "records"  # aktindsigt
    GDPR = "gdpr"  # article 15


class AccessState(StrEnum):
    REGISTERED = "registered"
    IN_REVIEW = "in_review"  # a second person looks at the draft
    RELEASED = "released"  # the document is made; it leaves by another way
    CLOSED = "closed"  # taken back, or refused by the authority


class LeftOut(StrEnum):
    """Why a piece is not in the document."""

    THIRD_PARTY = "third_party"
    REPORTER = "reporter"  # what is private to the reporter
    EXEMPTED = "exempted"


OPEN = frozenset({AccessState.REGISTERED, AccessState.IN_REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """One request about one person; `due_on` is the last day to answer (ACC-2)."""

    id: UUID
    reference: str
    case: UUID
    kind: AccessKind
    received_on: date
    due_on: date
    state: AccessState
    registered_by: PersonId
    drafted_by: PersonId | None = None
    reviewed_by: PersonId | None = None
    released_at: datetime | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A piece that a human has left out, and why."""

    request: UUID
    piece: UUID
    why: LeftOut
    by: PersonId


def due_on(kind: AccessKind, received_on: date) -> date:
    """Name the last day to answer: seven working days, or a month (ACC-2)."""
    if kind is AccessKind.GDPR:
        return add_months(received_on, 1)
    return after_working_days(received_on, ANSWERED_WITHIN)


def reminders(received_on: date) -> list[date]:
    """Name the days somebody is reminded."""
    return [after_working_days(received_on, count) for count in REMINDED_AFTER]


def drafted(request: AccessRequest, *, by: PersonId) -> AccessRequest:
    """Hand the draft to a second person.

    :raises RuleBroken: `access.not_open`, `access.in_review`.
    """
    _must_be_open(request)
    if request.state is AccessState.IN_REVIEW:
        raise RuleBroken("access.in_review")
    return replace(request, state=AccessState.IN_REVIEW, drafted_by=by)


def back(request: AccessRequest) -> AccessRequest:
    """Take the draft up again: it was refused, or something is to be changed.

    :raises RuleBroken: `access.not_open`
    """
    _must_be_open(request)
    return replace(request, state=AccessState.REGISTERED)


def released(request: AccessRequest, *, by: PersonId, now: datetime) -> AccessRequest:
    """Let the document leave; who drafted it cannot (ACC-3).

    :raises RuleBroken: `access.not_in_review`, `countersign.own`.
    """
    if request.state is not AccessState.IN_REVIEW:
        raise RuleBroken("access.not_in_review")
    if request.drafted_by == by:
        raise RuleBroken("countersign.own")
    return replace(request, state=AccessState.RELEASED, reviewed_by=by, released_at=now)


def closed(request: AccessRequest) -> AccessRequest:
    """End it without a document.

    :raises RuleBroken: `access.not_open`
    """
    _must_be_open(request)
    return replace(request, state=AccessState.CLOSED)


def _must_be_open(request: AccessRequest) -> None:
    if not request.is_open:
        raise RuleBroken("access.not_open")
