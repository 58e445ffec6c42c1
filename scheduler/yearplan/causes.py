"""Why a problem has no plan: committee, period, person or load, by name (MTG-9)."""

from domain.year_plan import Cause, CauseKind, Problem
from scheduler.yearplan.board import board
from scheduler.yearplan.cores import core
from scheduler.yearplan.plain_causes import plain_causes


def causes(problem: Problem, *, seconds: float = 10) -> tuple[Cause, ...]:
    """Name what excludes every plan; what can be seen without a search comes first.

    Of what a search finds, one core is told: change any of its causes, and it is gone; another
    one may come to light then. Where nothing was excluded in the time, the cause is the time.
    """
    laid = board(problem)
    return plain_causes(laid) or core(laid, seconds=seconds) or (Cause(kind=CauseKind.TIME),)
