"""The best year of one committee, its rhythm and its dates, while the others stand still."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from domain.year_plan import Rhythm, Weights
from scheduler.yearplan.board import Gap, Option

_TRIES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One option for each sitting of a committee, and what they cost with their best rhythm."""

    options: tuple[Option, ...]
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stretch of the year in which a meeting must lie, both ends left out.

    :param best: the day it had best lie on.
    """

    after: date
    before: date
    best: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a committee may choose from.

    :param choices: for each of its sittings.
    :param gaps: from each sitting to the next, so there is one fewer.
    :param stages: of the chain, in order; none for most committees.
    :param last_best: the day that its last meeting had best lie on.
    :param rhythm: the one to keep to; None where any will do.
    """

    choices: Sequence[Sequence[Option]]
    gaps: Sequence[Gap]
    weights: Weights
    stages: Sequence[Stage] = ()
    last_best: date | None = None
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Beat:
    """A rhythm, and less than which no line costs that keeps to it."""

    bound: int
    slot: tuple[int, time]
    week: int


class _Step:
    """The cheapest way to have met on a day with so many stages behind."""

    __slots__ = ("before", "cost", "day", "option", "stages")

    def __init__(self, *, cost: int, option: Option, stages: int, before: "_Step | None") -> None:
        self.cost = cost
        self.option = option
        self.stages = stages
        self.before = before
        self.day = option.day.toordinal()

    def way(self) -> tuple[Option, ...]:
        return (*(self.before.way() if self.before else ()), self.option)


def best_line(task: Task) -> Line | None:
    """Find the cheapest year, or None where the gaps and stages leave none.

    Only the most promising rhythms are walked along.
    """
    best: Line | None = None
    for beat in sorted(_beats(task))[:_TRIES]:
        if best is not None and beat.bound >= best.cost:
            break
        line = _along(task, beat)
        if line is None:  # a rhythm only changes what a day costs
            return None
        if best is None or line.cost < best.cost:
            best = line
    return best


def lines_by_week(task: Task) -> Iterator[Line]:
    """Give the best line for each week of the window, without the stages."""
    best_of_week = {beat.week: beat for beat in sorted(_beats(task), reverse=True)}
    for beat in best_of_week.values():
        if line := _along(task, beat):
            yield line


def _beats(task: Task) -> Iterator[_Beat]:
    """Price every rhythm by its real dates, window by window (meetings.md §3)."""
    off, wrong = task.weights.off_rhythm, task.weights.wrong_week
    if not all(task.choices):
        return
    tables = [_Cheapest(options) for options in task.choices]
    if task.rhythm:
        slots, weeks = {(task.rhythm.weekday, task.rhythm.starts)}, {task.rhythm.week}
    else:
        slots = {slot for table in tables for slot in table.of_slot}
        weeks = {week for table in tables for week in table.of_week}
    for slot in slots:
        for week in weeks:
            bound = sum(
                min(
                    table.exact.get((slot, week), off + wrong + table.least),
                    table.of_slot.get(slot, off + table.least) + wrong,
                    table.of_week.get(week, wrong + table.least) + off,
                    table.least + off + wrong,
                )
                for table in tables
            )
            yield _Beat(bound=bound, slot=slot, week=week)


class _Cheapest:
    """The least that a sitting's options cost: all of them, by slot, by week, by both."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.of_slot: dict[tuple[int, time], int] = {}
        self.of_week: dict[int, int] = {}
        self.exact: dict[tuple[tuple[int, time], int], int] = {}
        self.least = min(each.cost for each in options)
        for each in options:
            slot = (each.day.isoweekday(), each.starts)
            self.of_slot[slot] = min(each.cost, self.of_slot.get(slot, each.cost))
            self.of_week[each.week] = min(each.cost, self.of_week.get(each.week, each.cost))
            both = (slot, each.week)
            self.exact[both] = min(each.cost, self.exact.get(both, each.cost))


def _along(task: Task, beat: _Beat) -> Line | None:
    """Walk the year along a rhythm, always by the cheapest way to a day."""
    steps: list[_Step] = []
    for number, options in enumerate(task.choices):
        gap = task.gaps[number - 1] if number else None
        onward: dict[tuple[date, int], _Step] = {}
        for day, (price, option) in _by_day(options, beat=beat, weights=task.weights).items():
            for behind, before in _ways_to(steps, day=day, gap=gap):
                for stages, extra in _stages(task, day=day, behind=behind):
                    cost = price + extra + (before.cost if before else 0)
                    known = onward.get((day, stages))
                    if known is None or cost < known.cost:
                        onward[day, stages] = _Step(
                            cost=cost, option=option, stages=stages, before=before
                        )
        steps = list(onward.values())
    ends = [
        (step.cost + _off(task, step.option.day, task.last_best), index)
        for index, step in enumerate(steps)
        if step.stages == len(task.stages)
    ]
    if not ends:
        return None
    cost, index = min(ends)
    return Line(options=steps[index].way(), cost=cost)


def _ways_to(
    steps: Sequence[_Step], *, day: date, gap: Gap | None
) -> Iterator[tuple[int, _Step | None]]:
    """Give the cheapest step before a day for each number of stages behind it."""
    if gap is None:
        yield 0, None
        return
    cheapest: dict[int, _Step] = {}
    latest, earliest = day.toordinal() - gap.least, day.toordinal() - gap.most
    for step in steps:
        if earliest <= step.day <= latest:
            known = cheapest.get(step.stages)
            if known is None or step.cost < known.cost:
                cheapest[step.stages] = step
    yield from cheapest.items()


def _by_day(
    options: Sequence[Option], *, beat: _Beat, weights: Weights
) -> dict[date, tuple[int, Option]]:
    cheapest: dict[date, tuple[int, Option]] = {}
    for each in options:
        price = each.cost
        if (each.day.isoweekday(), each.starts) != beat.slot:
            price += weights.off_rhythm
        if each.week != beat.week:
            price += weights.wrong_week
        if each.day not in cheapest or price < cheapest[each.day][0]:
            cheapest[each.day] = (price, each)
    return cheapest


def _stages(task: Task, *, day: date, behind: int) -> Iterator[tuple[int, int]]:
    """Say how many stages may lie behind after a meeting on a day, and what that costs."""
    if behind == len(task.stages):
        yield behind, 0
        return
    stage = task.stages[behind]
    if day >= stage.before:
        return
    yield behind, 0
    if day > stage.after:
        yield behind + 1, _off(task, day, stage.best)


def _off(task: Task, day: date | None, best: date | None) -> int:
    if day is None or best is None:
        return 0
    return task.weights.managers_day_off * abs((day - best).days)
