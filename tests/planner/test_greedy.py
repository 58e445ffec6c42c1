"""The greedy plans alone where OR-tools is not installed, and says so."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from dataclasses import replace
from datetime import date

from bench.support.organisation_kinds import KINDS, TOWN
from bench.support.organisations import organisation
from bench.support.plan_checker import Checker
from domain.people import CommitteeCode, CommitteeType, PersonId
from domain.year_plan import (
    Body,
    Cadence,
    CauseKind,
    Engine,
    NoPlan,
    Policy,
    Problem,
    SeatNeed,
    YearPlan,
)
from domain.year_plan_json import as_json, of_json
from scheduler.yearplan.cost import cost
from scheduler.yearplan.days import closed_days
from scheduler.yearplan.solve import greedy, solve

WITHOUT_ORTOOLS = """
import sys

sys.modules["ortools"] = sys.modules["numpy"] = None  # as if they were not there

from domain.year_plan import Problem
from domain.year_plan_json import as_json, of_json
from scheduler.yearplan.solve import solve

print(as_json(solve(of_json(sys.stdin.read(), Problem))))
"""


def _committee(code: str, *members: str, leader: str = "") -> Body:
    return Body(
        code=CommitteeCode(code),
        type=CommitteeType.LOCAL,
        cadence=Cadence.MONTH,
        policy=Policy.HOLD,
        minutes=90,
        seats=tuple(
            SeatNeed(slot=f"LU.{number}", least=1, members=(PersonId(member),))
            for number, member in enumerate(members, 1)
        ),
        facilitators=(PersonId(leader),) if leader else (),
    )


def _year(*bodies: Body) -> Problem:
    return Problem(
        year=2027,
        bodies=bodies,
        attendees=(),
        closed=closed_days(2027),
        school_holidays=(),
    )


async def test_a_machine_without_ortools_plans_all_the_same_and_says_how() -> None:
    problem = organisation(KINDS[0], seed=1, size=TOWN)

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WITHOUT_ORTOOLS, stdin=PIPE, stdout=PIPE
    )
    said, _ = await process.communicate(as_json(problem).encode())
    plan = of_json(said.decode(), YearPlan)

    assert plan.figures.engine is Engine.GREEDY
    assert plan.figures.bound is None
    assert Checker(problem).violations(plan.meetings) == ()


def test_two_committees_that_share_somebody_get_hours_of_their_own() -> None:
    problem = _year(_committee("LU-1", "anna", "bo"), _committee("LU-2", "anna", "carl"))

    plan = greedy(problem)

    assert isinstance(plan, YearPlan)
    assert plan.figures.cost == 0
    assert plan.figures.on_rhythm == 1
    assert Checker(problem).violations(plan.meetings) == ()


def test_a_committee_that_never_may_meet_has_no_plan() -> None:
    """MTG-9: it is named, and nothing is planned in part."""
    january = frozenset(date(2027, 1, day) for day in range(1, 32))
    shut = replace(_committee("LU-1", "anna"), not_on=january)
    problem = _year(_committee("LU-2", "bo"), shut)

    for answer in (greedy(problem), solve(problem, seconds=1)):
        assert isinstance(answer, NoPlan)
        [cause] = answer.causes
        assert (cause.kind, cause.committees) == (CauseKind.NO_DAY, (shut.code,))


def test_somebody_who_leads_too_much_is_told_apart_from_a_search_that_gave_up() -> None:
    """MTG-9: nine committees a fortnight want one leader, who has four meetings a week at most."""
    weekly = [
        replace(_committee(f"KG-{number}", leader="dorte"), cadence=Cadence.FORTNIGHT)
        for number in range(1, 10)
    ]

    answer = greedy(_year(*weekly))

    assert isinstance(answer, NoPlan)
    assert {cause.kind for cause in answer.causes} == {CauseKind.LOAD}


def test_the_solver_begins_with_the_greedys_year_and_never_ends_dearer() -> None:
    """MTG-4."""
    problem = organisation(KINDS[1], seed=2, size=TOWN)

    plan, by_greedy = solve(problem, seconds=1), greedy(problem)

    assert isinstance(plan, YearPlan)
    assert isinstance(by_greedy, YearPlan)
    assert plan.figures.engine is Engine.CP_SAT
    assert plan.figures.greedy_cost == by_greedy.figures.cost == cost(problem, by_greedy.meetings)
    assert plan.figures.cost <= by_greedy.figures.cost
