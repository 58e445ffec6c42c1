"""Years that are unlike 2027: leap days, 53 weeks, Easter early and late, 5 June on a weekday."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bench.support.organisation_kinds import KINDS, TOWN
from bench.support.organisations import organisation
from bench.support.plan_checker import Checker
from bench.support.school_holidays import estimated, school_holidays
from domain.year_plan import Problem, YearPlan
from scheduler.yearplan.solve import greedy

DAY = timedelta(days=1)


BOTH_WAYS = ("pause-normal", "hold-normal")


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2026, "hold-normal"),
        (2028, "pause-normal"),
        (2032, "hold-normal"),
        (2038, "pause-normal"),
    ],
)
def test_a_year_breaks_no_rule(
    town_year: Callable[..., tuple[Problem, YearPlan]], year: int, name: str
) -> None:
    """MTG-11: 53 weeks, a leap day, both of them, and the latest Easter there is."""
    problem, plan = town_year(name, year=year)
    checker = Checker(problem)

    assert checker.violations(plan.meetings) == ()
    assert len(plan.meetings) == checker.needed()


@pytest.mark.parametrize("name", BOTH_WAYS)
@pytest.mark.parametrize("year", range(2026, 2041))
def test_a_year_planned_without_the_solver_breaks_no_rule(year: int, name: str) -> None:
    """MTG-11: every year by the greedy; `bench yearplan` plans cities with the solver."""
    [kind] = [each for each in KINDS if each.name == name]
    problem = organisation(kind, seed=1, year=year, size=TOWN)
    plan = greedy(problem)
    checker = Checker(problem)

    assert isinstance(plan, YearPlan)
    assert checker.violations(plan.meetings) == ()
    assert len(plan.meetings) == checker.needed()


def test_the_rule_gives_the_holidays_that_are_published() -> None:
    published = [(each.name, each.from_on, each.to_on) for each in school_holidays(2027)]

    assert list(estimated(2027)) == published


def test_summer_is_six_weeks_of_every_year() -> None:
    summers = [
        (from_on, to_on)
        for year in range(2026, 2041)
        for name, from_on, to_on in estimated(year)
        if name == "Sommerferie"
    ]

    assert all(from_on.weekday() == 0 for from_on, _ in summers)
    assert all(to_on - from_on == 39 * DAY for from_on, to_on in summers)
    assert all(date(one.year, 6, 26) <= one <= date(one.year, 7, 2) for one, _ in summers)
