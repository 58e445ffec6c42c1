"""The period of a plan that the calendar grew: no alert has it, so the plan does (BER-56, BER-57).

It is put off and ended by decisions of its own; when it is over and nobody has decided, it is
»udløbet – afventer beslutning«, which follows from the hour and is written down nowhere.
"""

from dataclasses import replace
from datetime import datetime

from domain.action_plans import ActionPlan
from domain.alert_log import DecisionKind, Resolution
from domain.alert_periods import PeriodReminder, after_end, before_end, is_for_steering
from domain.errors import RuleBroken
from domain.notices import NoticeKind


def has_own_period(plan: ActionPlan) -> bool:
    """Whether it runs, and somebody must decide about it by itself."""
    runs = plan.released_at is not None and plan.closed_at is None and plan.erased_at is None
    return plan.alert is None and runs


def has_run_out(plan: ActionPlan, *, now: datetime) -> bool:
    """Whether its period is over and nobody has decided: it neither ends nor goes on (BER-56)."""
    return has_own_period(plan) and plan.period_end is not None and plan.period_end <= now


def due_reminder(plan: ActionPlan, *, now: datetime) -> PeriodReminder | None:
    """Give the latest reminder that has fallen due, as of an alert."""
    if not has_own_period(plan) or plan.period_end is None:
        return None
    if has_run_out(plan, now=now):
        return after_end(NoticeKind.PLAN_EXPIRED, plan.period_end, now=now)
    return before_end(NoticeKind.PLAN_PERIOD_ENDS, plan.period_end, since=plan.starts_at, now=now)


def asks_steering_group(plan: ActionPlan, until: datetime) -> bool:
    """Whether an extension is for the steering group to decide (BER-57)."""
    since = max(plan.starts_at, plan.released_at or plan.starts_at)
    return is_for_steering(until, since=since, decisions=plan.decisions)


def extended(plan: ActionPlan, decided: Resolution, *, now: datetime) -> ActionPlan:
    """Let its period end later (BER-57); what had run out runs again.

    :raises RuleBroken: `planend.not_running`, `alertend.backwards`
    """
    if not has_own_period(plan) or plan.period_end is None:
        raise RuleBroken("planend.not_running")
    if decided.until is None or decided.until <= max(now, plan.period_end):
        raise RuleBroken("alertend.backwards")
    return replace(noted(plan, decided), period_end=decided.until)


def closed(plan: ActionPlan, decided: Resolution) -> ActionPlan:
    """End it; what of it nobody has done stays as it is, and nobody is reminded of it.

    :raises RuleBroken: `planend.not_running`
    """
    if not has_own_period(plan):
        raise RuleBroken("planend.not_running")
    return replace(noted(plan, decided), closed_at=decided.at)


def noted(plan: ActionPlan, decided: Resolution) -> ActionPlan:
    """Put a decision on record."""
    return replace(plan, decisions=(*plan.decisions, decided), version=plan.version + 1)


def latest(plan: ActionPlan, *kinds: DecisionKind) -> Resolution | None:
    """Give what was decided last, of these kinds."""
    return next((each for each in reversed(plan.decisions) if each.kind in kinds), None)
