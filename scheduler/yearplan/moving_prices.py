"""What it costs that a meeting moves to a place, the others standing still."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from domain.people import CommitteeCode
from domain.year_plan import PlannedMeeting, Rhythm
from scheduler.yearplan.again import Again
from scheduler.yearplan.board import Option, Sitting
from scheduler.yearplan.cost import Costs, chained

Price = Callable[[Sitting, Option], int]


def moving_prices(again: Again, rhythms: Mapping[CommitteeCode, Rhythm]) -> Price:
    """Price a place by itself, by the committee's rhythm, and by how far CG lies from SG."""
    problem = again.board.problem
    costs = Costs(problem)
    distances = _Distances(again)

    def price(sitting: Sitting, option: Option) -> int:
        kept = rhythms.get(sitting.body.code)
        if kept is None:
            return option.cost
        slot = (option.day.isoweekday(), option.starts)
        rhythm = costs.rhythm(
            off=slot != (kept.weekday, kept.starts), wrong=option.week != kept.week
        )
        off = distances.of(sitting, option.day)
        return option.cost + rhythm + off * problem.rules.weights.managers_day_off

    return price


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
