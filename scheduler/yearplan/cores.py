"""A core: few rules on few committees in a short time that together exclude every plan."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from time import perf_counter

from ortools.sat.python import cp_model

from domain.people import CommitteeCode
from domain.year_plan import Cause, CauseKind
from scheduler.yearplan.board import Board, Sitting
from scheduler.yearplan.cost import chained
from scheduler.yearplan.hard_model import asker, date_model
from scheduler.yearplan.plain_causes import span

_EFFORT = 60  # the clock ends it before


@dataclass(frozen=True, slots=True, kw_only=True)
class _Core:
    """A board and the rules on it that cannot all be kept."""

    board: Board
    rules: frozenset[Cause]

    @property
    def needed(self) -> frozenset[CommitteeCode]:
        """Give the committees whose meetings the chain asks for; without them it asks more."""
        chain = any(rule.kind is CauseKind.CHAIN for rule in self.rules)
        pairs = chained(self.board.problem) if chain else ()
        return frozenset(managers.code for _, managers in pairs)

    def without(self, sittings: Collection[Sitting]) -> "_Core":
        left = tuple(
            each
            for each in self.board.sittings
            if each not in sittings or each.body.code in self.needed
        )
        return replace(self, board=replace(self.board, sittings=left))


def core(board: Board, *, never: Collection[CauseKind] = (), seconds: float) -> tuple[Cause, ...]:
    """Name rules that together exclude every plan; none where that was not proven in the time.

    They are made few while there is time: committees are left out, then rules, then the weeks
    at both ends, as long as what is left still excludes every plan.

    :param never: kinds of rules that are not asked for.
    """
    until = perf_counter() + seconds
    found = _proven(board, never=never, until=until)
    if found is None:
        return ()
    for smaller in (_fewer_committees, _fewer_rules, _fewer_weeks):
        found = smaller(found, until=until)
    return _told(found)


def _proven(board: Board, *, never: Collection[CauseKind], until: float) -> _Core | None:
    """Ask CP-SAT for rules that exclude every plan, and keep only the committees concerned."""
    rules: dict[int, Cause] = {}

    def guard(model: cp_model.CpModel, cause: Cause) -> cp_model.IntVar:
        asked = model.new_bool_var("")
        if cause.kind not in never:
            rules[asked.index] = cause
            model.add_assumption(asked)
        return asked

    dates = date_model(board, guard=guard)
    solver = _solver(board, until=until)
    if solver.solve(dates.model) != cp_model.INFEASIBLE:
        return None
    kept = frozenset(rules[each] for each in solver.sufficient_assumptions_for_infeasibility())
    codes = {code for rule in kept for code in rule.committees}
    sittings = tuple(each for each in board.sittings if each.body.code in codes)
    return _Core(board=replace(board, sittings=sittings), rules=kept)


def _fewer_committees(found: _Core, *, until: float) -> _Core:
    for code in sorted({each.body.code for each in found.board.sittings}):
        theirs = [each for each in found.board.sittings if each.body.code == code]
        found = _smaller(found, found.without(theirs), until=until)
    return found


def _fewer_rules(found: _Core, *, until: float) -> _Core:
    for rule in sorted(found.rules, key=lambda each: (each.kind, each.committees, each.persons)):
        found = _smaller(found, replace(found, rules=found.rules - {rule}), until=until)
    return found


def _fewer_weeks(found: _Core, *, until: float) -> _Core:
    """Leave out what lies before a day or after one, half of what is left each time."""
    for from_the_end in (False, True):
        sittings = sorted(
            found.board.sittings, key=lambda each: each.window.days[-1], reverse=from_the_end
        )
        least, most = 0, len(sittings) - 1
        while least < most:
            some = (least + most + 1) // 2
            if _excluded(found.without(sittings[:some]), until=until):
                least = some
            else:
                most = some - 1
        found = found.without(sittings[:least])
    return found


def _smaller(found: _Core, smaller: _Core, *, until: float) -> _Core:
    return smaller if _excluded(smaller, until=until) else found


def _excluded(tried: _Core, *, until: float) -> bool:
    """Tell whether it is known, and before a moment, that the rules exclude every plan."""
    if perf_counter() > until:
        return False

    def guard(model: cp_model.CpModel, cause: Cause) -> cp_model.IntVar | None:
        kept = any(_same(cause, rule) for rule in tried.rules)
        return None if kept else model.new_constant(0)

    dates = date_model(tried.board, guard=guard)
    solver = _solver(tried.board, until=until)
    return bool(solver.solve(dates.model) == cp_model.INFEASIBLE)


def _same(cause: Cause, rule: Cause) -> bool:
    """Tell whether a rule of a smaller board is one of a bigger board's, or a part of it."""
    return cause.kind == rule.kind and set(cause.committees) <= set(rule.committees)


def _told(found: _Core) -> tuple[Cause, ...]:
    """Say it in committees, people and days; distances only where there is nothing else to say."""
    needed = found.needed
    sittings = [each for each in found.board.sittings if each.body.code not in needed]
    from_on, to_on = span(sittings or found.board.sittings)
    bodies = {each.body.code: each.body for each in found.board.sittings}
    told = []
    for rule in sorted(found.rules, key=lambda each: (each.kind, each.committees, each.persons)):
        codes = tuple(code for code in rule.committees if code in bodies)
        seats = Counter(person for code in codes for person in bodies[code].members)
        persons = {
            CauseKind.PERSON: tuple(sorted(each for each in seats if seats[each] > 1)),
            CauseKind.LOAD: rule.persons,
        }.get(rule.kind, ())
        told.append(replace(rule, committees=codes, persons=persons, from_on=from_on, to_on=to_on))
    others = tuple(each for each in told if each.kind is not CauseKind.GAP)
    return others or tuple(told)


def _solver(board: Board, *, until: float) -> cp_model.CpSolver:
    made = asker(effort=_EFFORT, seed=board.problem.seed)
    made.parameters.max_time_in_seconds = max(0.1, until - perf_counter())
    return made
