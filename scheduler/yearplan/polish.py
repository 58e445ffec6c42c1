"""A plan made cheaper: now a stretch of the year chooses again, now a few committees."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from domain.people import CommitteeCode
from domain.year_plan import PlannedMeeting
from scheduler.yearplan.board import Board, Sitting
from scheduler.yearplan.cost import chained, cost, priced, rhythms
from scheduler.yearplan.dates import cheaper
from scheduler.yearplan.table import Table

_STRETCH = timedelta(weeks=6)
_STEPS = 60  # of raising the bound of what chooses again
_EACH, _EACH_GROUP = 2.0, 0.8  # what one search may take at most, of a stretch and of a group
_OF_STRETCHES = 0.15  # of the effort for all stretches one may take, where that is more
_OF_CHAINS = 0.2  # of the effort for all groups
_GROUP, _LAY_OUT = 0.03, 0.2  # what a search takes besides: of a group, of a stretch
_SMALL, _LARGE = 3, 12  # committees in a group
_PATIENCE = 30  # groups without a cheaper plan before they grow


class Polish:
    """A plan that only gets cheaper. Effort is counted in CP-SAT's deterministic seconds."""

    def __init__(self, board: Board, meetings: Sequence[PlannedMeeting]) -> None:
        self._board = board
        self._problem = board.problem
        self._table = Table(board)
        self._table.adopt(meetings)
        self._draw = np.random.default_rng(board.problem.seed)
        self._chains = [
            frozenset({steering.code, managers.code})
            for steering, managers in chained(board.problem)
        ]
        self._loose = [body.code for body in self._table.loose()]

    @property
    def meetings(self) -> tuple[PlannedMeeting, ...]:
        return self._table.meetings()

    def by_dates(self, *, effort: float, across: bool = False) -> float:
        """Go through the year: in each stretch all committees choose dates, and keep their rhythm.

        Gives the effort left.

        :param across: lay the stretches across the borders that they have otherwise.
        """
        first = date(self._problem.year, 1, 1) - (_STRETCH / 2 if across else timedelta())
        each = max(_EACH, effort * _OF_STRETCHES)
        for start, end in pairwise(first + _STRETCH * number for number in range(10)):
            if effort > 0:
                effort -= _LAY_OUT + self._stretch(start, end, effort=min(effort, each))
        return effort

    def by_committees(self, *, effort: float) -> None:
        """Let groups that share people choose rhythms and dates; larger ones when none gains.

        SG and CG are a group of their own, because they are a chain.
        """
        for chain in self._chains:
            effort -= self._group(chain, effort=effort * _OF_CHAINS / len(self._chains))
        stale, size = 0, _SMALL
        while self._loose and effort > 0 and size <= _LARGE:
            group = self._drawn(size)
            before = self._table.lines.copy()
            effort -= _GROUP * len(group) + self._group(group, effort=min(effort, _EACH_GROUP))
            stale = stale + 1 if self._table.lines == before else 0
            if stale == _PATIENCE:
                stale, size = 0, size + 2

    def _stretch(self, start: date, end: date, *, effort: float) -> float:
        meetings = self.meetings
        stretch = _Stretch(self._board, meetings, start=start, end=end)
        kept = rhythms(self._problem, meetings)
        found = cheaper(
            stretch.board,
            than=priced(self._problem, stretch.meetings, rhythms=kept),
            steps=_STEPS,
            effort=effort,
            hint=stretch.meetings,
            rhythms=kept,
        )
        chosen = {(each.committee, each.number): each for each in found.meetings or ()}
        self._table.adopt(chosen.get((each.committee, each.number), each) for each in meetings)
        return found.effort

    def _group(self, group: frozenset[CommitteeCode], *, effort: float) -> float:
        around = self._table.around(group)
        codes = {body.code for body in around.bodies}
        now = [each for each in self.meetings if each.committee in codes]
        found = cheaper(
            around,
            than=cost(self._problem, now),
            steps=_STEPS,
            effort=effort,
            hint=now,
        )
        self._table.adopt(found.meetings or ())
        return found.effort

    def _drawn(self, size: int) -> frozenset[CommitteeCode]:
        """Draw a group at random from the seed; none from the chain."""
        first = self._loose[int(self._draw.integers(len(self._loose)))]
        near = [each for each in self._table.neighbours(first) if each in self._loose]
        others = self._draw.permutation(len(near))[: size - 1]
        return frozenset({first, *(near[int(each)] for each in others)})


class _Stretch:
    """Part of a board: what meets between two days chooses, what touches it stands still.

    That is the meetings before and after, and whatever lies in the weeks that may be chosen: a
    window reaches beyond the stretch. SG and CG are there as a whole, because they are a chain.
    """

    def __init__(
        self, board: Board, meetings: Sequence[PlannedMeeting], *, start: date, end: date
    ) -> None:
        at = {(each.committee, each.number): each for each in meetings}
        within = {
            sitting.key
            for sitting in board.sittings
            if any(start <= day < end for day in sitting.window.days)
        }
        weeks = {
            _week(option.day)
            for sitting in board.sittings
            if sitting.key in within
            for option in sitting.options
        }
        beside = {(code, number + step) for code, number in within for step in (-1, 1)}
        beside |= {key for key, meeting in at.items() if _week(meeting.day) in weeks}
        chain = {body.code for pair in chained(board.problem) for body in pair}
        sittings = []
        for sitting in board.sittings:
            if sitting.key in within:
                sittings.append(sitting)
            elif sitting.key in beside or sitting.body.code in chain:
                sittings.append(_settled(sitting, at[sitting.key]))
        self.board = replace(board, sittings=tuple(sittings))
        self.meetings = tuple(at[each.key] for each in sittings)


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7


def _settled(sitting: Sitting, meeting: PlannedMeeting) -> Sitting:
    return replace(
        sitting,
        options=tuple(each for each in sitting.options if sitting.at(each) == meeting),
    )
