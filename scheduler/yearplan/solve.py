"""Plan a year: by CP-SAT where it is installed, otherwise by the greedy alone, which says so."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter

from domain.people import CommitteeCode
from domain.year_plan import Cause, CauseKind, Engine, NoPlan, Problem, YearPlan
from scheduler.yearplan.board import Board, board
from scheduler.yearplan.cost import cost
from scheduler.yearplan.figures import figured
from scheduler.yearplan.greedy import Meetings, greedy_meetings
from scheduler.yearplan.plain_causes import plain_causes

_WHY = 8.0  # seconds to find out why there is no plan (MTG-9)
_NOT_FOUND = Cause(kind=CauseKind.TIME)

Tell = Callable[[str], None]


def silent(_: str) -> None:
    """Hear which phase begins, and tell nobody."""


def solve(problem: Problem, *, seconds: float = 30, tell: Tell = silent) -> YearPlan | NoPlan:
    """Plan a year, the same one every time for the same problem and seconds (MTG-8).

    How long it looks is counted in steps, not by the clock, so only `figures.seconds` may differ.

    :param seconds: what it takes about, on a quiet machine.
    :param tell: hears the code of each phase as it begins.
    """
    began = perf_counter()
    laid = board(problem)
    tell("greedy")
    by_greedy = greedy_meetings(laid)
    if find_spec("ortools") is None:
        return _by_greedy_alone(laid, by_greedy, began=began)
    known = None if isinstance(by_greedy, frozenset) else by_greedy
    if known is None:
        tell("causes")
        found = import_module("scheduler.yearplan.causes").causes(problem, seconds=_WHY)
        if found != (_NOT_FOUND,):
            return NoPlan(causes=found, seconds=perf_counter() - began)
    best = import_module("scheduler.yearplan.search").search(
        laid, known, effort=seconds, tell=tell
    )
    if best is None:
        return NoPlan(causes=(_NOT_FOUND,), seconds=perf_counter() - began)
    return figured(
        problem,
        best.meetings,
        engine=Engine.CP_SAT,
        seconds=perf_counter() - began,
        greedy_cost=None if known is None else cost(problem, known),
        bound=best.bound,
        dates_proven=best.dates_proven,
    )


def greedy(problem: Problem) -> YearPlan | NoPlan:
    """Plan a year without OR-tools."""
    began = perf_counter()
    laid = board(problem)
    return _by_greedy_alone(laid, greedy_meetings(laid), began=began)


def _by_greedy_alone(
    laid: Board, meetings: Meetings | frozenset[CommitteeCode], *, began: float
) -> YearPlan | NoPlan:
    if isinstance(meetings, frozenset):
        return NoPlan(
            causes=plain_causes(laid)
            or (replace(_NOT_FOUND, committees=tuple(sorted(meetings))),),
            seconds=perf_counter() - began,
        )
    return figured(
        laid.problem,
        meetings,
        engine=Engine.GREEDY,
        seconds=perf_counter() - began,
        greedy_cost=cost(laid.problem, meetings),
        bound=None,
        dates_proven=False,
    )
