"""The fewest meetings to move, proven, and then the cheapest of the plans that move so few."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ortools.sat.python import cp_model

from domain.year_plan import Cause, CauseKind
from scheduler.yearplan.again import Again, Key
from scheduler.yearplan.board import Board, Option, Sitting
from scheduler.yearplan.frozen import Clash
from scheduler.yearplan.hard_model import DateModel, date_model, solver
from scheduler.yearplan.moving_prices import Price

_WORKERS = 2
_SOLVED = frozenset({cp_model.OPTIMAL, cp_model.FEASIBLE})


class NotFound(StrEnum):
    """Why no places were found."""

    IMPOSSIBLE = "impossible"  # there are none
    TIME = "time"  # there was not the time to find them, nor to know that there are none


@dataclass(frozen=True, slots=True, kw_only=True)
class Fewest:
    """A place for every meeting of a board.

    :param worse: how many more people are lacking than before, in all.
    :param moved: how many meetings lie elsewhere than before.
    :param proven: on this board there is nothing with less of the first or, then, of the second.
    """

    places: Mapping[Key, Option]
    worse: int
    moved: int
    proven: bool


def fewest_moves(
    again: Again, board: Board, *, price: Price | None = None, effort: float
) -> Fewest | NotFound:
    """Place the meetings of a board, which may let fewer of them move than `again` does.

    :param price: what breaks ties, summed up over the meetings; None leaves them as they come.
    :param effort: in CP-SAT's deterministic seconds, for each of the two.
    """

    def guard(model: cp_model.CpModel, cause: Cause) -> cp_model.IntVar | None:
        dropped = cause.kind is CauseKind.CHAIN and not again.chain_kept
        return model.new_constant(0) if dropped else None

    def worse(sitting: Sitting, option: Option) -> int:
        return again.worse.get((sitting.key, option), 0)

    dates = date_model(board, guard=guard)
    lacking, moved = _summed(dates, board, worse), _summed(dates, board, again.moves)
    all_of_them = len(board.sittings) + 1
    _hint(dates, board, lambda sitting, option: not again.moves(sitting, option))
    dates.model.minimize(
        _summed(
            dates,
            board,
            lambda sitting, option: (
                worse(sitting, option) * all_of_them + again.moves(sitting, option)
            ),
        )
    )
    search = solver(effort=effort, workers=_WORKERS, seed=board.problem.seed)
    first = search.solve(dates.model)
    if first == cp_model.INFEASIBLE:
        return NotFound.IMPOSSIBLE
    if first not in _SOLVED:
        return NotFound.TIME

    places = _places(dates, search)
    fewest = Fewest(
        places=places,
        worse=search.value(lacking),
        moved=search.value(moved),
        proven=first == cp_model.OPTIMAL,
    )
    if price is None:
        return fewest
    _hint(dates, board, lambda sitting, option: places[sitting.key] == option)
    dates.model.add(lacking == fewest.worse)
    dates.model.add(moved == fewest.moved)
    dates.model.minimize(_summed(dates, board, price))
    if search.solve(dates.model) in _SOLVED:
        return replace(fewest, places=_places(dates, search))
    return fewest


def least_moved(clashes: Collection[Clash]) -> int:
    """Say how few meetings must be elsewhere for clashes to be gone, if anywhere else will do."""
    model = cp_model.CpModel()
    involved = {one for each in clashes for one in each.meetings}
    moved = {one: model.new_bool_var("") for one in sorted(involved)}
    for each in clashes:
        model.add(cp_model.LinearExpr.sum([moved[one] for one in each.meetings]) >= each.too_many)
    model.minimize(cp_model.LinearExpr.sum(list(moved.values())))
    search = solver(effort=1, workers=1, seed=1)
    search.solve(model)
    return round(search.best_objective_bound)


def _summed(dates: DateModel, board: Board, price: Price) -> cp_model.LinearExprT:
    taken = [
        (literal, amount)
        for sitting in board.sittings
        for option, literal in dates.taken[sitting.key]
        if (amount := price(sitting, option))
    ]
    return cp_model.LinearExpr.weighted_sum(
        [literal for literal, _ in taken], [amount for _, amount in taken]
    )


def _hint(dates: DateModel, board: Board, taken: Callable[[Sitting, Option], bool]) -> None:
    dates.model.clear_hints()
    for sitting in board.sittings:
        for option, literal in dates.taken[sitting.key]:
            dates.model.add_hint(literal, taken(sitting, option))


def _places(dates: DateModel, search: cp_model.CpSolver) -> dict[Key, Option]:
    return {
        key: next(option for option, literal in taken if search.boolean_value(literal))
        for key, taken in dates.taken.items()
    }
