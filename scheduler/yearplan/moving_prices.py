"""What it costs that a meeting moves to a place, the others standing still."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from domain.people import CommitteeCode, CommitteeType
from domain.year_plan import PlannedMeeting, Rhythm
from scheduler.yearplan.again import Again
from scheduler.yearplan.board import Option, Sitting
from scheduler.yearplan.cost import Costs, chained, deadlines
from scheduler.yearplan.newcomers import first_rhythm

Price = Callable[[Sitting, Option], int]


def rhythms_left(
    again: Again, rhythms: Mapping[CommitteeCode, Rhythm]
) -> dict[CommitteeCode, Rhythm]:
    """Give a committee that has lost its weekday or hour another one, the cheapest for its moves.

    Otherwise each of its meetings would move by itself, to as many weekdays. One that has come
    since gets its first.
    """
    moving: defaultdict[CommitteeCode, list[Sitting]] = defaultdict(list)
    new: defaultdict[CommitteeCode, list[Sitting]] = defaultdict(list)
    must = again.must_move()
    for each in again.board.sittings:
        if each.key in must:
            (moving if each.body.code in rhythms else new)[each.body.code].append(each)
    off = again.board.problem.rules.weights.off_rhythm
    left = dict(rhythms)
    for code, theirs in moving.items():
        slots = {_slot(option) for each in theirs for option in each.options}
        if (rhythms[code].weekday, rhythms[code].starts) in slots:
            continue
        prices = {
            slot: sum(
                min(option.cost + off * (_slot(option) != slot) for option in each.options)
                for each in theirs
            )
            for slot in slots
        }
        weekday, starts = min(slots, key=lambda slot: (prices[slot], slot))
        left[code] = replace(rhythms[code], weekday=weekday, starts=starts)
    for code, theirs in new.items():
        left[code] = first_rhythm(again.board.problem, theirs, again.here.values())
    return left


def moving_prices(again: Again, rhythms: Mapping[CommitteeCode, Rhythm]) -> Price:
    """Price a place by itself, by the committee's rhythm, and by how far CG lies from SG.

    A place of SG for which the agenda should have been sent already costs as if a seat were empty.
    """
    problem = again.board.problem
    weights = problem.rules.weights
    costs = Costs(problem)
    distances = _Distances(again)

    def price(sitting: Sitting, option: Option) -> int:
        kept = rhythms.get(sitting.body.code)
        if kept is None:
            return option.cost
        rhythm = costs.rhythm(
            off=_slot(option) != (kept.weekday, kept.starts), wrong=option.week != kept.week
        )
        off = weights.managers_day_off * distances.of(sitting, option.day)
        late = weights.below_minimum * _is_late(sitting, option.day, again)
        return option.cost + rhythm + off + late

    return price


def _slot(option: Option) -> tuple[int, time]:
    return option.day.isoweekday(), option.starts


def _is_late(sitting: Sitting, day: date, again: Again) -> bool:
    if sitting.body.type is not CommitteeType.STEERING:
        return False
    provisional, *_ = deadlines(again.board.problem, day)
    return provisional < again.today


class _Distances:
    """How many days the meetings of CG are off six weeks after those of SG (CAL-2)."""

    def __init__(self, again: Again) -> None:
        self._wanted = timedelta(days=again.board.problem.rules.managers_after)
        self._theirs: defaultdict[CommitteeCode, list[PlannedMeeting]] = defaultdict(list)
        for each in again.here.values():
            self._theirs[each.committee].append(each)
        pairs = chained(again.board.problem)
        self._managers = {steering.code: managers.code for steering, managers in pairs}
        self._steering = {managers.code: steering.code for steering, managers in pairs}

    def of(self, sitting: Sitting, day: date) -> int:
        """Add up the days off if a meeting lay on another day."""
        code = sitting.body.code
        if code in self._managers:
            return self._off(day, self._days(self._managers[code]))
        if code in self._steering:
            days = [*self._days(code, but=sitting.number), day]
            return sum(self._off(each, days) for each in self._days(self._steering[code]))
        return 0

    def _off(self, steering: date, managers: Iterable[date]) -> int:
        wanted = steering + self._wanted
        return min((abs((each - wanted).days) for each in managers), default=0)

    def _days(self, code: CommitteeCode, *, but: int | None = None) -> list[date]:
        return [each.day for each in self._theirs[code] if each.number != but]
