"""Committees placed one after the other: who is in whose way, and what is still free."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from domain.people import CommitteeCode
from domain.year_plan import Body, PlannedMeeting, Rhythm
from scheduler.yearplan.attendance import overlap
from scheduler.yearplan.board import Board, Gap, Option, Sitting
from scheduler.yearplan.cost import chained, deadlines
from scheduler.yearplan.lines import Line, Stage, Task, best_line, lines_by_week

_IN_THE_WAY = 10_000  # each committee in the way counts more than any wish


class Table:
    """The lines of the committees placed so far.

    :param rhythms: those that committees are to keep to.
    """

    def __init__(
        self, board: Board, *, rhythms: Mapping[CommitteeCode, Rhythm] | None = None
    ) -> None:
        self._rhythms = rhythms or {}
        self._problem = board.problem
        self._bodies = {body.code: body for body in board.problem.bodies}
        self._sittings: defaultdict[CommitteeCode, list[Sitting]] = defaultdict(list)
        for each in board.sittings:
            self._sittings[each.body.code].append(each)
        self._gaps: defaultdict[CommitteeCode, list[Gap]] = defaultdict(list)
        for gap in board.gaps():
            self._gaps[gap.after.body.code].append(gap)
        self._near = _neighbours(board.problem.bodies)
        self._chain = {body.code for pair in chained(board.problem) for body in pair}
        self.lines: dict[CommitteeCode, Line] = {}

    def loose(self) -> list[Body]:
        """Give the committees outside the chain, those that share most people first."""
        outside = [each for each in self._problem.bodies if each.code not in self._chain]
        return sorted(outside, key=lambda each: (-len(self._near[each.code]), each.code))

    def unplaced(self) -> frozenset[CommitteeCode]:
        return frozenset(self._sittings.keys() - self.lines.keys())

    def meetings(self) -> tuple[PlannedMeeting, ...]:
        return tuple(
            sitting.at(option)
            for code, theirs in self._sittings.items()
            for sitting, option in zip(theirs, self.lines[code].options, strict=True)
        )

    def adopt(self, meetings: Iterable[PlannedMeeting]) -> None:
        """Lay down the meetings of committees, all those of each."""
        places: defaultdict[CommitteeCode, dict[int, PlannedMeeting]] = defaultdict(dict)
        for each in meetings:
            places[each.committee][each.number] = each
        for code, theirs in places.items():
            options = tuple(
                option
                for sitting in self._sittings[code]
                for option in sitting.options
                if sitting.at(option) == theirs[sitting.number]
            )
            self.lines[code] = Line(options=options, cost=sum(each.cost for each in options))

    def place_chains(self) -> None:
        """Place each SG with its CG, so that the two cost least together."""
        for steering, managers in chained(self._problem):
            pairs = []
            for first in lines_by_week(self._task(steering)):
                self.lines[steering.code] = first
                if second := best_line(self._after(managers, first)):
                    pairs.append((first, second))
            self.lines.pop(steering.code, None)
            if pairs:
                best = min(pairs, key=lambda pair: pair[0].cost + pair[1].cost)
                self.lines[steering.code], self.lines[managers.code] = best

    def place(self, body: Body) -> None:
        """Give a committee its best year around the others, where there is one.

        What it has already is among what it may choose.
        """
        if line := best_line(self._task(body)):
            self.lines[body.code] = line

    def make_room(self, body: Body) -> None:
        """Place a committee where fewest are in its way, and then those again."""
        way = _Way(self, body)
        line = best_line(self._task(body, priced=True))
        if line is None:
            return
        moving = {code for option in line.options for code in way.blocked_by(option)}
        for code in moving:
            del self.lines[code]
        self.lines[body.code] = line
        for other in self.loose():
            if other.code in moving:
                self.place(other)

    def around(self, codes: frozenset[CommitteeCode]) -> Board:
        """Lay out what some committees could choose if all others stood still.

        Who is tied to them otherwise lies on the board as well, with no choice.
        """
        standing = {code: self.lines.pop(code) for code in sorted(codes) if code in self.lines}
        sittings = []
        for code, theirs in self._sittings.items():
            if code in codes:
                choices = self._task(self._bodies[code]).choices
            elif self._tied(code, codes):
                choices = [(option,) for option in self.lines[code].options]
            else:
                continue
            sittings += [
                replace(sitting, options=tuple(options))
                for sitting, options in zip(theirs, choices, strict=True)
            ]
        self.lines |= standing
        return Board(problem=self._problem, sittings=tuple(sittings))

    def _tied(self, code: CommitteeCode, codes: frozenset[CommitteeCode]) -> bool:
        leader = self._bodies[code].leader
        led = leader is not None and any(leader == self._bodies[each].leader for each in codes)
        return led or (code in self._chain and bool(codes & self._chain))

    def neighbours(self, code: CommitteeCode) -> tuple[CommitteeCode, ...]:
        """Name the committees that share people with one."""
        return tuple(self._near[code])

    def near(self, body: Body) -> list[tuple[Body, Line]]:
        """Give the placed committees that share people with one."""
        return [
            (self._bodies[code], self.lines[code])
            for code in self._near[body.code]
            if code in self.lines
        ]

    def led_by_the_same(self, body: Body) -> list[tuple[Body, Line]]:
        return [each for each in self.near(body) if each[0].leader == body.leader is not None]

    def overlap(self, body: Body, option: Option, other: Body, taken: Option) -> bool:
        return overlap(
            option.starts,
            body.minutes,
            taken.starts,
            other.minutes,
            travel=self._problem.rules.travel,
        )

    @property
    def week_load(self) -> int:
        return self._problem.rules.week_load

    def _task(self, body: Body, *, priced: bool = False) -> Task:
        way = _Way(self, body)
        choices = []
        for sitting in self._sittings[body.code]:
            options = []
            for option in sitting.options:
                blockers = way.blocked_by(option)
                if not blockers:
                    options.append(option)
                elif priced and not blockers & self._chain:
                    cost = option.cost + _IN_THE_WAY * len(blockers)
                    options.append(replace(option, cost=cost))
            choices.append(options)
        return Task(
            choices=choices,
            gaps=self._gaps[body.code],
            weights=self._problem.rules.weights,
            rhythm=self._rhythms.get(body.code),
        )

    def _after(self, managers: Body, steering: Line) -> Task:
        """Ask that CG meets before each of SG's agendas, six weeks after SG at best."""
        days = [each.day for each in steering.options]
        six_weeks = timedelta(days=self._problem.rules.managers_after)
        agendas = [deadlines(self._problem, day)[0] for day in days]
        return replace(
            self._task(managers),
            stages=[
                Stage(after=date.min, before=agendas[0]),
                *(
                    Stage(after=day, before=agenda, best=day + six_weeks)
                    for day, agenda in zip(days, agendas[1:], strict=False)
                ),
            ],
            last_best=days[-1] + six_weeks,
        )


