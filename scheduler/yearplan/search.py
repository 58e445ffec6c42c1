"""CP-SAT's part of planning a year: rhythms, dates, and then whatever makes the plan cheaper."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from domain.year_plan import PlannedMeeting
from scheduler.yearplan.board import Board
from scheduler.yearplan.cost import chained, cost, rhythms
from scheduler.yearplan.dates import any_plan, cheaper
from scheduler.yearplan.greedy import Meetings, greedy_meetings
from scheduler.yearplan.polish import Polish
from scheduler.yearplan.prices import Prices
from scheduler.yearplan.rhythm import choose_rhythms

_RHYTHMS, _DATES, _COMMITTEES, _AGAIN, _PROOF, _CHAIN = 0.1, 0.25, 0.25, 0.12, 0.08, 0.4
"""Shares of the effort; SG with CG are looked at beside the rest."""
_ANY = 20.0  # CP-SAT's deterministic seconds to find a plan where the greedy finds none
_MOST_RHYTHMS = 4.0
_FEWEST_STEPS, _STEPS_A_SECOND, _MOST_STEPS = 40, 12, 400  # of raising the bound of the year


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best plan found: see `PlanFigures` for the rest."""

    meetings: Meetings
    bound: int
    dates_proven: bool


def search(
    board: Board,
    known: Meetings | None,
    *,
    effort: float,
    tell: Callable[[str], None],
) -> Best | None:
    """Find a plan that costs no more than one that is known; None where none is found.

    :param effort: about so many seconds of a quiet machine.
    """
    problem = board.problem
    steps = min(_MOST_STEPS, _FEWEST_STEPS + round(_STEPS_A_SECOND * effort))
    tell("rhythm")
    kept = choose_rhythms(board, effort=min(_MOST_RHYTHMS, _RHYTHMS * effort))
    plans = [known, greedy_meetings(board, rhythms=kept) if kept else None]
    begun = [each for each in plans if isinstance(each, tuple)]
    begun = begun or list(any_plan(board, effort=_ANY))
    if not begun:
        return None
    first = min(begun, key=lambda each: cost(problem, each))
    with ThreadPoolExecutor(max_workers=1) as beside:
        bound = beside.submit(_bound, board, first, steps=steps, effort=_CHAIN * effort)
        meetings, proven = _polished(board, first, effort=effort, steps=steps, tell=tell)
        return Best(meetings=meetings, bound=bound.result(), dates_proven=proven)


def _polished(
    board: Board,
    first: Meetings,
    *,
    effort: float,
    steps: int,
    tell: Callable[[str], None],
) -> tuple[Meetings, bool]:
    """Make a plan cheaper, and say whether its dates are proven the best for its rhythms."""
    problem = board.problem
    polish = Polish(board, first)
    tell("dates")
    left = polish.by_dates(effort=_DATES * effort)
    tell("polish")
    polish.by_committees(effort=_COMMITTEES * effort + left)
    polish.by_dates(effort=_AGAIN * effort, across=True)
    meetings = polish.meetings
    last = cheaper(
        board,
        than=cost(problem, meetings),
        steps=steps,
        effort=_PROOF * effort,
        hint=meetings,
        rhythms=rhythms(problem, meetings),
    )
    meetings = last.meetings or meetings
    return meetings, last.bound >= cost(problem, meetings)


def _bound(board: Board, meetings: Sequence[PlannedMeeting], *, steps: int, effort: float) -> int:
    """Say what no plan undercuts: SG with CG by themselves, and all others by their prices."""
    problem = board.problem
    chain = {body.code for pair in chained(problem) for body in pair}
    least = 0
    for of_chain in (True, False):
        sittings = tuple(each for each in board.sittings if (each.body.code in chain) is of_chain)
        if not sittings:
            continue
        part = replace(board, sittings=sittings)
        theirs = [each for each in meetings if (each.committee in chain) is of_chain]
        paid = cost(problem, theirs)
        if of_chain:
            least += cheaper(part, than=paid, steps=steps, effort=effort, hint=theirs).bound
        else:
            least += Prices(part, rhythms={}).bound(target=paid, steps=steps).least
    return least
