"""Made-up organisations and their years, planned once for all tests."""

from collections.abc import Callable
from functools import cache

import pytest

from bench.support.organisation_kinds import CITY, KINDS, TOWN, Size
from bench.support.organisations import organisation
from domain.year_plan import Problem, YearPlan
from scheduler.yearplan.solve import solve

Planned = tuple[Problem, YearPlan]
Year = Callable[..., Planned]

SECONDS = 1.0


@cache
def _planned(kind: str, *, seed: int, year: int, size: Size) -> Planned:
    [made] = [each for each in KINDS if each.name == kind]
    problem = organisation(made, seed=seed, year=year, size=size)
    plan = solve(problem, seconds=SECONDS)
    assert isinstance(plan, YearPlan), plan
    return problem, plan


@pytest.fixture(scope="session")
def town_year() -> Year:
    """Plan the year of eleven committees."""

    def planned(kind: str, *, seed: int = 1, year: int = 2027) -> Planned:
        return _planned(kind, seed=seed, year=year, size=TOWN)

    return planned


@pytest.fixture(scope="session")
def city_year() -> Year:
    """Plan the year of all 31."""

    def planned(kind: str, *, seed: int = 1) -> Planned:
        return _planned(kind, seed=seed, year=2027, size=CITY)

    return planned
