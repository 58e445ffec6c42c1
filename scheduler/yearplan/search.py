"""CP-SAT's part of planning a year: rhythms, dates, and then whatever makes the plan cheaper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.year_plan import PlannedMeeting
from scheduler.yearplan.board import Board
from scheduler.yearplan.cost import chained, cost, rhythms
from scheduler.yearplan.dates import any_plan, cheaper
from scheduler.yearplan.greedy import greedy_meetings
from scheduler.yearplan.polish import Polish
from scheduler.yearplan.prices import Prices
from scheduler.yearplan.rhythm import choose_rhythms

_RHYTHM, _FIRST, _PROOF, _CHAIN = 4.0, 20.0, 3.0, 3.0  # deterministic seconds of CP-SAT
_STEPS = 400  # of raising the bound of the whole year


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best plan found: see `PlanFigures` for the rest."""

    meetings: tuple[PlannedMeeting, ...]
    bound: int
    dates_proven: bool


def search(
    board: Board,
    known: Sequence[PlannedMeeting] | None,
    *,
    effort: float,
    tell: Callable[[str], None],
) -> Best | None:
    """Find a plan that costs no more than one that is known; None where none is found.

    :param effort: about so many seconds of a quiet machine.
    """
    problem = board.problem
    tell("rhythm")
    kept = choose_rhythms(board, effort=_RHYTHM)
    in_rhythm = greedy_meetings(board, rhythms=kept)
    plans = [each for each in (in_rhythm, known) if isinstance(each, Sequence)]
    if not plans:
        plans = list(any_plan(board, effort=_FIRST))
    if not plans:
        return None
    tell("dates")
    polish = Polish(
        board,
        min(plans, key=lambda each: cost(problem, each)),
        effort=effort,
    )
    polish.by_dates()
    tell("polish")
    polish.by_committees()
    polish.effort = 4
    polish.by_dates()
    meetings = polish.meetings
    paid = cost(problem, meetings)
    last = cheaper(
        board,
        than=paid,
        steps=_STEPS,
        effort=_PROOF,
        hint=meetings,
        rhythms=rhythms(problem, meetings),
    )
    if last.meetings:
        meetings, paid = last.meetings, cost(problem, last.meetings)
    return Best(meetings=meetings, bound=_bound(board, meetings), dates_proven=last.bound >= paid)


def _bound(board: Board, meetings: Sequence[PlannedMeeting]) -> int:
    """Say what no plan undercuts: SG with CG by themselves, and all others by their prices."""
    problem = board.problem
    chain = {body.code for pair in chained(problem) for body in pair}
    theirs = [each for each in meetings if each.committee in chain]
    others = [each for each in meetings if each.committee not in chain]
    parts = [
        replace(
            board,
            sittings=tuple(each for each in board.sittings if (each.body.code in chain) is of),
        )
        for of in (True, False)
    ]
    bound = Prices(parts[1], rhythms={}).bound(target=cost(problem, others), steps=_STEPS).least
    if theirs:
        bound += cheaper(
            parts[0], than=cost(problem, theirs), steps=_STEPS, effort=_CHAIN, hint=theirs
        ).bound
    return bound
