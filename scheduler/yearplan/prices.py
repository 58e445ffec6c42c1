"""How little a plan can cost: each committee alone, with prices on what it shares with others.

Every rule that ties committees together (nobody in two meetings, the week's load) gets a price,
and each committee then chooses its cheapest year by itself. What they all pay, less what the rules
allow at those prices, no plan undercuts (Lagrange). Gaps, the chain and how far CG lies from SG
are left out, which can only make the bound lower.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import ceil

import numpy as np
from numpy.typing import NDArray

from domain.people import CommitteeCode, PersonId
from domain.year_plan import Body, Rhythm, Weights
from scheduler.yearplan.board import Board, Option, Sitting, moments, shared

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NEVER = 1e9  # what an option costs that is not there
_WEEKDAYS, _DAYS = 5, 367  # days of the year, counted from 1
_ROUNDING = 1e-6
_PATIENCE, _SHORTER = 10, 0.7  # so many steps without a better bound, and they get so much shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What no plan undercuts, and how much dearer each choice makes it at least.

    :param options: of each sitting, by slot and week.
    :param rhythms: of each committee, by slot and week.
    """

    lowest: float
    options: Mapping[tuple[CommitteeCode, int], Floats]
    rhythms: Mapping[CommitteeCode, Floats]

    @property
    def least(self) -> int:
        return ceil(self.lowest - _ROUNDING)

    def allows(self, sitting: Sitting, cell: tuple[int, int], *, cost: int) -> bool:
        """Tell whether a plan of that cost may take an option, known by its slot and week."""
        return self.lowest + float(self.options[sitting.key][cell]) <= cost + _ROUNDING

    def beats(self, body: Body, *, cost: int) -> set[tuple[int, int]]:
        """Give the rhythms, as slot and week, that a plan of that cost may have."""
        may = self.lowest + self.rhythms[body.code] <= cost + _ROUNDING
        return {(int(slot), int(week)) for slot, week in np.argwhere(may)}


class _Year:
    """One committee's options by sitting, slot (weekday and start) and week.

    In one window a weekday of a week is one day, so each option has a cell of its own.
    """

    def __init__(self, board: Board, body: Body, *, first_row: int, rhythm: Rhythm | None) -> None:
        starts = board.problem.rules.starts
        sittings = board.of(body)
        self.code = body.code
        self.keys = [each.key for each in sittings]
        self.costs = option_costs(sittings, starts, week=rhythm.week if rhythm else 0)
        self.places: Ints = np.zeros(self.costs.shape, dtype=np.int64)
        for number, sitting in enumerate(sittings):
            for option in sitting.options:
                row = first_row + starts.index(option.starts)
                place = row * _DAYS + option.day.timetuple().tm_yday
                self.places[number, *cell_of(option, starts)] = place
        self.barred: Floats = np.full(self.costs.shape[1:], _NEVER if rhythm else 0.0)
        """What each rhythm costs for itself: only the settled one is to be had, where one is."""
        if rhythm:
            slot = (rhythm.weekday - 1) * len(starts) + starts.index(rhythm.starts)
            self.barred[slot, rhythm.week] = 0
        for number, sitting in enumerate(sittings):
            for option in sitting.options:
                cell = (number, *cell_of(option, starts))
                row = first_row + starts.index(option.starts)
                self.costs[cell] = option.cost
                self.places[cell] = row * _DAYS + option.day.timetuple().tm_yday


class _Limit:
    """Rules of one kind: of some rows (a committee at a start) at most so many in a column.

    :param rows: those of each rule.
    :param columns: the column of each day of the year, in order.
    """

    def __init__(
        self, rules: Sequence[Sequence[int]], *, rows: int, columns: Ints, most: int
    ) -> None:
        flat = np.array([row for rule in rules for row in rule], dtype=np.int64)
        lengths = [len(rule) for rule in rules]
        rule_of = np.repeat(np.arange(len(rules)), lengths)
        order = np.argsort(flat, kind="stable")
        self._rows = flat
        self._rule_starts = np.cumsum([0, *lengths[:-1]])
        self._by_row = rule_of[order]
        self._ruled, self._row_starts = np.unique(flat[order], return_index=True)
        self._columns = columns
        self._column_starts = np.unique(columns, return_index=True)[1]
        self._shape = (rows, _DAYS)
        self._most = most
        self.prices: Floats = np.zeros((len(rules), len(self._column_starts)))

    def charges(self) -> Floats:
        """Add up what each row costs on each day."""
        charged = np.zeros(self._shape)
        if len(self._rows):
            by_rule = np.add.reduceat(self.prices[self._by_row], self._row_starts, axis=0)
            charged[self._ruled] = by_rule[:, self._columns]
        return charged

    def allowance(self) -> float:
        return float(self._most * self.prices.sum())

    def exceeded(self, taken: Floats) -> Floats:
        """Say by how much each rule is exceeded; less than 0 where there is room left."""
        if not len(self._rows):
            return np.zeros_like(self.prices)
        by_rule = np.add.reduceat(taken[self._rows], self._rule_starts, axis=0)
        exceeded = np.add.reduceat(by_rule, self._column_starts, axis=1) - self._most
        exceeded[(self.prices <= 0) & (exceeded < 0)] = 0
        return exceeded


