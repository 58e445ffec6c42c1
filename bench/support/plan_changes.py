"""Eight things that happen to a plan in the course of a year (meetings.md §3, MTG-10)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.year_plan import Body, HalfDay, PlannedMeeting, Problem, SeatNeed, YearPlan

DAY = timedelta(days=1)
TODAY = date(2027, 3, 1)
FROZEN_FOR = timedelta(weeks=3)
FROZEN_UNTIL = TODAY + FROZEN_FOR
BEFORE_THE_YEAR = date(2026, 12, 1)
_POLICE_LEADERS = frozenset({"LG.6", "LG.7"})
_POLICE_OFFICERS = frozenset({"LU.6", "LU.7", "KG.5", "KG.6"})


@dataclass(frozen=True, kw_only=True)
class Change:
    """What happens, and when it becomes known."""

    name: str
    happens: Callable[[Problem, YearPlan], Problem]
    today: date = TODAY
    may_be_impossible: bool = False

    @property
    def frozen_until(self) -> date:
        return self.today + FROZEN_FOR


def _away(slots: frozenset[str], committees: int) -> Callable[[Problem, YearPlan], Problem]:
    """Let somebody of the police be away for two weeks, and those who stand in for them, too."""

    def happens(problem: Problem, plan: YearPlan) -> Problem:
        who = _sitting_in(problem, slots=slots, committees=committees)
        theirs = [body for body in problem.bodies if who in _seated(body)]
        codes = {body.code for body in theirs}
        days = [each.day for each in plan.meetings if each.committee in codes]
        weeks = Counter(
            {
                monday: sum(monday <= day < monday + 14 * DAY for day in days)
                for monday in _mondays(after=FROZEN_UNTIL, until=date(problem.year, 12, 1))
            }
        )
        [(first, _)] = weeks.most_common(1)
        gone = {who} | {
            deputy
            for body in theirs
            for seat in body.seats
            if who in seat.members
            for deputy in seat.substitutes
        }
        away = frozenset(first + number * DAY for number in range(14))
        return replace(
            problem,
            attendees=tuple(
                replace(each, away=each.away | away) if each.id in gone else each
                for each in problem.attendees
            ),
        )

    return happens


def _closed_for_all(problem: Problem, plan: YearPlan) -> Problem:
    """Close two days after each other on which four meetings lie, or nearly so."""
    per_day = Counter(each.day for each in plan.meetings if each.day > FROZEN_UNTIL)
    pairs = [
        (abs(per_day[one] + per_day[other] - 4), one, other)
        for one, other in pairwise(sorted(per_day))
        if other - one == DAY
    ]
    _, one, other = min(pairs)
    return replace(problem, closed=problem.closed | {one, other})


def _leads_more(problem: Problem, _plan: YearPlan) -> Problem:
    """Let whoever leads least lead the meetings of whoever leads least after them, too."""
    led: Counter[PersonId] = Counter(
        body.leader
        for body in problem.bodies
        if body.leader is not None and body.leader not in _seated(body)
    )
    (one, _), (other, _) = sorted(led.items(), key=lambda each: (each[1], each[0]))[:2]
    return _bodies(
        problem,
        {
            body.code: replace(body, facilitators=(one,))
            for body in problem.bodies
            if body.leader == other
        },
    )


def _takes_over(problem: Problem, _plan: YearPlan) -> Problem:
    """Let one officer have all seats of another who shares no committee with them."""
    seats: defaultdict[PersonId, set[CommitteeCode]] = defaultdict(set)
    for body in problem.bodies:
        for who in _seated(body, slots=_POLICE_OFFICERS):
            seats[who].add(body.code)
    one, other = next(
        (one, other)
        for one in sorted(seats, key=lambda who: (len(seats[who]), who))
        for other in sorted(seats)
        if one != other and not seats[one] & seats[other]
    )
    return _bodies(
        problem, {code: _seated_anew(_body(problem, code), other, one) for code in seats[other]}
    )


def _loses_its_weekday(problem: Problem, plan: YearPlan) -> Problem:
    body = next(each for each in problem.bodies if each.type is CommitteeType.LOCAL)
    weekday = plan.rhythms[body.code].weekday
    lost = {HalfDay(weekday=weekday, afternoon=afternoon) for afternoon in (False, True)}
    return _bodies(problem, {body.code: replace(body, barred=body.barred | lost)})


def _leaves_its_week(problem: Problem, plan: YearPlan) -> Problem:
    body = next(each for each in problem.bodies if each.type is CommitteeType.STEERING)
    meeting = next(
        each
        for each in plan.meetings
        if each.committee == body.code and each.day > FROZEN_UNTIL + 56 * DAY
    )
    monday = meeting.day - meeting.day.weekday() * DAY
    week = {monday + number * DAY for number in range(7)}
    return _bodies(problem, {body.code: replace(body, not_on=body.not_on | week)})


CHANGES = (
    Change(name="leader-of-3-away", happens=_away(_POLICE_LEADERS, 3)),
    Change(name="leader-of-4-away", happens=_away(_POLICE_LEADERS, 4)),
    Change(name="officer-of-6-away", happens=_away(_POLICE_OFFICERS, 6)),
    Change(name="two-days-closed", happens=_closed_for_all),
    Change(name="leads-anothers", happens=_leads_more, may_be_impossible=True),
    Change(name="leads-anothers-from-new-year", happens=_leads_more, today=BEFORE_THE_YEAR),
    Change(name="officer-takes-over", happens=_takes_over, may_be_impossible=True),
    Change(name="local-loses-weekday", happens=_loses_its_weekday),
    Change(name="steering-leaves-week", happens=_leaves_its_week),
)


def moved(before: Iterable[PlannedMeeting], after: Iterable[PlannedMeeting]) -> int:
    """Count the meetings that lie elsewhere."""
    new = {(each.committee, each.number): each for each in after}
    return sum(new.get((each.committee, each.number)) != each for each in before)


def _sitting_in(problem: Problem, *, slots: frozenset[str], committees: int) -> PersonId:
    """Find who sits in so many committees in such slots, or in nearly so many."""
    seats = Counter(who for body in problem.bodies for who in _seated(body, slots=slots))
    return min(seats, key=lambda who: (abs(seats[who] - committees), who))


def _seated(body: Body, *, slots: frozenset[str] | None = None) -> frozenset[PersonId]:
    return frozenset(
        who for seat in body.seats if slots is None or seat.slot in slots for who in seat.members
    )


def _seated_anew(body: Body, old: PersonId, new: PersonId) -> Body:
    def instead(seat: SeatNeed) -> SeatNeed:
        return replace(
            seat,
            members=tuple(new if who == old else who for who in seat.members),
            substitutes=tuple(who for who in seat.substitutes if who != new),
        )

    return replace(body, seats=tuple(map(instead, body.seats)))


def _body(problem: Problem, code: CommitteeCode) -> Body:
    return next(body for body in problem.bodies if body.code == code)


def _bodies(problem: Problem, changed: Mapping[CommitteeCode, Body]) -> Problem:
    return replace(problem, bodies=tuple(changed.get(body.code, body) for body in problem.bodies))


def _mondays(*, after: date, until: date) -> Iterator[date]:
    day = after + (7 - after.weekday()) * DAY
    while day < until:
        yield day
        day += 7 * DAY
