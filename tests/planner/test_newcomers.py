"""A committee that comes when the year is under way gets what is left of it (MTG-10)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from bench.support.organisation_kinds import KINDS, TOWN
from bench.support.organisations import organisation
from bench.support.plan_changes import FROZEN_UNTIL, TODAY
from bench.support.plan_checker import Checker
from domain.people import CommitteeType
from domain.year_plan import Body, Cause, CauseKind, Engine, NoPlan, PlannedMeeting, Problem
from scheduler.yearplan.replan import replan
from tests.support.small_years import (
    ANNA,
    BO,
    CARL,
    DORTE,
    FAR,
    NEAR,
    THIRD,
    YEAR,
    committee,
    days,
    meeting,
    planned,
    replanned,
    small_year,
)

ENGINES = pytest.mark.parametrize("engine", Engine)
FROZEN = date(YEAR, 5, 1)
TYPES: Mapping[CommitteeType, int] = {  # and how many meetings each still gets
    CommitteeType.STEERING: 3,
    CommitteeType.LOCAL: 8,
    CommitteeType.COORDINATION: 17,
}


def without(problem: Problem, gone: Body) -> Problem:
    left = tuple(each for each in problem.bodies if each.code != gone.code)
    return replace(problem, bodies=left)


def of(meetings: tuple[PlannedMeeting, ...], body: Body) -> list[PlannedMeeting]:
    return [each for each in meetings if each.committee == body.code]


@ENGINES
@pytest.mark.parametrize("kind", TYPES)
def test_it_gets_the_rest_of_its_year_and_nobody_else_moves(
    kind: CommitteeType, engine: Engine
) -> None:
    """MTG-10: no rule is broken, and nothing comes to lie on the frozen days."""
    problem = organisation(KINDS[0], seed=1, size=TOWN)
    new = next(each for each in problem.bodies if each.type is kind)
    before = without(problem, new)
    plan = planned(before)
    held = [(each.committee, each.number) for each in plan.meetings if each.day < TODAY]

    answer = replanned(
        problem,
        plan,
        before=before,
        frozen_until=FROZEN_UNTIL,
        held=held,
        today=TODAY,
        engine=engine,
    )

    theirs = of(answer.plan.meetings, new)
    assert len(theirs) == TYPES[kind]
    assert (answer.moved, answer.proven) == ((), True)
    assert {*answer.plan.meetings} - {*theirs} == {*plan.meetings}
    assert (
        Checker(problem).replan_violations(
            plan.meetings, answer, frozen_until=FROZEN_UNTIL, held=held, today=TODAY
        )
        == ()
    )


@ENGINES
def test_it_has_a_weekday_and_an_hour_of_its_own_from_the_first_day(engine: Engine) -> None:
    before = small_year(committee(NEAR, ANNA, BO), committee(FAR, CARL))
    new = committee(THIRD, ANNA, DORTE)
    plan = planned(before)

    answer = replanned(
        small_year(*before.bodies, new), plan, before=before, frozen_until=FROZEN, engine=engine
    )

    theirs = of(answer.plan.meetings, new)
    assert len({(each.day.isoweekday(), each.starts) for each in theirs}) == 1
    assert all((later.day - each.day).days in {28, 35} for each, later in pairwise(theirs))


@pytest.mark.parametrize(
    ("frozen_until", "first"), [(date(YEAR, 5, 10), 5), (date(YEAR, 5, 20), 6)]
)
def test_it_meets_in_a_month_that_has_begun_where_half_of_it_is_left(
    frozen_until: date, first: int
) -> None:
    before = small_year(committee(NEAR, ANNA))
    new = committee(THIRD, DORTE)

    answer = replanned(
        small_year(*before.bodies, new), planned(before), before=before, frozen_until=frozen_until
    )

    theirs = of(answer.plan.meetings, new)
    assert [each.number for each in theirs] == [*range(first, 13)]
    assert theirs[0].day.month == first
    assert theirs[0].day > frozen_until


def test_another_moves_where_there_is_no_other_place_for_it() -> None:
    """MTG-10: and only that one."""
    before = small_year(committee(NEAR, ANNA, minutes=300), committee(FAR, CARL))
    plan = planned(before)
    hit = meeting(plan, NEAR, 8)
    august = days(date(YEAR, 8, 1), date(YEAR, 8, 31))
    new = replace(committee(THIRD, ANNA, minutes=300), not_on=august - {hit.day})

    answer = replanned(small_year(*before.bodies, new), plan, before=before, frozen_until=FROZEN)

    [(old, _)] = answer.moved
    assert old == hit
    assert answer.proven
    assert hit.day in {each.day for each in of(answer.plan.meetings, new)}


def test_it_is_a_committee_like_the_others_when_the_plan_changes_again() -> None:
    """MTG-10: nothing moves or is added when nothing has changed."""
    before = small_year(committee(NEAR, ANNA, BO))
    problem = small_year(*before.bodies, committee(THIRD, ANNA, DORTE))
    plan = replanned(problem, planned(before), before=before, frozen_until=FROZEN).plan

    again = replanned(problem, plan, before=problem, frozen_until=FROZEN)

    assert again.moved == ()
    assert again.plan.meetings == plan.meetings


def test_it_is_said_when_a_month_to_come_has_no_day_for_it() -> None:
    """MTG-9: there is no half a plan."""
    before = small_year(committee(NEAR, ANNA))
    august = days(date(YEAR, 8, 1), date(YEAR, 8, 31))
    new = replace(committee(THIRD, DORTE), not_on=august)

    answer = replan(
        problem=small_year(*before.bodies, new),
        plan=planned(before),
        before=before,
        frozen_until=FROZEN,
    )

    assert isinstance(answer, NoPlan)
    [cause] = answer.causes
    assert isinstance(cause, Cause)
    assert (cause.kind, cause.committees) == (CauseKind.NO_DAY, (THIRD,))
