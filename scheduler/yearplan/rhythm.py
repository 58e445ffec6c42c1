"""Phase 1: a rhythm for each committee, priced by its real dates, so that few of them collide."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from ortools.sat.python import cp_model

from domain.people import CommitteeCode, PersonId
from domain.year_plan import Body, Rhythm
from scheduler.yearplan.board import Board, moments, shared
from scheduler.yearplan.hard_model import solver
from scheduler.yearplan.prices import Floats, option_costs, with_rhythm

_RHYTHMS = 60  # of each committee, the cheapest
_WORKERS = 1  # two abort in OR-tools 9.15: "heuristics.fixed_search != nullptr"

Beat = tuple[int, int]  # slot and week
Week = tuple[CommitteeCode, int]


def choose_rhythms(board: Board, *, effort: float) -> dict[CommitteeCode, Rhythm] | None:
    """Choose what costs least together; each collision counts as a meeting in the wrong week.

    :param effort: in CP-SAT's deterministic seconds.
    """
    phase = _Phase(board)
    phase.price()
    phase.avoid_collisions()
    phase.avoid_full_weeks()
    return phase.solved(effort=effort)


class _Phase:
    def __init__(self, board: Board) -> None:
        self._board = board
        self._rules = board.problem.rules
        self._model = cp_model.CpModel()
        self._terms: list[cp_model.LinearExprT] = []
        self._keeps: dict[CommitteeCode, dict[Beat, cp_model.IntVar]] = {}
        self._costs = {body.code: _yearly(board, body) for body in board.bodies}
        self._meets = {body.code: dict(_weeks(board, body)) for body in board.bodies}

    def price(self) -> None:
        for code, costs in self._costs.items():
            cheapest = np.argsort(costs, axis=None, kind="stable")[:_RHYTHMS]
            slots, weeks = np.unravel_index(cheapest, costs.shape)
            self._keeps[code] = {
                (int(slot), int(week)): self._model.new_bool_var("")
                for slot, week in zip(slots, weeks, strict=True)
            }
            self._model.add_exactly_one(self._keeps[code].values())
            self._terms += [
                round(float(costs[beat])) * keeps for beat, keeps in self._keeps[code].items()
            ]

    def avoid_collisions(self) -> None:
        starts = self._rules.starts
        for people in shared(self._board.bodies):
            codes = [body.code for body in people.bodies]
            sets = tuple(moments(people.bodies, starts=starts, travel=self._rules.travel))
            for (weekday, weeks), times in self._alike(codes).items():
                for at_once in sets:
                    slots = {
                        (code, (weekday - 1) * len(starts) + starts.index(each))
                        for code, each in at_once
                    }
                    self._at_most(
                        1,
                        [
                            keeps
                            for code, week in weeks
                            for (slot, own), keeps in self._keeps[code].items()
                            if own == week and (code, slot) in slots
                        ],
                        times=times,
                    )

    def avoid_full_weeks(self) -> None:
        led: defaultdict[PersonId, list[CommitteeCode]] = defaultdict(list)
        for body in self._board.bodies:
            if body.leader is not None:
                led[body.leader].append(body.code)
        for codes in led.values():
            if len(codes) <= self._rules.week_load:
                continue
            for (_, weeks), times in self._alike(codes).items():
                self._at_most(
                    self._rules.week_load,
                    [
                        keeps
                        for code, week in weeks
                        for (_, own), keeps in self._keeps[code].items()
                        if own == week
                    ],
                    times=times,
                )

    def solved(self, *, effort: float) -> dict[CommitteeCode, Rhythm] | None:
        self._model.minimize(cp_model.LinearExpr.sum(self._terms))
        search = solver(effort=effort, workers=_WORKERS, seed=self._board.problem.seed)
        if search.solve(self._model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        starts = self._rules.starts
        return {
            code: Rhythm(
                weekday=slot // len(starts) + 1, starts=starts[slot % len(starts)], week=week
            )
            for code, keeps in self._keeps.items()
            for (slot, week), keep in keeps.items()
            if search.boolean_value(keep)
        }

    def _alike(self, codes: Iterable[CommitteeCode]) -> Counter[tuple[int, tuple[Week, ...]]]:
        """Count the days on which the same weeks of some committees' windows meet."""
        days: defaultdict[date, list[Week]] = defaultdict(list)
        for code in codes:
            for day, week in self._meets[code].items():
                days[day].append((code, week))
        return Counter(
            (day.isoweekday(), tuple(weeks)) for day, weeks in days.items() if len(weeks) > 1
        )

    def _at_most(self, most: int, keeps: list[cp_model.IntVar], *, times: int) -> None:
        if len(keeps) <= most:
            return
        over = self._model.new_int_var(0, len(keeps), "")
        self._model.add(cp_model.LinearExpr.sum(keeps) <= most + over)
        self._terms.append(times * self._rules.weights.wrong_week * over)


def _yearly(board: Board, body: Body) -> Floats:
    """Give what a year costs in each rhythm, by slot and week, while nobody is in the way."""
    costs = option_costs(board.of(body), board.problem.rules.starts)
    yearly: Floats = with_rhythm(costs, board.problem.rules.weights).sum(axis=0)
    return yearly


def _weeks(board: Board, body: Body) -> Iterator[tuple[date, int]]:
    for sitting in board.of(body):
        for option in sitting.options:
            yield option.day, option.week
