"""The fewest meetings to move, proven by CP-SAT, and then the cheapest of such plans."""

from collections.abc import Callable, Collection
from dataclasses import replace

from ortools.sat.python import cp_model

from domain.year_plan import Cause, CauseKind
from scheduler.yearplan.again import Again, Key
from scheduler.yearplan.board import Board, Option, Sitting
from scheduler.yearplan.frozen import Clash
from scheduler.yearplan.hard_model import DateModel, asker, date_model, solver
from scheduler.yearplan.moves import Fewest, NotFound
from scheduler.yearplan.moving_prices import Price

_WORKERS = 2
_SOLVED = frozenset({cp_model.OPTIMAL, cp_model.FEASIBLE})


def fewest(again: Again, *, price: Price, effort: float) -> Fewest | NotFound:
    """Let those move that must, or that clash with others; only then let all of them move.

    Where no more move than must at the very least, the search among few has proven it for all.

    :param price: what breaks ties, summed up over the meetings.
    :param effort: in CP-SAT's deterministic seconds, for each search; there are five at most.
    """
    must = again.must_move()
    clashes = again.clashes(must)
    few = must | {(one.committee, one.number) for each in clashes for one in each.meetings}
    near = fewest_moves(again, again.freed(few), price=price, effort=effort)
    least = (again.least_worse_of_all(), len(must) + least_moved(clashes))
    if isinstance(near, Fewest) and (near.worse, near.moved) == least:
        return replace(near, proven=True)

    far = fewest_moves(again, again.board, effort=effort)
    if not isinstance(far, Fewest):
        return replace(near, proven=False) if isinstance(near, Fewest) else far
    some = few | again.moved(far.places)
    cheap = fewest_moves(again, again.freed(some), price=price, effort=effort)
    return replace(cheap, proven=far.proven) if isinstance(cheap, Fewest) else far


def fewest_moves(
    again: Again, board: Board, *, price: Price | None = None, effort: float
) -> Fewest | NotFound:
    """Place the meetings of a board, which may let fewer of them move than `again` does.

    :param price: as `fewest` takes it; None leaves ties as they come.
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
    search = asker(effort=effort, seed=board.problem.seed)
    search.parameters.optimize_with_core = True  # from below: few moves are soon proven
    first = search.solve(dates.model)
    if first == cp_model.UNKNOWN:
        search = solver(effort=effort, workers=_WORKERS, seed=board.problem.seed)
        first = search.solve(dates.model)
    if first == cp_model.INFEASIBLE:
        return NotFound.IMPOSSIBLE
    if first not in _SOLVED:
        return NotFound.TIME

    places = _places(dates, search)
    found = Fewest(
        places=places,
        worse=search.value(lacking),
        moved=search.value(moved),
        proven=first == cp_model.OPTIMAL,
    )
    if price is None:
        return found
    _hint(dates, board, lambda sitting, option: places[sitting.key] == option)
    dates.model.add(lacking == found.worse)
    dates.model.add(moved == found.moved)
    dates.model.minimize(_summed(dates, board, price))
    search = asker(effort=effort, seed=board.problem.seed)
    search.parameters.linearization_level = 2  # seconds instead of minutes, for prices
    if search.solve(dates.model) in _SOLVED:
        return replace(found, places=_places(dates, search))
    return found


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
