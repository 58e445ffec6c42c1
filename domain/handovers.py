"""Handovers: a coordination group proposes that SSP+ takes a case over (PLUS-2, AGE-8)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.ages import AgeBand, age_band
from domain.assessments import Assessment, Verdict
from domain.case_transitions import Move, may_move, moved
from domain.cases import Case, PlusType
from domain.errors import RuleBroken
from domain.people import CommitteeCode, PersonId
from domain.plus import is_of_age


class HandoverState(StrEnum):
    """Where a handover stands. It is done when the group that proposed it has no part left."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A proposal and its answer; the words of both are records of the case."""

    id: UUID
    case: UUID
    state: HandoverState
    from_group: CommitteeCode
    to_group: CommitteeCode
    proposed_by: PersonId
    proposed_at: datetime
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    meets_on: date | None = None  # the meeting at which SSP+ takes the case
    lead: PersonId | None = None
    version: int = 1


Moved = tuple[Case, Handover]
_TOO_YOUNG = frozenset({AgeBand.UNDER_10, AgeBand.SSP})


def must_be_proposable(
    case: Case, assessment: Assessment | None, *, born: date | None, today: date
) -> None:
    """Look whether SSP+ may be asked to take the case over.

    Of somebody whose birth date is unknown the group may think so all the same: an age nobody
    is sure of never turns a person away (domain.md §4).

    :raises RuleBroken: `handover.not_from_here`, `handover.too_young`, `handover.too_old`,
        `handover.assess_first`, or `handover.not_in_target`.
    """
    _must_be_from_here(case)
    band = age_band(born, today)
    if band in _TOO_YOUNG:
        raise RuleBroken("handover.too_young")
    if band is AgeBand.OVER:
        raise RuleBroken("handover.too_old")
    if assessment is not None and assessment.verdict is None:
        raise RuleBroken("handover.assess_first")
    if assessment is not None and assessment.verdict is not Verdict.IN_TARGET:
        raise RuleBroken("handover.not_in_target")


def propose(case: Case, *, id: UUID, to: CommitteeCode, by: PersonId, now: datetime) -> Moved:
    """Ask SSP+; it may read the case until it has answered, and the duty stays where it is.

    :raises RuleBroken: `handover.not_from_here`
    """
    _must_be_from_here(case)
    proposed = replace(moved(case, Move.PROPOSE_HANDOVER, now=now), partner=to)
    return proposed, Handover(
        id=id,
        case=case.id,
        state=HandoverState.PROPOSED,
        from_group=case.group,
        to_group=to,
        proposed_by=by,
        proposed_at=now,
    )


def accept(
    case: Case,
    handover: Handover,
    *,
    by: PersonId,
    lead: PersonId,
    plus_type: PlusType,
    meets_on: date,
    born: date | None,
    now: datetime,
    today: date,
) -> Moved:
    """Take the case over; until the person is 18 both groups have it (AGE-8).

    :raises RuleBroken: `handover.answered`
    """
    _must_wait(case, handover)
    of_age = is_of_age(born, today)
    taken = replace(
        moved(case, Move.ACCEPT_HANDOVER, now=now),
        group=handover.to_group,
        partner=None if of_age else handover.from_group,
        lead=lead,
        plus_type=plus_type,
    )
    return taken, replace(
        handover,
        state=HandoverState.DONE if of_age else HandoverState.ACCEPTED,
        decided_by=by,
        decided_at=now,
        meets_on=meets_on,
        lead=lead,
    )


def decline(case: Case, handover: Handover, *, by: PersonId, now: datetime) -> Moved:
    """Say no: the case is where it was, and so is the duty.

    :raises RuleBroken: `handover.answered`
    """
    return _back(case, handover, HandoverState.DECLINED, by=by, now=now)


def withdraw(case: Case, handover: Handover, *, by: PersonId, now: datetime) -> Moved:
    """Take the proposal back before it is answered.

    :raises RuleBroken: `handover.answered`
    """
    return _back(case, handover, HandoverState.WITHDRAWN, by=by, now=now)


def grown_up(
    case: Case, handover: Handover, *, born: date | None, now: datetime, today: date
) -> Moved | None:
    """End what two groups had together when the person is 18; None while nothing changes."""
    if handover.state is not HandoverState.ACCEPTED or not is_of_age(born, today):
        return None
    alone = replace(case, partner=None, last_event_at=now)
    return alone, replace(handover, state=HandoverState.DONE)


def _back(
    case: Case, handover: Handover, state: HandoverState, *, by: PersonId, now: datetime
) -> Moved:
    _must_wait(case, handover)
    kept = replace(moved(case, Move.RETURN_HANDOVER, now=now), partner=None)
    return kept, replace(handover, state=state, decided_by=by, decided_at=now)


def _must_be_from_here(case: Case) -> None:
    if case.plus_type is not None or not may_move(case, Move.PROPOSE_HANDOVER):
        raise RuleBroken("handover.not_from_here")


def _must_wait(case: Case, handover: Handover) -> None:
    if handover.state is not HandoverState.PROPOSED or not may_move(case, Move.ACCEPT_HANDOVER):
        raise RuleBroken("handover.answered")
