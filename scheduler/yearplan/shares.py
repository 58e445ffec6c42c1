"""Committees shared out among those who lead, so that nobody's week holds more than it may."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import product

from ortools.sat.python import cp_model

from domain.people import CommitteeCode, PersonId
from scheduler.yearplan.board import Board
from scheduler.yearplan.hard_model import asker
from scheduler.yearplan.plain_causes import week_of

_EVEN_ENOUGH = 0.1
Share = Mapping[CommitteeCode, PersonId]


class NoShare(StrEnum):
    """Why the committees were not shared out."""

    IMPOSSIBLE = "impossible"
    TIME = "time"


class Shares:
    """The ways to share committees out, with the weeks looked at, and not yet the hours.

    A way that is found is a proposal: its dates must still be found. That there is none is final.
    """

    def __init__(self, board: Board, *, among: Mapping[CommitteeCode, Sequence[PersonId]]) -> None:
        """Ask who of some should lead each committee; of those not named, nobody is asked."""
        self._board = board
        self._among = among
        self._model = cp_model.CpModel()
        self._leads = {
            (code, leader): self._model.new_bool_var("")
            for code, leaders in among.items()
            for leader in leaders
        }
        for code, leaders in among.items():
            self._model.add_exactly_one(self._leads[code, leader] for leader in leaders)
        self._add_load()
        self._even_out()

    def find(self, *, effort: float) -> Share | NoShare:
        search = asker(effort=effort, seed=self._board.problem.seed)
        search.parameters.relative_gap_limit = _EVEN_ENOUGH
        status = search.solve(self._model)
        if status == cp_model.INFEASIBLE:
            return NoShare.IMPOSSIBLE
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return NoShare.TIME
        return {
            code: leader
            for (code, leader), led in self._leads.items()
            if search.boolean_value(led)
        }

    def forbid(self, share: Share) -> None:
        """Let no way be found that shares these committees out just so."""
        self._model.add_bool_or([~self._leads[code, leader] for code, leader in share.items()])

    def _add_load(self) -> None:
        loads: defaultdict[tuple[PersonId, int], list[cp_model.IntVar]] = defaultdict(list)
        for sitting in self._board.sittings:
            code = sitting.body.code
            if code not in self._among:
                continue
            weeks = sorted({week_of(option.day) for option in sitting.options})
            lies = {week: self._model.new_bool_var("") for week in weeks}
            self._model.add_exactly_one(lies.values())
            for week, leader in product(weeks, self._among[code]):
                led = self._model.new_bool_var("")
                self._model.add_bool_or([led, ~lies[week], ~self._leads[code, leader]])
                loads[leader, week].append(led)
        for led_then in loads.values():
            self._model.add(
                cp_model.LinearExpr.sum(led_then) <= self._board.problem.rules.week_load
            )

    def _even_out(self) -> None:
        """Make the fullest year as short as can be, so that there is room for dates."""
        meetings = Counter(each.body.code for each in self._board.sittings)
        led: defaultdict[PersonId, list[cp_model.LinearExpr]] = defaultdict(list)
        for code, leaders in self._among.items():
            if len(leaders) > 1:
                for leader in leaders:
                    led[leader].append(meetings[code] * self._leads[code, leader])
        chosen = sum(meetings[code] for code, some in self._among.items() if len(some) > 1)
        least = chosen // max(1, len(led))
        fullest = self._model.new_int_var(least, max(least, len(self._board.sittings)), "")
        for theirs in led.values():
            self._model.add(cp_model.LinearExpr.sum(theirs) <= fullest)
        self._model.minimize(fullest)
