"""The checker finds every fault that is put into a plan (MTG-2), and shares nothing with it."""

import ast
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from bench.support.organisation_kinds import KINDS, TOWN
from bench.support.organisations import organisation
from bench.support.plan_checker import Checker, Lead
from bench.support.plan_checker.free_days import easter_sunday, free_days
from bench.support.plan_defects import DEFECTS, Green, is_found
from bench.support.told_defects import UNTRUTHS, Told, is_untruth_found
from domain.people import CommitteeType
from domain.year_plan import Body, Problem, YearPlan
from scheduler.yearplan.cost import deadlines
from scheduler.yearplan.solve import greedy
from tests.support.repository import ROOT

TRIALS = 40


@pytest.fixture(scope="module")
def told() -> Told:
    problem = _with_nobody_to_stand_in(organisation(KINDS[2], seed=1, size=TOWN))
    plan = greedy(problem)
    assert isinstance(plan, YearPlan)
    checker = Checker(problem)
    steering = {body.code for body in problem.bodies if body.type is CommitteeType.STEERING}
    leads = tuple(
        Lead(committee=each.committee, number=each.number, kind=kind, on=on)
        for each in plan.meetings
        if each.committee in steering
        for kind, on in zip(
            ("provisional", "final", "minutes"), deadlines(problem, each.day), strict=True
        )
    )
    return Told(
        green=Green(problem=problem, meetings=plan.meetings, checker=checker),
        plan=plan,
        leads=leads,
        shortfalls=checker.shortfalls(plan.meetings),
    )


class TestTheChecker:
    def test_has_nothing_to_say_of_a_plan_that_keeps_every_rule(self, told: Told) -> None:
        checker = told.green.checker

        assert checker.violations(told.plan.meetings, leads=told.leads) == ()
        assert checker.unlisted(told.plan.meetings, told.shortfalls) == ()

    @pytest.mark.parametrize("kind", DEFECTS)
    def test_names_every_fault_of_a_kind(self, told: Told, kind: str) -> None:
        missed = [
            trial
            for trial in range(TRIALS)
            if not is_found(told.green, kind, Random(f"{kind} {trial}"))  # noqa: S311
        ]

        assert not missed

    @pytest.mark.parametrize("kind", UNTRUTHS)
    def test_names_every_untruth_of_a_kind(self, told: Told, kind: str) -> None:
        missed = [
            trial
            for trial in range(TRIALS)
            if not is_untruth_found(told, kind, Random(f"{kind} {trial}"))  # noqa: S311
        ]

        assert not missed

    def test_is_tried_with_no_fewer_kinds_than_asked_for(self) -> None:
        assert len(DEFECTS | UNTRUTHS) >= 13

    def test_shares_no_line_with_the_planner(self) -> None:
        imported = {
            name
            for file in (ROOT / "bench" / "support" / "plan_checker").glob("*.py")
            for node in ast.walk(ast.parse(file.read_text()))
            for name in _imports(node)
        }

        assert {name.split(".")[0] for name in imported} <= {
            *("bench", "collections", "dataclasses", "datetime", "domain", "sqlite3")
        }
        assert {name for name in imported if name.startswith("domain")} == {
            *("domain.people", "domain.year_plan")
        }


class TestItsOwnCalendar:
    @pytest.mark.parametrize(
        "sunday",
        [
            date(2008, 3, 23),  # nearly as early as can be
            date(2026, 4, 5),
            date(2027, 3, 28),
            date(2028, 4, 16),
            date(2030, 4, 21),
            date(2038, 4, 25),  # as late as can be
            date(2049, 4, 18),
            date(2076, 4, 19),
        ],
        ids=str,
    )
    def test_knows_easter(self, sunday: date) -> None:
        assert easter_sunday(sunday.year) == sunday

    def test_knows_the_days_of_2027_on_which_nobody_works(self) -> None:
        assert sorted(free_days(2027)) == [
            date(2027, 1, 1),
            date(2027, 3, 25),
            date(2027, 3, 26),
            date(2027, 3, 28),
            date(2027, 3, 29),
            date(2027, 5, 1),
            date(2027, 5, 6),
            date(2027, 5, 16),
            date(2027, 5, 17),
            date(2027, 6, 5),
            date(2027, 12, 24),
            date(2027, 12, 25),
            date(2027, 12, 26),
            date(2027, 12, 31),
        ]


def _with_nobody_to_stand_in(problem: Problem) -> Problem:
    """Let meetings lack people whatever the plan."""

    def alone(body: Body) -> Body:
        return replace(body, seats=tuple(replace(seat, substitutes=()) for seat in body.seats))

    return replace(problem, bodies=tuple(map(alone, problem.bodies)))


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [each.name for each in node.names] if isinstance(node, ast.Import) else []
