"""What a plan costs, said to CP-SAT: the same as `cost.cost`, over what a model chooses from."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from ortools.sat.python import cp_model

from domain.people import CommitteeCode
from domain.year_plan import Body
from scheduler.yearplan.board import Board, Sitting
from scheduler.yearplan.cost import chained
from scheduler.yearplan.hard_model import DateModel
from scheduler.yearplan.prices import cell_of

_DAYS_OF_A_YEAR = 366

Cells = Mapping[CommitteeCode, Collection[tuple[int, int]]]


class Objective:
    """The terms of a plan's cost, as they are added to a model.

    :param beats: the rhythms that each committee may have, as slot and week.
    """

    def __init__(self, board: Board, dates: DateModel, *, beats: Cells) -> None:
        self._board = board
        self._starts = board.problem.rules.starts
        self._weights = board.problem.rules.weights
        self._model = dates.model
        self._taken = dates.taken
        self._terms: list[cp_model.LinearExprT] = []
        for taken in dates.taken.values():
            self._terms += [option.cost * literal for option, literal in taken if option.cost]
        for body in board.bodies:
            self._keep_rhythm(body, beats[body.code])
        for steering, managers in chained(board.problem):
            self._keep_managers(board.of(steering), board.of(managers))

    @property
    def total(self) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.sum(self._terms)

    def _keep_rhythm(self, body: Body, beats: Collection[tuple[int, int]]) -> None:
        """Charge what is off the weekday and hour, and what is in the wrong week."""
        for axis, weight in enumerate((self._weights.off_rhythm, self._weights.wrong_week)):
            values = sorted({beat[axis] for beat in beats})
            own = {value: self._model.new_bool_var("") for value in values}
            self._model.add_exactly_one(own.values())
            for sitting in self._board.of(body):
                self._charge(sitting, axis=axis, own=own, weight=weight)

    def _charge(
        self, sitting: Sitting, *, axis: int, own: Mapping[int, cp_model.IntVar], weight: int
    ) -> None:
        there: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
        for option, literal in self._taken[sitting.key]:
            there[cell_of(option, self._starts)[axis]].append(literal)
        kept = []
        for value in sorted(there.keys() & own.keys()):
            if len(there) == 1:
                kept.append(own[value])
            elif len(own) == 1:
                kept += there[value]
            else:
                keeps = self._model.new_bool_var("")
                self._model.add(keeps <= cp_model.LinearExpr.sum(there[value]))
                self._model.add(keeps <= own[value])
                kept.append(keeps)
        self._terms += [weight, *(-weight * each for each in kept)]

    def _keep_managers(self, steering: Collection[Sitting], managers: Collection[Sitting]) -> None:
        """Charge each day that the nearest CG is off six weeks after an SG (CAL-2)."""
        if not managers:
            return
        wanted = self._board.problem.rules.managers_after
        days = [self._day(each) for each in managers]
        for meeting in steering:
            day = self._day(meeting)
            off = self._model.new_int_var(0, 2 * _DAYS_OF_A_YEAR, "")
            nearest = [self._model.new_bool_var("") for _ in days]
            self._model.add_exactly_one(nearest)
            for literal, other in zip(nearest, days, strict=True):
                late = other - day - wanted
                self._model.add(off >= late).only_enforce_if(literal)
                self._model.add(off >= -late).only_enforce_if(literal)
            self._terms.append(self._weights.managers_day_off * off)

    def _day(self, sitting: Sitting) -> cp_model.IntVar:
        day = self._model.new_int_var(1, _DAYS_OF_A_YEAR, "")
        taken = self._taken[sitting.key]
        days = [option.day.timetuple().tm_yday * literal for option, literal in taken]
        self._model.add(day == cp_model.LinearExpr.sum(days))
        return day
