"""What becomes of a concern: in a case, rejected, sent elsewhere, taken back, or back again."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.concerns import (
    SOMEBODYS_DUTY,
    TAKE_UP_WITHIN,
    WITHDRAWAL_ASKED,
    WITHDRAWAL_KEPT,
    Concern,
    Receivers,
    Status,
)
from domain.errors import RuleBroken
from domain.people import PersonId

ENDED = frozenset({Status.REJECTED, Status.REDIRECTED, Status.CLOSED})


class NoBasis(StrEnum):
    """Why a concern is rejected: no legal basis to handle it in SSP (CON-11)."""

    NO_TASK = "no_task"  # not a task of SSP: nothing points to crime
    NOT_NECESSARY = "not_necessary"  # the authority can solve it alone (S115-2)
    NOT_OBJECTIVE = "not_objective"  # hearsay, or nothing that can be handled
    ORIENTATION = "orientation"  # passed on for orientation only (S115-6)
    INVESTIGATION = "investigation"  # a matter for the police's investigation (S115-6)
    OUTSIDE_TARGET = "outside_target"  # not in the target group (AGE-1)


class Elsewhere(StrEnum):
    """Where somebody belongs who is not for SSP København (AREA-7)."""

    MUNICIPALITY = "municipality"  # lives in another municipality
    ADULT_OFFERS = "adult_offers"  # an adult without repeated or serious crime (K19)
    CHILD_WELFARE = "child_welfare"  # too young: an underretning
    OTHER = "other"


def link(concern: Concern, *, case: UUID, by: PersonId, now: datetime) -> Concern:
    """Make a concern part of a case, whether it had been taken up before or not.

    :raises RuleBroken: when it is part of a case already, or nobody's duty any more.
    """
    if concern.status is Status.LINKED:
        raise RuleBroken("concern.in_case_already")
    _must_be_a_duty(concern)
    if concern.group is None:
        raise RuleBroken("concern.in_triage")
    return replace(
        concern,
        status=Status.LINKED,
        case=case,
        taken_up_by=concern.taken_up_by or by,
        owner=concern.taken_up_by or by,
        opened_at=concern.opened_at or now,
    )


def reject(concern: Concern, *, reason: NoBasis, now: datetime) -> Concern:
    """End a concern that there is no legal basis to handle (CON-11)."""
    return _ended(concern, Status.REJECTED, f"reject.{reason}", now=now)


def send_elsewhere(concern: Concern, *, to: Elsewhere, now: datetime) -> Concern:
    """End a concern that another municipality or another offer is for (AREA-7)."""
    return _ended(concern, Status.REDIRECTED, f"elsewhere.{to}", now=now)


def ask_withdrawal(concern: Concern) -> Concern:
    """Note that the reporter wants it back, though it has been read (CON-9).

    :raises RuleBroken: when it can still be taken back at once, has ended, or was asked before.
    """
    if concern.status not in SOMEBODYS_DUTY | {Status.LINKED}:
        raise RuleBroken("concern.moved_on")
    if concern.opened_at is None:
        raise RuleBroken("concern.take_back_now")
    if WITHDRAWAL_ASKED in concern.reasons:
        raise RuleBroken("concern.asked_already")
    return replace(concern, reasons=(*_without(concern, WITHDRAWAL_KEPT), WITHDRAWAL_ASKED))


def decide_withdrawal(concern: Concern, *, give_back: bool, now: datetime) -> Concern:
    """Answer a reporter who wants it back: the group decides (CON-9)."""
    if WITHDRAWAL_ASKED not in concern.reasons or concern.status not in SOMEBODYS_DUTY | {
        Status.LINKED
    }:
        raise RuleBroken("concern.not_asked")
    if not give_back:
        return replace(concern, reasons=(*_without(concern, WITHDRAWAL_ASKED), WITHDRAWAL_KEPT))
    return replace(
        concern, status=Status.WITHDRAWN, ended_at=now, reasons=_without(concern, WITHDRAWAL_ASKED)
    )


def returned(concern: Concern, told: Receivers, *, now: datetime) -> Concern:
    """Make an ended concern somebody's duty again, for its reporter has added to it (CON-10).

    One that is part of a case stays so, until it is taken into it again.
    """
    return replace(
        concern,
        status=Status.SUBMITTED if told.group else Status.TRIAGE,
        group=told.group,
        owner=told.owner,
        taken_up_by=None,
        ended_at=None,
        take_up_by=now + TAKE_UP_WITHIN,
        reasons=(*_without(concern, "route.returned"), "route.returned"),
    )


def _ended(concern: Concern, status: Status, reason: str, *, now: datetime) -> Concern:
    _must_be_a_duty(concern)
    return replace(
        concern,
        status=status,
        ended_at=now,
        opened_at=concern.opened_at or now,
        reasons=(*_without(concern, WITHDRAWAL_ASKED), reason),
    )


def _must_be_a_duty(concern: Concern) -> None:
    if concern.status is Status.WITHDRAWN:
        raise RuleBroken("concern.withdrawn")
    if concern.status not in SOMEBODYS_DUTY:
        raise RuleBroken("concern.moved_on")


def _without(concern: Concern, reason: str) -> tuple[str, ...]:
    return tuple(each for each in concern.reasons if each != reason)
