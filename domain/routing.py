"""Where a concern goes: a total function that says why (domain.md §4, CON-6)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.ages import AgeBand
from domain.levels import assessed_level
from domain.people import AreaCode, CommitteeCode

ROUTING_VERSION = 1

SSP_PLUS_LEVELS = frozenset({3, 4})  # AGE-4


class Outcome(StrEnum):
    """What becomes of a concern; one that is DIVERTED is not stored."""

    GROUP = "group"
    TRIAGE = "triage"
    DIVERTED = "diverted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a concern goes and why; `reasons` are text keys, and never empty."""

    outcome: Outcome
    destination: CommitteeCode | None  # None unless the outcome is GROUP
    also_assess_ssp_plus: bool
    reasons: tuple[str, ...]
    version: int = ROUTING_VERSION


DIVERTED = {AgeBand.UNDER_10: "route.under_10", AgeBand.OVER: "route.over"}


def route(
    *,
    band: AgeBand,
    level: int | None,
    criteria: Collection[str],
    area: AreaCode | None,
    elsewhere: bool,
    name_known: bool,
    group_of_area: CommitteeCode | None,
    ssp_plus_group: CommitteeCode | None,
    ssp_plus_levels: Collection[int] = SSP_PLUS_LEVELS,
) -> Route:
    """Find the group that receives a concern, or the Secretariat's triage.

    `level` is what the reporter proposes; without it, the level the criteria suggest
    counts. `elsewhere` means that the person lives in another municipality, and
    `group_of_area` is the coordination group that serves `area`.

    :raises RuleBroken: `level.unknown_criterion`
    """
    if band in DIVERTED:
        return Route(
            outcome=Outcome.DIVERTED,
            destination=None,
            also_assess_ssp_plus=False,
            reasons=(DIVERTED[band],),
        )

    adult = band is AgeBand.SSP_PLUS_AGE
    assessed = assessed_level(level, criteria)
    needs_area = not adult and not elsewhere
    doubts = {
        "route.elsewhere": elsewhere,
        "route.name_unknown": not name_known,
        "route.age_unknown": band is AgeBand.UNKNOWN,
        "route.level_unknown": adult and assessed is None,
        "route.adult_low": adult and assessed is not None and assessed not in ssp_plus_levels,
        "route.no_ssp_plus_group": adult and ssp_plus_group is None,
        "route.area_unknown": needs_area and area is None,
        "route.area_unmapped": needs_area and area is not None and group_of_area is None,
    }
    why_triage = tuple(reason for reason, applies in doubts.items() if applies)
    to_assess = band is AgeBand.SSP_TRANSITION
    return Route(
        outcome=Outcome.TRIAGE if why_triage else Outcome.GROUP,
        destination=None if why_triage else ssp_plus_group if adult else group_of_area,
        also_assess_ssp_plus=to_assess,
        reasons=(
            *(why_triage or ("route.ssp_plus_group" if adult else "route.group_of_area",)),
            *(("route.assess_ssp_plus",) if to_assess else ()),
        ),
    )
