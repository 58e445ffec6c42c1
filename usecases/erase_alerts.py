"""Erase what is old of alerts: only what was filed, and of which nothing waits (BER-54)."""

from datetime import datetime
from uuid import UUID

from domain.ages import add_months
from domain.alert_states import erased, was_undone
from domain.alerts import Alert
from domain.dates import local_date
from domain.evaluations import EvaluationState, LearningState
from storage.database import Transaction


async def to_erase(tx: Transaction, *, months: int, now: datetime) -> list[UUID]:
    """Name the alerts whose time has come: so many months after they were closed."""
    today = local_date(now)
    return [
        each.id
        for each in await tx.alerts.over(before=now)
        if each.closed_at is not None
        and add_months(local_date(each.closed_at), months) <= today
        and await _is_done_with(tx, each)
    ]


async def erase_alert(tx: Transaction, *, id: UUID, now: datetime) -> bool:
    """Erase one; False when it was opened again meanwhile, or is erased already."""
    alert = await tx.alerts.hold(id)
    if alert is None or alert.erased_at is not None or not await _is_done_with(tx, alert):
        return False
    await tx.alert_eraser.erase(erased(alert, now=now), now=now)
    return True


async def _is_done_with(tx: Transaction, alert: Alert) -> bool:
    """Whether its log is in the journal, and nobody is to do anything about it any more."""
    if alert.is_open or (alert.filed_at is None and not was_undone(alert)):
        return False
    evaluation = await tx.evaluations.of(alert.id)
    if evaluation is not None and evaluation.state is EvaluationState.DRAFT:
        return False
    learned = await tx.learnings.of(alert.id)
    return all(each.state is not LearningState.OPEN for each in learned)