class _Way:
    """What is in the way of one committee while the others stand still."""

    def __init__(self, table: Table, body: Body) -> None:
        self._table = table
        self._body = body
        self._taken: defaultdict[date, list[tuple[Body, Option]]] = defaultdict(list)
        for other, line in table.near(body):
            for option in line.options:
                self._taken[option.day].append((other, option))
        self._led: defaultdict[tuple[int, int], list[CommitteeCode]] = defaultdict(list)
        for other, line in table.led_by_the_same(body):
            for option in line.options:
                self._led[_week(option.day)].append(other.code)

    def blocked_by(self, option: Option) -> set[CommitteeCode]:
        """Name who meets then with the same people, and one whose leader's week is full."""
        blockers = {
            other.code
            for other, taken in self._taken[option.day]
            if other.code != self._body.code
            and self._table.overlap(self._body, option, other, taken)
        }
        led = self._led[_week(option.day)]
        if len(led) >= self._table.week_load:
            blockers.add(min(led))
        return blockers


def _neighbours(bodies: tuple[Body, ...]) -> dict[CommitteeCode, list[CommitteeCode]]:
    members = {body.code: set(body.members) for body in bodies}
    return {
        code: [other for other, those in members.items() if other != code and theirs & those]
        for code, theirs in members.items()
    }


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week
