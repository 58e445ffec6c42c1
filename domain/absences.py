"""Absences: from when to when somebody is away. Why is nobody's business here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.errors import RuleBroken
from domain.people import PersonId

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """The days somebody is away, the last one included."""

    id: UUID
    person: PersonId
    from_on: date
    to_on: date
    noted_at: datetime

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on


def in_order(absence: Absence) -> Absence:
    """Let an absence pass that ends after it begins, and within a year.

    :raises RuleBroken: `absence.backwards` or `absence.long`
    """
    if absence.to_on < absence.from_on:
        raise RuleBroken("absence.backwards")
    if absence.to_on - absence.from_on > LONGEST:
        raise RuleBroken("absence.long")
    return absence


def coming(absences: Iterable[Absence], *, today: date) -> Sequence[Absence]:
    """List what is not over yet, the first first."""
    return sorted(
        (each for each in absences if each.to_on >= today), key=lambda each: each.from_on
    )
