"""The rules that every plan keeps, for CP-SAT: each meeting in one place, and nobody in two."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from ortools.sat.python import cp_model

from domain.people import CommitteeCode, PersonId
from domain.year_plan import Cause, CauseKind
from scheduler.yearplan.board import Board, Gap, Option, Sitting, moments, shared
from scheduler.yearplan.cost import chained, deadlines

Key = tuple[CommitteeCode, int]
Guard = Callable[[cp_model.CpModel, Cause], cp_model.IntVar | None]
"""Says which literal a rule depends on; None for a rule that always holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateModel:
    """A model of a board, and which literal says that a meeting has a place."""

    model: cp_model.CpModel
    taken: Mapping[Key, tuple[tuple[Option, cp_model.IntVar], ...]]


def _always(_model: cp_model.CpModel, _cause: Cause) -> cp_model.IntVar | None:
    return None


def solver(*, effort: float, workers: int, seed: int) -> cp_model.CpSolver:
    """Make a solver that answers the same every time, however many threads it has (MTG-8).

    :param effort: in CP-SAT's deterministic seconds: about one of a quiet core's.
    """
    made = cp_model.CpSolver()
    made.parameters.max_deterministic_time = effort
    made.parameters.num_workers = workers
    made.parameters.interleave_search = True
    made.parameters.random_seed = seed
    return made


def asker(*, effort: float, seed: int) -> cp_model.CpSolver:
    """Make a solver for questions of yes or no; it prepares little, as most are easy (MTG-9)."""
    made = solver(effort=effort, workers=1, seed=seed)
    made.parameters.interleave_search = False
    made.parameters.linearization_level = 0
    made.parameters.cp_model_probing_level = 0
    made.parameters.symmetry_level = 0
    made.parameters.merge_at_most_one_work_limit = 0
    return made


def weigher(*, effort: float, seed: int) -> cp_model.CpSolver:
    """Make a solver for costs: the bound of the linear problem tells it most (MTG-3)."""
    made = asker(effort=effort, seed=seed)
    made.parameters.linearization_level = 2
    return made


def date_model(board: Board, *, guard: Guard = _always) -> DateModel:
    """Build it; each rule belongs to a cause, and holds where the cause's literal is true."""
    return _Building(board, guard).built()


