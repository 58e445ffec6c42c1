"""Meetings that clash after a change, changes without OR-tools, and changes without a plan."""

from dataclasses import replace
from datetime import date, time

from domain.people import CommitteeType
from domain.year_plan import (
    CauseKind,
    Engine,
    NoPlan,
    PlannedMeeting,
)
from scheduler.yearplan.replan import moved_between, replan
from tests.support.small_years import (
    ANNA,
    BO,
    CARL,
    EVA,
    FAR,
    MANAGERS,
    NEAR,
    NEW_YEAR,
    STEERING,
    THIRD,
    at_the_same_hour,
    away,
    changed,
    committee,
    days,
    meeting,
    planned,
    replanned,
    small_year,
)

APRIL = date(2027, 4, 1)


def test_without_or_tools_what_must_move_moves_all_the_same() -> None:
    """MTG-10: the greedy proves it where every move was forced."""
    before = small_year(
        committee(NEAR, ANNA, BO), committee(FAR, ANNA, CARL), committee(THIRD, EVA)
    )
    plan = planned(before)
    hit = meeting(plan, FAR, 8)
    problem = away(before, CARL, {hit.day})

    answer = replanned(problem, plan, before=before, engine=Engine.GREEDY)

    assert [old for old, _ in answer.moved] == [hit]
    assert answer.proven
    assert answer.plan.figures.engine is Engine.GREEDY


def test_without_or_tools_one_of_each_two_at_once_moves() -> None:
    """MTG-10."""
    before = small_year(committee(NEAR, ANNA, BO), committee(FAR, CARL, EVA))
    plan = at_the_same_hour(planned(before))
    problem = changed(
        before, FAR, lambda body: replace(body, seats=committee(FAR, ANNA, EVA).seats)
    )

    answer = replanned(problem, plan, before=before, engine=Engine.GREEDY)

    assert len(answer.moved) == 12
    assert answer.proven


def test_the_difference_of_two_plans_is_told_in_pairs() -> None:
    """MTG-10."""
    one = PlannedMeeting(committee=NEAR, number=1, day=date(2027, 1, 12), starts=time(9))
    two = replace(one, number=2, day=date(2027, 2, 9))
    later = replace(two, starts=time(13))

    assert moved_between([one, two], [later, one]) == ((two, later),)


def test_a_change_that_leaves_no_plan_is_answered_with_its_cause() -> None:
    """MTG-9, MTG-10."""
    before = small_year(committee(NEAR, ANNA, BO))
    may = days(date(2027, 5, 1), date(2027, 5, 31))

    answer = replan(
        problem=changed(before, NEAR, lambda body: replace(body, not_on=may)),
        plan=planned(before),
        before=before,
        frozen_until=NEW_YEAR,
    )

    assert isinstance(answer, NoPlan)
    [cause] = answer.causes
    assert (cause.kind, cause.committees) == (CauseKind.NO_DAY, (NEAR,))
    assert (cause.from_on, cause.to_on) == (date(2027, 5, 1), date(2027, 5, 31))


def test_somebody_who_takes_a_seat_over_moves_one_of_each_two_at_once() -> None:
    """MTG-10."""
    before = small_year(committee(NEAR, ANNA, BO), committee(FAR, CARL, EVA))
    plan = at_the_same_hour(planned(before))
    problem = changed(
        before, FAR, lambda body: replace(body, seats=committee(FAR, ANNA, EVA).seats)
    )

    answer = replanned(problem, plan, before=before)

    assert len(answer.moved) == 12
    assert answer.proven
    assert answer.plan.meetings == tuple(sorted(answer.plan.meetings))


def test_what_clashed_long_ago_does_not_take_the_managers_out_of_the_chain() -> None:
    """MTG-10, MTG-6: a meeting of CG that has been held still lies before SG's agenda."""
    before = small_year(
        committee(STEERING, ANNA, type=CommitteeType.STEERING),
        committee(MANAGERS, BO, type=CommitteeType.MANAGERS),
        committee(NEAR, CARL, EVA),
    )
    plan = planned(before)
    first = meeting(plan, MANAGERS, 1)
    old = meeting(plan, NEAR, first.day.month)
    beside = replace(old, day=first.day, starts=first.starts)
    crossed = replace(
        plan, meetings=tuple(beside if each == old else each for each in plan.meetings)
    )
    problem = changed(
        before, NEAR, lambda body: replace(body, seats=committee(NEAR, BO, EVA).seats)
    )

    answer = replanned(
        problem,
        crossed,
        before=before,
        frozen_until=date(2027, 3, 1),
        today=date(2027, 3, 1),
    )

    assert answer.proven
