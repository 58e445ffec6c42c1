"""What waits for somebody when an alert ends: to decide, to evaluate, to do what was learned."""

from collections.abc import Iterable
from datetime import date, datetime

from domain.alert_periods import asked_for
from domain.alerts import OVER, Alert, AlertState
from domain.duties import Duty, DutyKind
from domain.office_actions import OfficeAction, may
from domain.plan_periods import has_run_out
from domain.roles import Actor
from storage.database import Transaction
from usecases.learn import my_learnings


async def alert_ends_waiting(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List what this person is to see to; what is a drill waits on its own cards."""
    return [
        *await _to_decide(tx, actor),
        *await _plans_to_decide(tx, actor, now),
        *await _to_evaluate(tx, actor),
        *[
            _duty(alert, DutyKind.LEARNING, due=learning.due_on)
            for learning, alert in await my_learnings(tx, by=actor.person)
            if not alert.drill
        ],
    ]


async def _to_decide(tx: Transaction, actor: Actor) -> list[Duty]:
    """Let who leads it decide what has run out, and the steering group an extension (BER-57)."""
    steers = may(actor, OfficeAction.DECIDE_EXTENSION)
    found = list[Duty]()
    for alert in await tx.alerts.open(drill=False):
        own = alert.coordinator == actor.person.id
        if own and alert.state is AlertState.EXPIRED:
            found.append(_duty(alert, DutyKind.ALERT_EXPIRED))
        if steers and asked_for(await tx.alert_decisions.of(alert.id)) is not None:
            found.append(_duty(alert, DutyKind.EXTENSION_TO_DECIDE))
    return found


async def _plans_to_decide(tx: Transaction, actor: Actor, now: datetime) -> list[Duty]:
    """Let the Secretariat decide what has run out, and the steering group an extension."""
    keeps = may(actor, OfficeAction.KEEP_READINESS)
    steers = may(actor, OfficeAction.DECIDE_EXTENSION)
    if not (keeps or steers):
        return []
    found = list[Duty]()
    for plan in await tx.action_plans.going_on():
        said = {
            DutyKind.PLAN_EXPIRED: keeps and has_run_out(plan, now=now),
            DutyKind.PLAN_EXTENSION_TO_DECIDE: steers and asked_for(plan.decisions) is not None,
        }
        found += [
            Duty(kind=kind, id=plan.id, reference=plan.template)
            for kind, waits in said.items()
            if waits
        ]
    return found


async def _to_evaluate(tx: Transaction, actor: Actor) -> list[Duty]:
    found = list[Duty]()
    for evaluation in await tx.evaluations.waiting(drill=False):
        if evaluation.owner == actor.person.id:
            alert = await tx.alerts.find(evaluation.alert)
            if alert is not None and alert.state in OVER:
                found.append(_duty(alert, DutyKind.ALERT_TO_EVALUATE, due=evaluation.due_on))
    return found


def _duty(alert: Alert, kind: DutyKind, *, due: date | None = None) -> Duty:
    return Duty(kind=kind, id=alert.id, due=due, reference=alert.reference)
