"""Drills: when it is time for one, and how they went beside the real ones (BER-63, BER-65)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from domain.alert_figures import Compared, Target
from domain.plan_templates import PlanKind, Template

_MONTHS_IN_YEAR = 12


class Exercise(StrEnum):
    """What a drill practises."""

    CHAIN = "chain"  # alarmeringsøvelse: only whether everybody is reached and answers
    TABLETOP = "tabletop"  # skrivebordsøvelse: a whole plan, at the table


MONTHS: Mapping[Exercise, int] = {Exercise.CHAIN: 3, Exercise.TABLETOP: 6}
"""How often: each quarter, and twice a year (BER-65)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How an alert went: what is counted of it, by name, and whether it was a drill."""

    drill: bool
    figures: Mapping[str, int] = field(repr=False)


def exercise_of(template: Template) -> Exercise:
    """Say what a drill of this template practises: a plan, or the chain alone."""
    alone = template.kind is PlanKind.DRILL and not template.rehearses
    return Exercise.CHAIN if alone else Exercise.TABLETOP


def begins_on(exercise: Exercise, today: date) -> date:
    """Give the first day of the quarter or half-year that a day is in."""
    months = MONTHS[exercise]
    return today.replace(month=(today.month - 1) // months * months + 1, day=1)


def ends_on(exercise: Exercise, today: date) -> date:
    """Give the last day of it."""
    begins = begins_on(exercise, today)
    month = begins.month - 1 + MONTHS[exercise]
    year, month = begins.year + month // _MONTHS_IN_YEAR, month % _MONTHS_IN_YEAR + 1
    return date(year, month, 1) - timedelta(days=1)


def next_by(exercise: Exercise, *, latest: date | None, today: date) -> date:
    """Say by when the next is to be held: in the stretch that runs, or in the one after it."""
    ends = ends_on(exercise, today)
    if latest is None or latest < begins_on(exercise, today):
        return ends
    return ends_on(exercise, ends + timedelta(days=1))


def is_due(exercise: Exercise, *, held: Iterable[date], today: date) -> bool:
    """Whether to remind of it this month: in the first of its months, and in the last.

    :param held: when it was practised; once in its quarter or half-year is enough.
    """
    begins = begins_on(exercise, today)
    if any(begins <= each <= today for each in held):
        return False
    return today.month - begins.month in {0, MONTHS[exercise] - 1}


def compared(
    measured: Collection[Measured], *, goals: Mapping[Target, timedelta]
) -> tuple[Compared, ...]:
    """Lay the middle time of drills beside that of what was in earnest, and what it should be.

    Neither is ever counted with the other.
    """
    drills = [each.figures for each in measured if each.drill]
    live = [each.figures for each in measured if not each.drill]
    return tuple(
        Compared(
            target=each,
            goal=goals.get(each),
            drill=_middle(drills, each),
            live=_middle(live, each),
        )
        for each in Target
    )


def _middle(figures: Sequence[Mapping[str, int]], target: Target) -> timedelta | None:
    seconds = [each[target] for each in figures if target in each]
    return timedelta(seconds=median(seconds)) if seconds else None
