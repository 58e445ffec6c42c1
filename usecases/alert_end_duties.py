"""What waits for somebody when an alert ends: to decide, to evaluate, to do what was learned."""

from collections.abc import Iterable
from datetime import date, datetime

from domain.alert_periods import asked_for
from domain.alerts import OVER, Alert, AlertState
from domain.duties import Duty, DutyKind
from domain.office_actions import OfficeAction, may
from domain.roles import Actor
from storage.database import Transaction
from usecases.learn import my_learnings


async def alert_ends_waiting(tx: Transaction, actor: Actor, now: datetime) -> Iterable[Duty]:
    """List what this person is to see to; what is a drill waits on its own cards."""
    del now
    return [
        *await _to_decide(tx, actor),
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
