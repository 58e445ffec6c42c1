"""Years of two or three committees, made by hand and planned in a moment."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from domain.cadences import CADENCES
from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.year_plan import (
    Attendee,
    Body,
    Engine,
    HalfDay,
    PlannedMeeting,
    PlanRules,
    Policy,
    Problem,
    Replanned,
    SeatNeed,
    YearPlan,
)
from scheduler.yearplan.days import closed_days
from scheduler.yearplan.replan import moved_between, replan
from scheduler.yearplan.solve import greedy

YEAR = 2027
FAR = CommitteeCode("LU-far")
NEAR = CommitteeCode("LU-near")
THIRD = CommitteeCode("LU-third")
STEERING = CommitteeCode("SG-1")
MANAGERS = CommitteeCode("CG-1")
ANNA, BO, CARL, DORTE, EVA = (PersonId(name) for name in ("anna", "bo", "carl", "dorte", "eva"))
NEW_YEAR = date(YEAR, 1, 1)


def committee(
    code: CommitteeCode,
    *members: PersonId,
    type: CommitteeType = CommitteeType.LOCAL,
    led_by: PersonId | None = None,
    instead: Collection[PersonId] = (),
    minutes: int = 90,
) -> Body:
    """Make a committee in which each member has a slot of their own, and none may be empty.

    :param instead: who can stand in for the first of them.
    """
    return Body(
        code=code,
        type=type,
        cadence=CADENCES[type],
        policy=Policy.PAUSE,
        minutes=minutes,
        seats=tuple(
            SeatNeed(
                slot=f"slot-{number}",
                least=1,
                members=(member,),
                substitutes=tuple(instead) if number == 0 else (),
            )
            for number, member in enumerate(members)
        ),
        facilitators=() if led_by is None else (led_by,),
    )


def small_year(*bodies: Body, week_load: int = 4) -> Problem:
    people = {person for body in bodies for person in body.members}
    deputies = {each for body in bodies for seat in body.seats for each in seat.substitutes}
    return Problem(
        year=YEAR,
        bodies=bodies,
        attendees=tuple(Attendee(id=each) for each in sorted(people | deputies)),
        closed=closed_days(YEAR),
        school_holidays=(),
        rules=PlanRules(week_load=week_load),
    )


def planned(problem: Problem) -> YearPlan:
    plan = greedy(problem)
    assert isinstance(plan, YearPlan), plan
    return plan


def meeting(plan: YearPlan, code: CommitteeCode, number: int) -> PlannedMeeting:
    [found] = [each for each in plan.meetings if (each.committee, each.number) == (code, number)]
    return found


def changed(problem: Problem, code: CommitteeCode, change: Callable[[Body], Body]) -> Problem:
    return replace(
        problem,
        bodies=tuple(change(body) if body.code == code else body for body in problem.bodies),
    )


def away(problem: Problem, who: PersonId, days: Collection[date]) -> Problem:
    return replace(
        problem,
        attendees=tuple(
            replace(each, away=each.away | frozenset(days)) if each.id == who else each
            for each in problem.attendees
        ),
    )


def days(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(days=each) for each in range((last - first).days + 1))


def all_but(*kept: HalfDay) -> frozenset[HalfDay]:
    """Give every half-day of a week but some."""
    every = product(range(1, 6), (False, True))
    return frozenset(
        HalfDay(weekday=weekday, afternoon=afternoon) for weekday, afternoon in every
    ) - set(kept)


def weekday(number: int) -> frozenset[HalfDay]:
    return frozenset(HalfDay(weekday=number, afternoon=each) for each in (False, True))


def replanned(
    problem: Problem,
    plan: YearPlan,
    *,
    before: Problem,
    frozen_until: date = NEW_YEAR,
    held: Collection[tuple[CommitteeCode, int]] = (),
    today: date = NEW_YEAR,
    engine: Engine = Engine.CP_SAT,
) -> Replanned:
    answer = replan(
        problem=problem,
        plan=plan,
        before=before,
        frozen_until=frozen_until,
        held=held,
        today=today,
        engine=engine,
    )
    assert isinstance(answer, Replanned), answer
    assert moved_between(plan.meetings, answer.plan.meetings) == answer.moved
    return answer


def at_the_same_hour(plan: YearPlan) -> YearPlan:
    """Let the second committee meet whenever the first one does."""
    theirs = tuple(
        replace(each, committee=code)
        for code in (FAR, NEAR)
        for each in plan.meetings
        if each.committee == NEAR
    )
    return replace(plan, meetings=tuple(sorted(theirs)))
