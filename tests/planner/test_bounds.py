"""What a plan is said to cost at least is true, and exact where committees do not collide."""

from dataclasses import replace

from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.year_plan import (
    Attendee,
    Body,
    Cadence,
    HalfDay,
    Policy,
    Problem,
    Rhythm,
    SeatNeed,
    YearPlan,
)
from scheduler.yearplan.board import board
from scheduler.yearplan.cost import cost, priced
from scheduler.yearplan.days import closed_days
from scheduler.yearplan.greedy import greedy_meetings
from scheduler.yearplan.prices import Prices
from scheduler.yearplan.solve import solve

ANNA = PersonId("anna")
MORNINGS = frozenset(HalfDay(weekday=weekday) for weekday in range(1, 6))
AFTERNOONS = frozenset(replace(each, afternoon=True) for each in MORNINGS)


def _problem(*, busy: frozenset[HalfDay], barred: frozenset[HalfDay] = frozenset()) -> Problem:
    """Let Anna sit in two committees, once a month each."""
    body = Body(
        code=CommitteeCode("LU-1"),
        type=CommitteeType.LOCAL,
        cadence=Cadence.MONTH,
        policy=Policy.HOLD,
        minutes=90,
        seats=(SeatNeed(slot="LU.1", least=0, members=(ANNA,)),),
        barred=barred,
    )
    return Problem(
        year=2027,
        bodies=(body, replace(body, code=CommitteeCode("LU-2"))),
        attendees=(Attendee(id=ANNA, busy=busy),),
        closed=closed_days(2027),
        school_holidays=(),
    )


def test_a_plan_that_cannot_be_cheaper_is_known_to_be_so() -> None:
    """MTG-4: Anna is never free in the mornings, and in the afternoons nobody may meet."""
    problem = _problem(busy=MORNINGS, barred=AFTERNOONS)

    plan = solve(problem, seconds=1)

    assert isinstance(plan, YearPlan)
    assert plan.figures.cost == 24 * problem.rules.weights.member_missing
    assert plan.figures.bound == plan.figures.cost
    assert plan.figures.dates_proven


def test_no_bound_is_above_the_cost_of_a_plan_however_long_it_is_raised() -> None:
    problem = _problem(busy=frozenset({HalfDay(weekday=1), HalfDay(weekday=2)}))
    laid = board(problem)
    meetings = greedy_meetings(laid)
    assert isinstance(meetings, tuple)
    paid = cost(problem, meetings)

    bounds = [
        Prices(laid, rhythms={}).bound(target=paid, steps=steps).lowest for steps in (1, 20, 200)
    ]

    assert bounds == sorted(bounds)
    assert bounds[-1] <= paid


def test_a_rhythm_in_the_fifth_week_can_be_settled_where_a_month_has_four() -> None:
    problem = _problem(busy=frozenset())
    laid = board(problem)
    short = replace(laid, sittings=tuple(each for each in laid.sittings if each.number == 2))
    fifth = Rhythm(weekday=1, starts=problem.rules.starts[0], week=4)
    kept = {body.code: fifth for body in problem.bodies}
    meetings = [each.at(each.options[0]) for each in short.sittings]

    bound = Prices(short, rhythms=kept).bound(target=100, steps=1)

    assert bound.least == 2 * problem.rules.weights.wrong_week
    assert bound.least <= priced(problem, meetings, rhythms=kept)
