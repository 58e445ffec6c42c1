"""Break-glass and revealing a number: reading in need, briefly, with a reason (ROLE-02)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from domain.cells import Cell, cell
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.grants import Grant, GrantKind
from domain.matters import Matter
from domain.people import Office, Person, PersonId
from domain.roles import Role

REASON_AT_LEAST = 20
LONGEST_MINUTES = 60
REVIEW_WITHIN = timedelta(days=7)
REMIND_BEFORE = timedelta(days=1)
WHY_AT_LEAST = 10
SHOWN_FOR = timedelta(seconds=60)


def behind_glass(held: Collection[Role]) -> frozenset[DataClass]:
    """Name the classes that open to these roles when they break the glass (§14.2)."""
    return frozenset(
        data_class
        for data_class in DataClass
        if any(cell(role, data_class) is Cell.BREAK_GLASS for role in held)
    )


def break_glass(
    *,
    id: UUID,
    matter: Matter,
    by: PersonId,
    held: Collection[Role],
    minutes: int,
    reason: str,
    now: datetime,
) -> Grant:
    """Let somebody read what lies behind the glass, for at most an hour.

    :raises RuleBroken: `glass.reason_too_short`, `glass.too_long`, or `glass.broken_already`
        while it is open to them.
    """
    if len(reason.strip()) < REASON_AT_LEAST:
        raise RuleBroken("glass.reason_too_short", at_least=REASON_AT_LEAST)
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise RuleBroken("glass.too_long", most=LONGEST_MINUTES)
    if any(each.person == by and each.kind is GrantKind.BREAK_GLASS for each in matter.grants):
        raise RuleBroken("glass.broken_already")
    return Grant(
        id=id,
        matter=matter.id,
        person=by,
        kind=GrantKind.BREAK_GLASS,
        classes=behind_glass(held),
        by=by,
        begins_at=now,
        expires_at=now + timedelta(minutes=minutes),
        review_by=now + REVIEW_WITHIN,
    )


def second_office(breaker: Person) -> Office:
    """Name the office that is told at once and reviews it: never the breaker's own."""
    return Office.DPO if Office.HEAD in breaker.offices else Office.HEAD


def reviews(reviewer: Person, breaker: Person) -> bool:
    """Tell whether this is the second person of that broken glass."""
    return reviewer.id != breaker.id and second_office(breaker) in reviewer.offices


def reveal(*, id: UUID, matter: Matter, by: PersonId, reason: str, now: datetime) -> Grant:
    """Let somebody see a CPR number for a minute.

    :raises RuleBroken: `cpr.why_too_short`.
    """
    if len(reason.strip()) < WHY_AT_LEAST:
        raise RuleBroken("cpr.why_too_short", at_least=WHY_AT_LEAST)
    return Grant(
        id=id,
        matter=matter.id,
        person=by,
        kind=GrantKind.REVEAL,
        classes=frozenset({DataClass.CPR}),
        by=by,
        begins_at=now,
        expires_at=now + SHOWN_FOR,
    )