class Prices:
    """The prices of one problem, and how they are found."""

    def __init__(self, board: Board, *, rhythms: Mapping[CommitteeCode, Rhythm]) -> None:
        problem = board.problem
        starts = problem.rules.starts
        self._weights = problem.rules.weights
        self._years = []
        row_of: dict[tuple[CommitteeCode, time], int] = {}
        led: defaultdict[PersonId, list[int]] = defaultdict(list)
        for number, body in enumerate(board.bodies):
            first_row = number * len(starts)
            self._years.append(
                _Year(board, body, first_row=first_row, rhythm=rhythms.get(body.code))
            )
            rows = range(first_row, first_row + len(starts))
            row_of |= {(body.code, each): row for each, row in zip(starts, rows, strict=True)}
            if body.leader is not None:
                led[body.leader] += rows
        together = [
            sorted(row_of[each] for each in at_once)
            for people in shared(board.bodies)
            for at_once in moments(people.bodies, starts=starts, travel=problem.rules.travel)
        ]
        count = len(row_of)
        self._limits = (
            _Limit(together, rows=count, columns=np.arange(_DAYS), most=1),
            _Limit(
                list(led.values()),
                rows=count,
                columns=_weeks_of(problem.year),
                most=problem.rules.week_load,
            ),
        )

    def bound(self, *, target: int, steps: int) -> Bound:
        """Raise the bound step by step, towards the cost of a plan that there is."""
        best, stride, stale = float("-inf"), 1.0, 0
        kept = [limit.prices for limit in self._limits]
        for _ in range(steps):
            value, taken = self._choose()
            stale += 1
            if value > best:
                best, stale = value, 0
                kept = [limit.prices for limit in self._limits]
            if stale == _PATIENCE:
                stride, stale = stride * _SHORTER, 0
            exceeded = [limit.exceeded(taken) for limit in self._limits]
            steep = sum(float((each**2).sum()) for each in exceeded)
            if not steep or best > target - 1 + _ROUNDING:
                break
            length = stride * (target - value) / steep
            for limit, each in zip(self._limits, exceeded, strict=True):
                limit.prices = np.maximum(0, limit.prices + length * each)
        for limit, prices in zip(self._limits, kept, strict=True):
            limit.prices = prices
        return self._found()

    def _choose(self) -> tuple[float, Floats]:
        """Let each committee take its cheapest year; give the sum, and what is taken."""
        charges = self._charges()
        value = -sum(limit.allowance() for limit in self._limits)
        taken = np.zeros(charges.shape)
        for year in self._years:
            priced = year.costs + charges.ravel()[year.places]
            rhythms = year.barred + with_rhythm(priced, self._weights).sum(axis=0)
            slot, week = np.unravel_index(rhythms.argmin(), rhythms.shape)
            value += float(rhythms[slot, week])
            priced += self._weights.off_rhythm + self._weights.wrong_week
            priced[:, slot, :] -= self._weights.off_rhythm
            priced[:, :, week] -= self._weights.wrong_week
            cheapest = priced.reshape(len(priced), -1).argmin(axis=1)
            places = year.places.reshape(len(priced), -1)[np.arange(len(priced)), cheapest]
            taken.ravel()[places] += 1
        return value, taken

    def _charges(self) -> Floats:
        persons, load = (limit.charges() for limit in self._limits)
        return persons + load

    def _found(self) -> Bound:
        charges = self._charges()
        lowest = -sum(limit.allowance() for limit in self._limits)
        options: dict[tuple[CommitteeCode, int], Floats] = {}
        beats = {}
        for year in self._years:
            priced = year.costs + charges.ravel()[year.places]
            by_sitting = with_rhythm(priced, self._weights)
            rhythms = year.barred + by_sitting.sum(axis=0)
            least = rhythms.min()
            lowest += float(least)
            others = rhythms - by_sitting  # of each rhythm, without the sitting itself
            added = priced + with_rhythm(others, self._weights) - least
            options |= dict(zip(year.keys, added, strict=True))
            beats[year.code] = rhythms - least
        return Bound(lowest=lowest, options=options, rhythms=beats)


def option_costs(sittings: Sequence[Sitting], starts: Sequence[time], *, week: int = 0) -> Floats:
    """Lay a committee's options out by sitting, slot and week, as far as a week at least."""
    weeks = 1 + max(week, *(option.week for each in sittings for option in each.options))
    costs: Floats = np.full((len(sittings), _WEEKDAYS * len(starts), weeks), _NEVER)
    for number, sitting in enumerate(sittings):
        for option in sitting.options:
            costs[number, *cell_of(option, starts)] = option.cost
    return costs


def with_rhythm(priced: Floats, weights: Weights) -> Floats:
    """Give by sitting, slot and week the least there is, what lies elsewhere costing its extra.

    The same holds both ways: what a sitting costs under a rhythm, and what a rhythm costs that an
    option is taken under.
    """
    of_slot = priced.min(axis=2, keepdims=True)
    of_week = priced.min(axis=1, keepdims=True)
    least = of_slot.min(axis=1, keepdims=True)
    off, wrong = weights.off_rhythm, weights.wrong_week
    kept = np.minimum(priced, np.minimum(of_slot + wrong, of_week + off))
    cheapest: Floats = np.minimum(kept, least + off + wrong)
    return cheapest


def cell_of(option: Option, starts: Sequence[time]) -> tuple[int, int]:
    slot = (option.day.isoweekday() - 1) * len(starts) + starts.index(option.starts)
    return slot, option.week


def _weeks_of(year: int) -> Ints:
    """Give the number of the ISO week of each day of a year; day 0 is none and alone."""
    first = date(year, 1, 1)
    mondays = [(first + timedelta(days=day - 1)).toordinal() - 1 for day in range(1, _DAYS)]
    return np.array([0, *(1 + (each // 7) - mondays[0] // 7 for each in mondays)])
