"""Facts: what statistics are made of, when nothing of the person is left (STAT-2, STAT-4)."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.ages import age_months
from domain.people import AreaCode, Authority


class FactKind(StrEnum):
    """What happened. `detail` and `value` of a fact say more of it, as told here."""

    CONCERN_RECEIVED = "concern_received"  # detail: how it was routed
    CASE_OPENED = "case_opened"
    CASE_REOPENED = "case_reopened"
    CASE_CLOSED = "case_closed"  # detail: the reason
    LEVEL_SET = "level_set"
    COORDINATED_FIRST = "coordinated_first"  # value: days since the first concern
    COORDINATED = "coordinated"
    INFORM_DECIDED = "inform_decided"  # detail: what was decided
    HANDOVER = "handover"  # detail: its new state
    ASSESSED = "assessed"  # detail: the verdict
    PROCESSED_FIRST = "processed_first"  # in SSP+
    STARTED = "started"  # detail: education, job, no, unknown; value: 1 when within 12 months
    STATUS_24M = "status_24m"  # detail
    RECONVICTED_24M = "reconvicted_24m"  # detail


class AgeGroup(StrEnum):
    """The bands of the yearly report (STAT-2)."""

    UNDER_10 = "under_10"
    FROM_10 = "10_12"
    FROM_13 = "13_14"
    FROM_15 = "15_17h"
    FROM_17_HALF = "17h_18"
    FROM_18 = "18_21"
    FROM_22 = "22_25"
    FROM_26 = "26_on"
    UNKNOWN = "unknown"


_FROM_MONTHS = (120, 156, 180, 210, 216, 264, 312)
_IN_ORDER = tuple(AgeGroup)[: len(_FROM_MONTHS) + 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that happened: never whose, never when but by quarter, never in words."""

    id: UUID
    kind: FactKind
    quarter: str  # such as 2026-Q1
    band: AgeGroup
    pseudonym: UUID | None = None
    area: AreaCode | None = None
    level: int | None = None
    authority: Authority | None = None
    detail: str | None = None
    value: int | None = None


def age_group(born: date | None, on: date) -> AgeGroup:
    """Name the band somebody is in on the day of the event.

    :raises RuleBroken: `date.future` when they are not born yet
    """
    if born is None:
        return AgeGroup.UNKNOWN
    return _IN_ORDER[bisect_right(_FROM_MONTHS, age_months(born, on))]


def quarter(day: date) -> str:
    """Name the quarter of a year that a day is in."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"
