"""A published plan meets eight changes: as little as can be moves, and nothing that may not."""

import pytest

from bench.support.organisation_kinds import KINDS, TOWN
from bench.support.organisations import organisation
from bench.support.plan_changes import CHANGES, Change, moved
from bench.support.plan_checker import Checker
from domain.year_plan import CauseKind, NoPlan, Replanned, YearPlan
from scheduler.yearplan.replan import replan
from scheduler.yearplan.solve import greedy


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_only_what_must_move_moves(change: Change) -> None:
    """MTG-10: the moves are told, proven fewest, and none is of a frozen or a held meeting."""
    before = organisation(KINDS[0], seed=1, size=TOWN)
    plan = greedy(before)
    assert isinstance(plan, YearPlan)
    problem = change.happens(before, plan)
    held = [(each.committee, each.number) for each in plan.meetings if each.day < change.today]

    answer = replan(
        problem=problem,
        plan=plan,
        before=before,
        frozen_until=change.frozen_until,
        held=held,
        today=change.today,
    )

    if isinstance(answer, NoPlan):
        assert change.may_be_impossible
        assert CauseKind.FROZEN in {cause.kind for cause in answer.causes}
        return
    assert isinstance(answer, Replanned)
    assert answer.proven
    assert len(answer.moved) == moved(plan.meetings, answer.plan.meetings)
    assert (
        Checker(problem).replan_violations(
            plan.meetings,
            answer,
            frozen_until=change.frozen_until,
            held=held,
            today=change.today,
        )
        == ()
    )