class _Building:
    """A model in the making, one kind of rule after the other."""

    def __init__(self, board: Board, guard: Guard) -> None:
        self._board = board
        self._guard = guard
        self._model = cp_model.CpModel()
        self._taken = {
            each.key: tuple((option, self._model.new_bool_var("")) for option in each.options)
            for each in board.sittings
        }
        self._on = {each.key: self._days(each) for each in board.sittings}

    def built(self) -> DateModel:
        for taken in self._taken.values():
            self._model.add_exactly_one(literal for _, literal in taken)
        self._gaps()
        self._persons()
        self._load()
        self._chain()
        return DateModel(model=self._model, taken=self._taken)

    def _days(self, sitting: Sitting) -> dict[date, cp_model.IntVar]:
        by_day: defaultdict[date, list[cp_model.IntVar]] = defaultdict(list)
        for option, literal in self._taken[sitting.key]:
            by_day[option.day].append(literal)
        on = {}
        for day, literals in by_day.items():
            if len(literals) == 1:
                on[day] = literals[0]
            else:
                on[day] = self._model.new_bool_var("")
                self._model.add(sum(literals) == on[day])
        return on

    def _at_most(
        self, most: int, literals: Iterable[cp_model.IntVar], asked: cp_model.IntVar | None
    ) -> None:
        rule = self._model.add(cp_model.LinearExpr.sum(list(literals)) <= most)
        if asked is not None:
            rule.only_enforce_if(asked)

    def _gaps(self) -> None:
        by_body: defaultdict[CommitteeCode, list[Gap]] = defaultdict(list)
        for gap in self._board.gaps():
            by_body[gap.before.body.code].append(gap)
        for code, gaps in by_body.items():
            asked = self._guard(self._model, Cause(kind=CauseKind.GAP, committees=(code,)))
            for gap in gaps:
                before, after = self._on[gap.before.key], self._on[gap.after.key]
                for day in before:
                    near = [v for d, v in after.items() if (d - day).days < gap.least]
                    far = [v for d, v in after.items() if (d - day).days > gap.most]
                    if near:
                        later = [v for d, v in before.items() if d >= day]
                        self._at_most(1, [*later, *near], asked)
                    if far:
                        earlier = [v for d, v in before.items() if d <= day]
                        self._at_most(1, [*earlier, *far], asked)

    def _persons(self) -> None:
        problem = self._board.problem
        present = {each.body.code: each.body for each in self._board.sittings}
        at: defaultdict[date, dict[tuple[CommitteeCode, time], list[cp_model.IntVar]]]
        at = defaultdict(dict)
        for sitting in self._board.sittings:
            for option, literal in self._taken[sitting.key]:
                at[option.day].setdefault((sitting.body.code, option.starts), []).append(literal)
        for theirs in shared(tuple(present.values())):
            codes = tuple(body.code for body in theirs.bodies)
            cause = Cause(kind=CauseKind.PERSON, committees=codes, persons=theirs.persons)
            asked = self._guard(self._model, cause)
            sets = tuple(
                moments(theirs.bodies, starts=problem.rules.starts, travel=problem.rules.travel)
            )
            for places in at.values():
                for one_of in sets:
                    there = [each for each in sorted(one_of) if each in places]
                    if len({code for code, _ in there}) > 1:
                        literals = [v for each in there for v in places[each]]
                        self._at_most(1, literals, asked)

    def _load(self) -> None:
        weeks: defaultdict[PersonId, defaultdict[int, dict[Key, list[cp_model.IntVar]]]]
        weeks = defaultdict(lambda: defaultdict(dict))
        codes: defaultdict[PersonId, dict[CommitteeCode, None]] = defaultdict(dict)
        for sitting in self._board.sittings:
            leader = sitting.body.leader
            if leader is None:
                continue
            codes[leader][sitting.body.code] = None
            for day, literal in self._on[sitting.key].items():
                week = (day.toordinal() - 1) // 7
                weeks[leader][week].setdefault(sitting.key, []).append(literal)
        most = self._board.problem.rules.week_load
        for leader, by_week in weeks.items():
            cause = Cause(kind=CauseKind.LOAD, committees=tuple(codes[leader]), persons=(leader,))
            asked = self._guard(self._model, cause)
            for meetings in by_week.values():
                if len(meetings) > most:
                    literals = [v for each in meetings.values() for v in each]
                    self._at_most(most, literals, asked)

    def _chain(self) -> None:
        for steering, managers in chained(self._board.problem):
            meetings = self._board.of(steering)
            theirs = self._board.of(managers)
            if not meetings or not theirs:
                continue
            cause = Cause(kind=CauseKind.CHAIN, committees=(steering.code, managers.code))
            asked = self._guard(self._model, cause)
            for one, other in pairwise((None, *meetings)):
                between = [self._between(one, each, other) for each in theirs]
                rule = self._model.add_bool_or(between)
                if asked is not None:
                    rule.only_enforce_if(asked)

    def _between(
        self, one: Sitting | None, middle: Sitting, other: Sitting | None
    ) -> cp_model.IntVar:
        """Say whether CG lies after one SG (if there is one) and before the next one's agenda."""
        lies = self._model.new_bool_var("")
        on = self._on[middle.key]
        first = self._on[one.key] if one else {}
        third = self._on[other.key] if other else {}
        agendas = {day: deadlines(self._board.problem, day)[0] for day in third}
        for day in on:
            early = [v for d, v in on.items() if d <= day]
            late = [v for d, v in first.items() if d >= day]
            self._at_most(2, [lies, *early, *late], None)
            soon = [v for d, v in third.items() if agendas[d] <= day]
            self._at_most(2, [lies, *(v for d, v in on.items() if d >= day), *soon], None)
        return lies
