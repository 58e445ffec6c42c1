"""An overview of running cases for leaders: counts by area and level, and no person (CASE-12)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from domain.cases import Case
from domain.dates import local_date
from domain.people import AreaCode

FEWEST = 5  # stats.k: fewer could be recognised (STAT-3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The running cases of one area and level.

    None stands for what is too little to be told (STAT-3). `days` is the median from opening
    to first coordination, `overdue` how many follow-ups are past their date. No totals are
    told beside the rows, so that nothing can be worked out from them.
    """

    area: AreaCode | None
    level: int | None
    cases: int | None
    days: float | None = None
    overdue: int | None = None


def overview(cases: Iterable[Case], *, today: date) -> list[Row]:
    """Count running cases by area and level, as far as that may be told."""
    by_place: dict[tuple[str, int], list[Case]] = defaultdict(list)
    for case in cases:
        by_place[case.area or "", case.level or 0].append(case)
    return [_row(by_place[place], today=today) for place in sorted(by_place)]


def _row(cases: list[Case], *, today: date) -> Row:
    area, level = cases[0].area, cases[0].level
    if len(cases) < FEWEST:
        return Row(area=area, level=level, cases=None)
    waited = [
        (local_date(each.coordinated_at) - local_date(each.opened_at)).days
        for each in cases
        if each.coordinated_at is not None
    ]
    late = sum(each.follow_up_on is not None and each.follow_up_on < today for each in cases)
    return Row(
        area=area,
        level=level,
        cases=len(cases),
        days=median(waited) if len(waited) >= FEWEST else None,
        overdue=late if _may_be_told(late) and _may_be_told(len(cases) - late) else None,
    )


def _may_be_told(count: int) -> bool:
    return count == 0 or count >= FEWEST
