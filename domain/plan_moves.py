"""Changing an action plan: one measure, many at once, its period, and letting it run."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from domain.action_plans import ActionPlan
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import PersonId
from domain.plan_measures import Measure, assigned, shifted
from domain.plan_times import Relative


def with_measure(plan: ActionPlan, measure: Measure) -> ActionPlan:
    """Put a measure in the place of what it was; the plan's own version counts it."""
    plan.measure(measure.id)
    return _having(plan, [measure if each.id == measure.id else each for each in plan.measures])


def assign_all(
    plan: ActionPlan, *, party: Party, owner: PersonId, substitute: PersonId | None = None
) -> ActionPlan:
    """Give all of a party's measures that wait to one person (BER-35)."""
    return _having(
        plan,
        [
            assigned(each, owner=owner, substitute=substitute) if each.party is party else each
            for each in plan.measures
        ],
    )


def shift_all(
    plan: ActionPlan, *, by: Relative, now: datetime, party: Party | None = None
) -> ActionPlan:
    """Move the deadlines of all that waits, or of all that a party has (BER-35)."""
    return _having(
        plan,
        [
            shifted(each, by=by, now=now) if party in {None, each.party} else each
            for each in plan.measures
        ],
    )


def passed_on(plan: ActionPlan, *, away: Collection[PersonId]) -> ActionPlan:
    """Give what waits for somebody who is away to who stands in for them, if they are there."""
    return _having(
        plan,
        [
            assigned(each, owner=each.substitute, substitute=None)
            if each.owner in away and each.substitute is not None and each.substitute not in away
            else each
            for each in plan.measures
        ],
    )


def until(plan: ActionPlan, period_end: datetime) -> ActionPlan:
    """Decide when the plan's period ends (BER-56).

    :raises RuleBroken: `actionplan.backwards`
    """
    if period_end <= plan.starts_at:
        raise RuleBroken("actionplan.backwards")
    return replace(plan, period_end=period_end, version=plan.version + 1)


def release(plan: ActionPlan, *, now: datetime) -> ActionPlan:
    """Let a plan run: from now on owners are told and reminded.

    :raises RuleBroken: `actionplan.no_period` (BER-56), `actionplan.released`
    """
    if plan.released_at is not None:
        raise RuleBroken("actionplan.released")
    if plan.period_end is None:
        raise RuleBroken("actionplan.no_period")
    return replace(plan, released_at=now, version=plan.version + 1)


def _having(plan: ActionPlan, measures: Iterable[Measure]) -> ActionPlan:
    return replace(plan, measures=tuple(measures), version=plan.version + 1)
