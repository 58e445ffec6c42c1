"""A plan laid out again for a problem that has changed: what must stay, what must move."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from domain.people import CommitteeCode
from domain.year_plan import Body, Cause, CauseKind, PlannedMeeting, Problem
from scheduler.yearplan.board import Board, Gap, Option, Sitting, board
from scheduler.yearplan.cost import Costs, chained, deadlines
from scheduler.yearplan.frozen import Clash, clashes, in_both
from scheduler.yearplan.newcomers import newcomers, still_to_come
from scheduler.yearplan.plain_causes import without_options
from scheduler.yearplan.windows import windows

Key = tuple[CommitteeCode, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A plan as the start of another one.

    :param board: the meetings to place; one that stays has one option.
    :param aside: those that stay, and break among themselves what binds new dates only.
    :param here: where each meeting lies, those aside too; a newcomer's lie nowhere yet.
    :param worse: by how many people each place is shorter than the meeting was, where it is.
    :param today: meetings before it are history.
    :param chain_kept: no two meetings of SG that stay lie without a meeting of CG between them.
    """

    board: Board
    aside: tuple[PlannedMeeting, ...]
    here: Mapping[Key, PlannedMeeting]
    worse: Mapping[tuple[Key, Option], int]
    today: date
    chain_kept: bool

    def moves(self, sitting: Sitting, option: Option) -> bool:
        return sitting.at(option) != self.here.get(sitting.key)

    def moved(self, places: Mapping[Key, Option]) -> frozenset[Key]:
        return frozenset(
            each.key for each in self.board.sittings if self.moves(each, places[each.key])
        )

    def least_worse(self, sitting: Sitting) -> int:
        """Give the fewest people that a meeting will lack more than it did, wherever it lies."""
        return min(self.worse.get((sitting.key, each), 0) for each in sitting.options)

    def least_worse_of_all(self) -> int:
        return sum(self.least_worse(each) for each in self.board.sittings)

    def must_move(self) -> frozenset[Key]:
        """Name the meetings with no place where they are, or which lack people only there.

        Those of which only one can stay, because they clash with each other, are not among them.
        """
        return frozenset(each.key for each in self.board.sittings if not self._can_stay(each))

    def clashes(self, moving: Collection[Key]) -> tuple[Clash, ...]:
        """Find where others clash with each other when some have moved away."""
        staying = [self.here[each.key] for each in self.board.sittings if each.key not in moving]
        return clashes(self.board.problem, staying)

    def freed(self, keys: Collection[Key]) -> Board:
        """Give the board on which only these meetings can move."""
        return replace(
            self.board,
            sittings=tuple(
                each if each.key in keys else replace(each, options=tuple(self._stays(each)))
                for each in self.board.sittings
            ),
        )

    def _can_stay(self, sitting: Sitting) -> bool:
        least = self.least_worse(sitting)
        return any(
            self.worse.get((sitting.key, each), 0) == least for each in self._stays(sitting)
        )

    def _stays(self, sitting: Sitting) -> Iterator[Option]:
        return (each for each in sitting.options if not self.moves(sitting, each))


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeDays:
    """When something can still be moved to."""

    today: date
    frozen_until: date

    def of(self, options: Sequence[Option]) -> tuple[Option, ...]:
        """Give those after the frozen days; where there are none, those between today and then."""
        late = tuple(each for each in options if each.day > self.frozen_until)
        return late or tuple(each for each in options if date.min < self.today < each.day)


def laid_again(
    problem: Problem,
    meetings: Sequence[PlannedMeeting],
    *,
    before: Problem,
    fixed: Collection[PlannedMeeting],
    frozen_until: date,
    today: date,
) -> Again | tuple[Cause, ...]:
    """Lay a plan out for what its problem has become, or say what is broken beyond repair.

    Meetings before today are history: of them alone nothing is asked.
    """
    broken = clashes(problem, sorted(fixed))
    coming = [each for each in broken if any(one.day >= today for one in each.meetings)]
    if coming:
        return tuple(each.cause for each in coming)

    here = {(each.committee, each.number): each for each in meetings}
    sittings = _sittings(
        problem,
        meetings,
        fixed=fixed,
        new=newcomers(problem, meetings, before=before),
        frozen_until=frozen_until,
    )
    whole = Board(problem=problem, sittings=tuple(sittings))
    stay = {(each.committee, each.number) for each in fixed}
    links = {body.code for pair in chained(problem) for body in pair}
    aside = set(_badly_spaced(whole, here=here, stay=stay))
    for clash in broken:
        others = [each for each in clash.meetings if each.committee not in links]
        aside.update(others if len(others) >= clash.too_many else clash.meetings)
    narrowed = _beside(
        whole, here=here, stay=stay, days=FreeDays(today=today, frozen_until=frozen_until)
    )
    stuck = tuple(without_options(whole.sittings)) or tuple(
        without_options(narrowed.sittings, kind=CauseKind.FROZEN)
    )
    if stuck:
        return stuck
    kept = tuple(each for each in narrowed.sittings if here.get(each.key) not in aside)
    free = here.keys() - stay
    return Again(
        board=replace(narrowed, sittings=kept),
        aside=tuple(sorted(aside)),
        here=here,
        worse=_worse(problem, [each for each in kept if each.key in free], before, here),
        today=today,
        chain_kept=_chain_kept(whole, stay=stay)
        and not any(each.committee in links for each in aside),
    )


