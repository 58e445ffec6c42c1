"""The cheapest plan on a board that costs less than one there is already, by CP-SAT."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from domain.people import CommitteeCode
from domain.year_plan import PlannedMeeting, Rhythm
from scheduler.yearplan.board import Board
from scheduler.yearplan.hard_model import DateModel, asker, date_model, weigher
from scheduler.yearplan.objective import Objective
from scheduler.yearplan.prices import Bound, Prices, cell_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of a search.

    :param meetings: a cheaper plan of the board; None where none was found.
    :param bound: no plan of the board costs less, with the rhythms it was given.
    :param effort: what the search took, in CP-SAT's deterministic seconds.
    """

    meetings: tuple[PlannedMeeting, ...] | None
    bound: int
    effort: float = 0


def cheaper(
    board: Board,
    *,
    than: int,
    steps: int,
    effort: float,
    hint: Sequence[PlannedMeeting] = (),
    rhythms: Mapping[CommitteeCode, Rhythm] | None = None,
) -> Found:
    """Look for a plan of a board that costs less.

    :param steps: of raising the bound; what a cheaper plan cannot take is then left out.
    :param effort: in CP-SAT's deterministic seconds.
    :param hint: a plan to begin from.
    :param rhythms: those that are settled; None where each committee may choose.
    """
    bound = Prices(board, rhythms=rhythms or {}).bound(target=than, steps=steps)
    narrow = _without_the_dear(board, bound, cost=than - 1)
    if bound.least >= than or not all(each.options for each in narrow.sittings):
        return Found(meetings=None, bound=min(than, bound.least))
    dates = date_model(narrow)
    beats = {body.code: bound.beats(body, cost=than - 1) for body in narrow.bodies}
    total = Objective(narrow, dates, beats=beats).total
    dates.model.add(total <= than - 1)
    dates.model.minimize(total)
    _begin_from(dates, hint)
    search = weigher(effort=effort, seed=board.problem.seed)
    status = search.solve(dates.model)
    took = search.response_proto.deterministic_time
    if status == cp_model.INFEASIBLE:
        return Found(meetings=None, bound=than, effort=took)
    proven = max(bound.least, round(search.best_objective_bound))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(meetings=None, bound=min(than, proven), effort=took)
    meetings = _chosen(narrow, dates, search)
    return Found(meetings=meetings, bound=proven, effort=took)


def any_plan(board: Board, *, effort: float) -> Iterator[tuple[PlannedMeeting, ...]]:
    """Give one plan that breaks no rule, whatever it costs, where one is found."""
    dates = date_model(board)
    search = asker(effort=effort, seed=board.problem.seed)
    if search.solve(dates.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        yield _chosen(board, dates, search)


def _chosen(
    board: Board, dates: DateModel, search: cp_model.CpSolver
) -> tuple[PlannedMeeting, ...]:
    return tuple(
        sitting.at(option)
        for sitting in board.sittings
        for option, literal in dates.taken[sitting.key]
        if search.boolean_value(literal)
    )


def _without_the_dear(board: Board, bound: Bound, *, cost: int) -> Board:
    """Leave out what no plan of that cost can take."""
    starts = board.problem.rules.starts
    return replace(
        board,
        sittings=tuple(
            replace(
                sitting,
                options=tuple(
                    each
                    for each in sitting.options
                    if bound.allows(sitting, cell_of(each, starts), cost=cost)
                ),
            )
            for sitting in board.sittings
        ),
    )


def _begin_from(dates: DateModel, meetings: Sequence[PlannedMeeting]) -> None:
    for each in meetings:
        for option, literal in dates.taken.get((each.committee, each.number), ()):
            same = (option.day, option.starts) == (each.day, each.starts)
            dates.model.add_hint(literal, same)
