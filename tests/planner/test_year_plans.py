"""A planned year keeps every rule, costs no more than the greedy's, and says how good it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bench.support.organisation_kinds import KINDS, TOWN
from bench.support.organisations import organisation
from bench.support.plan_checker import Checker, Lead, Shortfall
from bench.support.plan_checker.checker import on_rhythm
from domain.people import CommitteeType
from domain.year_plan import PlannedMeeting, Problem, YearPlan
from scheduler.yearplan.cost import cost, deadlines, managers_off, shortfalls
from scheduler.yearplan.process import plan_in_a_process

Year = Callable[..., tuple[Problem, YearPlan]]

NAMES = [kind.name for kind in KINDS]


@pytest.mark.parametrize("name", NAMES)
class TestATownsYear:
    def test_breaks_no_rule(self, town_year: Year, name: str) -> None:
        """MTG-1: by a checker with its own code and its own holidays."""
        problem, plan = town_year(name)

        assert Checker(problem).violations(plan.meetings) == ()

    def test_lists_every_meeting_with_too_few_people(self, town_year: Year, name: str) -> None:
        """MTG-7."""
        problem, plan = town_year(name)
        told = [
            Shortfall(
                committee=each.meeting.committee,
                number=each.meeting.number,
                slot=each.slot,
                short=each.short,
            )
            for each in shortfalls(problem, plan.meetings)
        ]

        assert Checker(problem).unlisted(plan.meetings, told) == ()

    def test_costs_no_more_than_the_greedys(self, town_year: Year, name: str) -> None:
        """MTG-4: and the cost it names is that of its meetings, the bound no more than it."""
        problem, plan = town_year(name)
        figures = plan.figures

        assert figures.cost == cost(problem, plan.meetings)
        assert figures.greedy_cost is not None
        assert figures.cost <= figures.greedy_cost
        assert figures.bound is None or figures.bound <= figures.cost

    def test_tells_the_steering_group_in_time(self, town_year: Year, name: str) -> None:
        """MTG-6: four weeks, two weeks, two weeks after; on working days, and none too early."""
        problem, plan = town_year(name)
        leads = [
            Lead(committee=each.committee, number=each.number, kind=kind, on=on)
            for each in _steering(problem, plan)
            for kind, on in zip(
                ("provisional", "final", "minutes"), deadlines(problem, each.day), strict=True
            )
        ]

        assert Checker(problem).violations(plan.meetings, leads=leads) == ()

    def test_says_how_far_the_managers_are_off_six_weeks(self, town_year: Year, name: str) -> None:
        """MTG-6, CAL-2: the deviation is listed for each meeting of the steering group."""
        problem, plan = town_year(name)
        listed = managers_off(problem, plan.meetings)

        assert [listed[each] for each in _steering(problem, plan)] == list(
            Checker(problem).managers_off(plan.meetings)
        )


class TestACitysYear:
    """MTG-1, MTG-5, CAL-1: the 31 committees of meetings.md §3."""

    def test_pauses_418_times(self, city_year: Year) -> None:
        problem, plan = city_year("pause-normal")
        checker = Checker(problem)

        assert checker.violations(plan.meetings) == ()
        assert len(plan.meetings) == checker.needed() == 418
        assert checker.in_school_holidays(plan.meetings) == 0

    def test_holds_462_and_never_says_fewer_than_44_in_the_holidays(self, city_year: Year) -> None:
        problem, plan = city_year("hold-normal")
        checker = Checker(problem)

        assert checker.violations(plan.meetings) == ()
        assert len(plan.meetings) == checker.needed() == 462
        assert checker.least_in_school_holidays() == 44
        assert plan.figures.in_school_holidays == checker.in_school_holidays(plan.meetings) >= 44

    @pytest.mark.parametrize("name", ["pause-normal", "hold-normal"])
    def test_keeps_the_committees_weekdays_and_hours(self, city_year: Year, name: str) -> None:
        _, plan = city_year(name)

        assert plan.figures.on_rhythm == on_rhythm(plan.meetings, plan.rhythms) >= 0.94


async def test_the_same_year_is_planned_the_same_way_twice() -> None:
    """MTG-8: in two processes, which sort nothing alike by themselves."""
    problem = organisation(KINDS[1], seed=1, size=TOWN)

    first, second = [await plan_in_a_process(problem, seconds=1) for _ in range(2)]

    assert isinstance(first, YearPlan)
    assert isinstance(second, YearPlan)
    assert _without_clock(first) == _without_clock(second)


def _steering(problem: Problem, plan: YearPlan) -> list[PlannedMeeting]:
    codes = {body.code for body in problem.bodies if body.type is CommitteeType.STEERING}
    return sorted(each for each in plan.meetings if each.committee in codes)


def _without_clock(plan: YearPlan) -> YearPlan:
    return replace(plan, figures=replace(plan.figures, seconds=0))
