"""A plan that is made cheaper, a stretch at a time, keeps every rule."""

from bench.support.organisation_kinds import KINDS, TOWN
from bench.support.organisations import organisation
from bench.support.plan_checker import Checker
from scheduler.yearplan.board import board
from scheduler.yearplan.cost import cost
from scheduler.yearplan.greedy import greedy_meetings
from scheduler.yearplan.polish import Polish


def test_a_stretch_sees_whom_it_would_meet_beyond_its_ends() -> None:
    """MTG-1: a window reaches further than the stretch, and others stand still out there."""
    [kind] = [each for each in KINDS if each.name == "hold-double"]
    problem = organisation(kind, seed=6, size=TOWN)
    laid = board(problem)
    first = greedy_meetings(laid)
    assert isinstance(first, tuple)
    polish = Polish(laid, first)

    polish.by_dates(effort=3)
    polish.by_dates(effort=2, across=True)

    assert Checker(problem).violations(polish.meetings) == ()
    assert cost(problem, polish.meetings) < cost(problem, first)
