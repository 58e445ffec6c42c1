"""Assessments: between 17½ and 18 the group decides whether SSP+ is the place (AGE-5, AGE-6).

What is due is worked out from the birth date each night. No date of it is stored: it would give
the birthday away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.ages import add_months
from domain.errors import RuleBroken
from domain.people import PersonId
from domain.plus import FROM_MONTHS, OF_AGE_MONTHS, is_out_of_age

REMIND_AT_MONTHS = 213  # 17 years and 9 months
LAST_REMINDER = timedelta(days=14)  # before they turn 18


class Verdict(StrEnum):
    """What the group decided."""

    IN_TARGET = "in_target"
    NOT_IN_TARGET = "not_in_target"


class Milestone(StrEnum):
    """What people are told of an assessment, in this order (AGE-6)."""

    CREATED = "created"
    REMINDED = "reminded"
    LAST_CALL = "last_call"
    OF_AGE = "of_age"


_ORDER = tuple(Milestone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The question whether somebody is in the target group of SSP+.

    `told` is how far people have been reminded: with nothing told, it waits for its day. An
    escalated one stays a duty of the group (AGE-6).
    """

    id: UUID
    case: UUID
    created_at: datetime
    told: frozenset[Milestone] = frozenset()
    verdict: Verdict | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    escalated_at: datetime | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.verdict is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """How it stands after a look at the birth date, and what people must hear now."""

    assessment: Assessment | None
    tell: Milestone | None = None


def milestones(born: date) -> Mapping[Milestone, date]:
    """Give the day of each; where a month lacks the day, it is the month's last (AGE-2)."""
    of_age = add_months(born, OF_AGE_MONTHS)
    return {
        Milestone.CREATED: add_months(born, FROM_MONTHS),
        Milestone.REMINDED: add_months(born, REMIND_AT_MONTHS),
        Milestone.LAST_CALL: of_age - LAST_REMINDER,
        Milestone.OF_AGE: of_age,
    }


def reached(born: date, on: date) -> Milestone | None:
    """Name the latest milestone that has come; None before 17½."""
    come = [each for each, day in milestones(born).items() if day <= on]
    return come[-1] if come else None


def follow(
    assessment: Assessment | None,
    *,
    case: UUID,
    born: date | None,
    answer_awaited: bool,
    id: UUID,
    now: datetime,
    today: date,
) -> Followed:
    """Bring the assessment of a running case outside SSP+ up to this day (AGE-6, AGE-9).

    It is the same however many nights were missed, and a corrected birth date needs nothing
    else: an assessment that came too early waits, unseen, for its day. A decision that was made
    is kept. At 18 one that is undecided is escalated, and so is one that says SSP+ when SSP+ has
    not been asked or has said no.

    :param answer_awaited: whether a handover is proposed and not yet answered.
    :param id: what a new one is called.
    """
    if born is None or is_out_of_age(born, today):
        return Followed(assessment=assessment)
    come = reached(born, today)
    if come is None:
        return Followed(assessment=None if assessment is None else _put_off(assessment))
    if assessment is None:
        assessment = Assessment(id=id, case=case, created_at=now)
    return _brought_to(assessment, come, answer_awaited=answer_awaited, now=now)


def _put_off(assessment: Assessment) -> Assessment:
    told = frozenset[Milestone]() if assessment.is_open else assessment.told
    return replace(assessment, told=told - {Milestone.OF_AGE}, escalated_at=None)


def _brought_to(
    assessment: Assessment, come: Milestone, *, answer_awaited: bool, now: datetime
) -> Followed:
    if Milestone.OF_AGE in assessment.told and come is not Milestone.OF_AGE:  # not 18 after all
        told = assessment.told - {Milestone.OF_AGE}
        assessment = replace(assessment, told=told, escalated_at=None)
    if not _is_left_to_decide(assessment, come, answer_awaited=answer_awaited):
        return Followed(assessment=assessment)
    of_age = come is Milestone.OF_AGE
    passed = frozenset(_ORDER[: _ORDER.index(come) + 1])
    return Followed(
        assessment=replace(
            assessment,
            told=passed,
            escalated_at=assessment.escalated_at or (now if of_age else None),
        ),
        tell=None if come in assessment.told else come,
    )


def _is_left_to_decide(assessment: Assessment, come: Milestone, *, answer_awaited: bool) -> bool:
    """Whether it is undecided or, at 18, where somebody in the target group then belongs."""
    if assessment.verdict is Verdict.IN_TARGET:
        return come is Milestone.OF_AGE and not answer_awaited
    return assessment.is_open


def decide(assessment: Assessment, *, verdict: Verdict, by: PersonId, now: datetime) -> Assessment:
    """Note what the group decided; it may think again, and each decision is a record of its own.

    Leaders who were brought in are let go only when the person does not belong in SSP+: until
    it has taken them, somebody must see to it.

    :raises RuleBroken: `assessment.too_early` when the birth date was corrected meanwhile.
    """
    if Milestone.CREATED not in assessment.told:
        raise RuleBroken("assessment.too_early")
    needed = verdict is Verdict.IN_TARGET
    return replace(
        assessment,
        verdict=verdict,
        decided_by=by,
        decided_at=now,
        escalated_at=assessment.escalated_at if needed else None,
    )


def escalate(assessment: Assessment, *, now: datetime) -> Assessment:
    """Bring the leaders in before the 18th birthday does (PLUS-2).

    :raises RuleBroken: `assessment.escalated` when they have been.
    """
    if assessment.escalated_at is not None:
        raise RuleBroken("assessment.escalated")
    return replace(assessment, escalated_at=now)


def is_settled(assessment: Assessment | None) -> bool:
    """Whether a person may turn 18 on it: decided, or the leaders know (invariant 11)."""
    return assessment is not None and (
        assessment.verdict is not None or assessment.escalated_at is not None
    )
