"""Erase what is old of alerts that were filed, and of plans that the calendar grew (BER-54)."""

from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.ages import add_months
from domain.alert_states import erased, was_undone
from domain.alerts import Alert
from domain.dates import local_date
from domain.evaluations import EvaluationState, LearningState
from domain.plan_periods import has_own_period
from storage.database import Transaction


async def erase_alert(tx: Transaction, *, id: UUID, months: int, now: datetime) -> bool:
    """Erase one whose time has come: so many months after it was closed, and done with.

    :returns: False when it has not, or is open again or erased by now.
    """
    alert = await tx.alerts.hold(id)
    if alert is None or alert.erased_at is not None or alert.closed_at is None:
        return False
    if add_months(local_date(alert.closed_at), months) > local_date(now):
        return False
    if not await _is_done_with(tx, alert):
        return False
    await tx.alert_eraser.erase(erased(alert, now=now), now=now)
    return True


async def erase_plan(tx: Transaction, *, id: UUID, months: int, now: datetime) -> bool:
    """Erase one of no alert whose time has come: so many months after it was over.

    :returns: False when it has not, or is erased already.
    """
    plan = await tx.action_plans.hold(id)
    if plan is None or plan.erased_at is not None or plan.alert is not None:
        return False
    if not _is_long_over(plan, months=months, now=now):
        return False
    await tx.alert_eraser.erase_plan(id, now=now)
    return True


def _is_long_over(plan: ActionPlan, *, months: int, now: datetime) -> bool:
    """Whether its time has come; what still runs waits for somebody to end it (BER-56)."""
    over = add_months(local_date(plan.over_at), months) <= local_date(now)
    return over and not has_own_period(plan)


async def _is_done_with(tx: Transaction, alert: Alert) -> bool:
    """Whether its log is in the journal, and nobody is to do anything about it any more."""
    if alert.is_open or (alert.filed_at is None and not was_undone(alert)):
        return False
    evaluation = await tx.evaluations.of(alert.id)
    if evaluation is not None and evaluation.state is EvaluationState.DRAFT:
        return False
    learned = await tx.learnings.of(alert.id)
    return all(each.state is not LearningState.OPEN for each in learned)
