"""The text keys of the year plan that are put together, and what can stand in their blanks."""

from collections.abc import Iterable, Mapping

from domain.meeting_year import HALVES
from domain.people import CommitteeType
from domain.plan_changes import ChangeKind
from domain.plan_runs import PlanKind, PlanState
from domain.year_plan import CauseKind, Policy
from scheduler.draw_yearplan import KINDS, READY

NOTICES = frozenset(KINDS)
PHASES = (
    *("waiting", "starting", "greedy", "rhythm", "dates"),
    *("polish", "causes", "moves", "staff"),
)
OVER = (PlanState.DROPPED, PlanState.REPLACED)


def _filled(pattern: str, values: Iterable[str]) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "committee_type.{}": _filled("committee_type.{}", CommitteeType),
    "half_day.{}": _filled("half_day.{}", HALVES),
    "yearplan.cause.{}": _filled("yearplan.cause.{}", CauseKind),
    "yearplan.computing_{}": _filled("yearplan.computing_{}", PlanKind),
    "yearplan.impossible_{}": _filled("yearplan.impossible_{}", PlanKind),
    "yearplan.kind.{}": _filled("yearplan.kind.{}", ChangeKind),
    "yearplan.line_{}": _filled("yearplan.line_{}", ChangeKind),
    "yearplan.month.{}": _filled("yearplan.month.{}", map(str, range(1, 13))),
    "yearplan.over_{}": _filled("yearplan.over_{}", OVER),
    "yearplan.papers_{}_title": _filled("yearplan.papers_{}_title", ("laid", "not_made")),
    "yearplan.phase.{}": _filled("yearplan.phase.{}", PHASES),
    "yearplan.policy.{}": _filled("yearplan.policy.{}", Policy),
    "yearplan.proposed_{}": _filled("yearplan.proposed_{}", (PlanKind.PLAN, PlanKind.REPLAN)),
    "yearplan.ready_{}": _filled("yearplan.ready_{}", (*READY, *OVER, PlanState.PUBLISHED)),
    "yearplan.staff_{}": _filled("yearplan.staff_{}", ("enough", "missing")),
}
