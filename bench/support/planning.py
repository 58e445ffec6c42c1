"""Years planned as the product does it, in a process of its own, and what came of them."""

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bench.support.plan_checker import Checker, Violation
from bench.support.plan_checker.checker import on_rhythm
from domain.year_plan import NoPlan, Problem, YearPlan
from scheduler.yearplan.board import board
from scheduler.yearplan.cost import cost
from scheduler.yearplan.greedy import greedy_meetings
from scheduler.yearplan.process import plan_in_a_process

LIMIT = timedelta(minutes=20)  # for the largest there is; then it hangs


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One year, planned, checked, and set beside the greedy's plan of it.

    :param seconds: on the wall: the process, the model, the search and the answer.
    :param cpu_seconds: of all its threads, which other work on the machine does not lengthen.
    :param greedy_cost: None where the greedy finds no whole year.
    :param greedy_violations: what the checker says of the greedy's year.
    """

    name: str
    problem: Problem
    plan: YearPlan
    seconds: float
    cpu_seconds: float
    violations: Sequence[Violation]
    cost: int
    on_rhythm: float
    in_school_holidays: int
    least_in_school_holidays: int
    greedy_cost: int | None
    greedy_seconds: float
    greedy_violations: int

    @property
    def gap(self) -> float:
        """Say how far the cost may be above the least there is, as a share of the cost."""
        bound = self.plan.figures.bound or 0
        return (self.cost - bound) / self.cost if self.cost else 0.0


class NotPlanned(Exception):
    """A year that can be planned was not."""


async def planned(name: str, problem: Problem, *, seconds: float) -> Planned:
    """Plan a year, check it by itself, and let the greedy try the same.

    :raises NotPlanned: when there is no plan.
    """
    began, cpu = time.perf_counter(), _cpu_of_processes()
    plan = await plan_in_a_process(problem, seconds=seconds, limit=LIMIT)
    took, cpu = time.perf_counter() - began, _cpu_of_processes() - cpu
    if isinstance(plan, NoPlan):
        raise NotPlanned(f"{name}: {plan.causes}")
    began = time.perf_counter()
    beside = greedy_meetings(board(problem))
    greedy_took = time.perf_counter() - began
    checker = Checker(problem)
    by_greedy = beside if isinstance(beside, tuple) else None
    return Planned(
        name=name,
        problem=problem,
        plan=plan,
        seconds=took,
        cpu_seconds=cpu,
        violations=checker.violations(plan.meetings),
        cost=cost(problem, plan.meetings),
        on_rhythm=on_rhythm(plan.meetings, plan.rhythms),
        in_school_holidays=checker.in_school_holidays(plan.meetings),
        least_in_school_holidays=checker.least_in_school_holidays(),
        greedy_cost=None if by_greedy is None else cost(problem, by_greedy),
        greedy_seconds=greedy_took,
        greedy_violations=0 if by_greedy is None else len(checker.violations(by_greedy)),
    )


def without_clock(plan: YearPlan) -> YearPlan:
    """Leave out the one thing that differs between two runs (MTG-8)."""
    return replace(plan, figures=replace(plan.figures, seconds=0.0))


def _cpu_of_processes() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def dearest_process_mb() -> float:
    """Give the most memory that a process of ours that has ended took, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
