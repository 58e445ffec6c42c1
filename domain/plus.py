"""SSP+: whom it is for, its two kinds of case, and the areas of a plan (domain.md §4, §9)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.ages import AgeBand, age_band, age_months
from domain.cases import RUNNING, Case, Kif, PlusType
from domain.errors import RuleBroken
from domain.routing import SSP_PLUS_LEVELS

HEADS_UP_AT_MONTHS = 204  # AGE-7: 17 years, for those who may need a plan at 17½
FROM_MONTHS, OF_AGE_MONTHS, OUT_AT_MONTHS = 210, 216, 312  # AGE-2
NO_HEADS_UP = 0


class Focus(StrEnum):
    """What a plan in SSP+ is about (PLUS-3)."""

    EDUCATION = "education"
    JOB = "job"
    ECONOMY = "economy"
    HOUSING = "housing"
    SUBSTANCES = "substances"


class Criterion(StrEnum):
    """Why somebody is in the target group of SSP+ (AGE-4)."""

    REPEATED_SERIOUS = "repeated_serious"
    PERSON_DANGEROUS = "person_dangerous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What the level says about the target group: something to agree with or not (AGE-4)."""

    in_target: bool
    level: int | None


def hint(level: int | None, *, levels: Collection[int] = SSP_PLUS_LEVELS) -> Hint:
    """Suggest from the level alone; the group decides and says why."""
    return Hint(in_target=level in levels, level=level)


def is_of_age(born: date | None, on: date) -> bool:
    """Whether they are 18; of somebody whose birth date is unknown nobody can say so."""
    return born is not None and age_months(born, on) >= OF_AGE_MONTHS


def is_out_of_age(born: date | None, on: date) -> bool:
    """Whether they have turned 26, and SSP has no more to offer (AGE-3)."""
    return age_band(born, on) is AgeBand.OVER


def wants_heads_up(
    born: date | None,
    on: date,
    *,
    level: int | None,
    at_months: int = HEADS_UP_AT_MONTHS,
    levels: Collection[int] = SSP_PLUS_LEVELS,
) -> bool:
    """Whether it is time to think of a plan, well before the assessment (AGE-7).

    :param at_months: the age it begins at; NO_HEADS_UP turns it off.
    """
    if born is None or at_months == NO_HEADS_UP or level not in levels:
        return False
    return at_months <= age_months(born, on) < FROM_MONTHS


def with_kif(case: Case, kif: Kif) -> Case:
    """Say whether the probation service has the young person: it sees the case then (PLUS-4).

    :raises RuleBroken: `plus.not_running`
    """
    _must_run(case)
    return replace(case, kif=kif)


def of_type(case: Case, plus_type: PlusType) -> Case:
    """Say which of the two kinds of case in SSP+ it is (PLUS-3).

    :raises RuleBroken: `plus.not_running`
    """
    _must_run(case)
    return replace(case, plus_type=plus_type)


def _must_run(case: Case) -> None:
    if case.state not in RUNNING:
        raise RuleBroken("plus.not_running")
