"""What the planner can be asked, and its answers, as they travel to its process and back."""

from dataclasses import dataclass
from datetime import date

from domain.people import CommitteeCode, PersonId
from domain.year_plan import NoPlan, Problem, Replanned, Staffing, YearPlan

Answer = YearPlan | NoPlan | Replanned | Staffing
ANSWERS: tuple[type[YearPlan], type[NoPlan], type[Replanned], type[Staffing]] = (
    YearPlan,
    NoPlan,
    Replanned,
    Staffing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """Plan a whole year."""

    problem: Problem
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanTask:
    """Change a plan as little as can be (MTG-10)."""

    problem: Problem
    plan: YearPlan
    before: Problem
    frozen_until: date
    held: frozenset[tuple[CommitteeCode, int]]
    today: date
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTask:
    """Find how many facilitators a year needs."""

    problem: Problem
    pool: tuple[PersonId, ...]
    seconds: float


Task = PlanTask | ReplanTask | StaffTask
TASKS: tuple[type[PlanTask], type[ReplanTask], type[StaffTask]] = (PlanTask, ReplanTask, StaffTask)