def _sittings(
    problem: Problem,
    meetings: Sequence[PlannedMeeting],
    *,
    fixed: Collection[PlannedMeeting],
    new: Collection[CommitteeCode],
    frozen_until: date,
) -> Iterator[Sitting]:
    """Find each meeting's window, by its number or, where windows came or went, by its day."""
    laid = board(problem)
    for body in problem.bodies:
        theirs = sorted(each for each in meetings if each.committee == body.code)
        sittings: Sequence[Sitting] = laid.of(body)
        if body.code in new:
            yield from still_to_come(sittings, frozen_until=frozen_until)
            continue
        if len(sittings) != len(theirs):
            sittings = [_around(each.day, problem, body, sittings) for each in theirs]
        for sitting, meeting in zip(sittings, theirs, strict=True):
            options = sitting.options
            if meeting in fixed:
                week = sitting.window.week(meeting.day)
                options = (Option(day=meeting.day, starts=meeting.starts, week=week, cost=0),)
            yield replace(sitting, number=meeting.number, options=options)


def _around(day: date, problem: Problem, body: Body, sittings: Sequence[Sitting]) -> Sitting:
    """Give the sitting of the window that a day lies in; without options if it is not met in."""
    every = windows(body.cadence, problem.year)
    window = next((each for each in every if day <= each.days[-1]), every[-1])
    return next(
        (each for each in sittings if each.window == window),
        Sitting(body=body, number=window.number, window=window, options=()),
    )


def _badly_spaced(
    whole: Board, *, here: Mapping[Key, PlannedMeeting], stay: Collection[Key]
) -> Iterator[PlannedMeeting]:
    for gap in whole.gaps():
        if gap.before.key in stay and gap.after.key in stay:
            one, other = here[gap.before.key], here[gap.after.key]
            if not _right(gap, one.day, other.day):
                yield from (one, other)


def _beside(
    whole: Board,
    *,
    here: Mapping[Key, PlannedMeeting],
    stay: Collection[Key],
    days: FreeDays,
) -> Board:
    """Leave out the places that clash with a meeting which stays, and days that are too soon."""
    problem = whole.problem
    bodies = {body.code: body for body in problem.bodies}
    that_day: defaultdict[date, list[PlannedMeeting]] = defaultdict(list)
    for key in stay:
        that_day[here[key].day].append(here[key])
    after = {gap.before.key: gap for gap in whole.gaps() if gap.after.key in stay}
    before = {gap.after.key: gap for gap in whole.gaps() if gap.before.key in stay}

    def free(sitting: Sitting, option: Option) -> bool:
        key, meeting = sitting.key, sitting.at(option)
        return (
            (key not in after or _right(after[key], option.day, here[after[key].after.key].day))
            and (
                key not in before
                or _right(before[key], here[before[key].before.key].day, option.day)
            )
            and not any(
                in_both(meeting, other, bodies=bodies, travel=problem.rules.travel)
                for other in that_day[option.day]
            )
        )

    return replace(
        whole,
        sittings=tuple(
            each
            if each.key in stay
            else replace(each, options=days.of([one for one in each.options if free(each, one)]))
            for each in whole.sittings
        ),
    )


def _right(gap: Gap, one: date, other: date) -> bool:
    return gap.least <= (other - one).days <= gap.most


def _worse(
    problem: Problem,
    free: Sequence[Sitting],
    before: Problem,
    here: Mapping[Key, PlannedMeeting],
) -> dict[tuple[Key, Option], int]:
    """Count for each place how many more people a meeting lacks there than it did where it was."""
    now, then = Costs(problem), Costs(before)
    was = {body.code: body for body in before.bodies}
    worse = {}
    for sitting in free:
        at = here[sitting.key]
        body = was.get(sitting.body.code, sitting.body)
        lacked = sum(then.short(body, day=at.day, starts=at.starts).values())
        for option in sitting.options:
            lacks = sum(now.short(sitting.body, day=option.day, starts=option.starts).values())
            if lacks > lacked:
                worse[sitting.key, option] = lacks - lacked
    return worse


def _chain_kept(whole: Board, *, stay: Collection[Key]) -> bool:
    """Tell whether the chain can be asked for, or is broken between dates that stay."""
    for steering, managers in chained(whole.problem):
        days = {option.day for each in whole.of(managers) for option in each.options}
        for one, other in pairwise((None, *whole.of(steering))):
            if other is None or other.key not in stay or (one and one.key not in stay):
                continue
            after = one.options[0].day if one else date.min
            provisional, *_ = deadlines(whole.problem, other.options[0].day)
            if not any(after < day < provisional for day in days):
                return False
    return True
