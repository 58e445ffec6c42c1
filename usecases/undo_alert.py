"""Take an alert back before it has left, or let it leave at once (BER-06, BER-30)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert, AlertState
from domain.delivery import DeliveryState
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.climb_ladder import hold_ladders
from usecases.permit_alert import hold_alert, record
from usecases.suspend_drills import release_drills

SENT_AS = (NoticeKind.ALERT, NoticeKind.ALERT_CALL_LIST, NoticeKind.ALERT_STEERING)


async def undo_alert(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Alert:
    """Cancel all of it: nobody has heard, and nobody will. Undone twice, it is undone once.

    :raises RuleBroken: `alert.not_found`, `alert.not_yours`; `alert.already_left` when any of it
        has begun to leave: then nothing is cancelled.
    """
    alert = await hold_alert(tx, by, id)
    if _is_undone(alert):
        return alert
    if not alert.is_open or now >= alert.leaves_at:
        raise RuleBroken("alert.already_left")
    await hold_ladders(tx, alert.id)
    undone = await tx.alerts.save(replace(alert, state=AlertState.FALSE_ALARM, closed_at=now))
    for kind in SENT_AS:
        await tx.standings.cancel(alert.id, kind=kind, now=now)
        if set(await tx.standings.tally(alert.id, kind=kind, now=now)) - {DeliveryState.CANCELLED}:
            raise RuleBroken("alert.already_left")
    await silence_plans(tx, alert)
    await release_drills(tx, alert, now=now)
    await tx.alert_log.add(LogEntry(alert=alert.id, kind=LogKind.UNDONE, at=now, by=by.id))
    await record(tx, alert, "alert.undo", by=by, now=now)
    return undone


async def send_at_once(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Alert:
    """Wait no longer: "Send straks" at level 3, "Send nu" for what waits for the morning.

    Where it has left already, nothing changes. The ladders stay as they were frozen.

    :raises RuleBroken: `alert.not_found`, `alert.not_yours`, `alert.over`
    """
    alert = await hold_alert(tx, by, id)
    if not alert.is_open:
        raise RuleBroken("alert.over")
    if now >= alert.leaves_at:
        return alert
    for kind in SENT_AS:
        await tx.outbox.hasten(alert.id, kind, now=now)
    hastened = await tx.alerts.save(replace(alert, leaves_at=now))
    await record(tx, alert, "alert.send_at_once", by=by, now=now)
    return hastened


async def silence_plans(tx: Transaction, alert: Alert) -> None:
    """Remind nobody any more of what an alert that never was had planned."""
    for made in await tx.action_plans.of_alert(alert.id):
        plan = await tx.action_plans.hold(made.id)
        if plan is not None and plan.reminders:
            await tx.action_plans.save(
                replace(plan, reminders=False, version=plan.version + 1), was=plan
            )


def _is_undone(alert: Alert) -> bool:
    return (
        alert.state is AlertState.FALSE_ALARM
        and alert.closed_at is not None
        and alert.closed_at < alert.leaves_at
    )
