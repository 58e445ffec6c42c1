"""Eight changes to the plan of a whole city, with OR-tools and without (MTG-10)."""

from datetime import date

import pytest

from bench.support.organisation_kinds import KINDS
from bench.support.organisations import organisation
from bench.support.plan_changes import CHANGES, Change
from bench.support.plan_checker import Checker
from domain.year_plan import (
    CauseKind,
    Engine,
    NoPlan,
    Problem,
    YearPlan,
)
from scheduler.yearplan.replan import replan
from tests.support.small_years import (
    planned,
)

NEW_YEAR = date(2027, 1, 1)
APRIL = date(2027, 4, 1)


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_in_a_whole_city_the_fewest_move_too(
    city: tuple[Problem, YearPlan], change: Change, engine: Engine
) -> None:
    """MTG-10: 418 meetings of 31 committees; with OR-tools it is always proven."""
    before, plan = city
    problem = change.happens(before, plan)
    held = [(each.committee, each.number) for each in plan.meetings if each.day < change.today]

    answer = replan(
        problem=problem,
        plan=plan,
        before=before,
        frozen_until=change.frozen_until,
        held=held,
        today=change.today,
        engine=engine,
    )

    if isinstance(answer, NoPlan):
        known = {CauseKind.FROZEN} if engine is Engine.CP_SAT else {CauseKind.TIME}
        assert change.may_be_impossible
        assert known & {cause.kind for cause in answer.causes}
        return
    assert answer.proven
    violations = Checker(problem).replan_violations(
        plan.meetings,
        answer,
        frozen_until=change.frozen_until,
        held=held,
        today=change.today,
    )
    assert violations == ()


@pytest.fixture(scope="module")
def city() -> tuple[Problem, YearPlan]:
    problem = organisation(KINDS[0], seed=1)
    return problem, planned(problem)
