"""Pause the escalation of an alert for an hour at most, and let it go on (BER-31)."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.escalation import pause_until
from domain.people import Person
from domain.plan_measures import person_free
from storage.database import Transaction
from usecases.climb_ladder import climb_ladders, hold_ladders, write_down
from usecases.permit_alert import hold_alert
from usecases.suspend_drills import send_held_back


async def pause_alert(
    tx: Transaction, *, id: UUID, by: Person, length: timedelta, because: str, now: datetime
) -> Alert:
    """Let no ladder of this alert be climbed for so long; a later pause replaces this one.

    Who is away or asks for their substitute is replaced all the same.

    :param because: why, as the log says it; without persons.
    :raises RuleBroken: `alert.pause_length`, `alert.pause_reason`, `measure.cpr` or
        `measure.too_long`; `alert.over`, `alert.suspended`; as `hold_alert`, for who may not.
    """
    alert = await _held_open(tx, id, by=by)
    if alert.suspended_by is not None:
        raise RuleBroken("alert.suspended")
    words = person_free(because)
    until = pause_until(now=now, length=length, because=words)
    await hold_ladders(tx, id)
    paused = await tx.alerts.save(replace(alert, paused_until=until))
    minutes = length // timedelta(minutes=1)
    entry = LogEntry(
        alert=id,
        kind=LogKind.PAUSED,
        at=now,
        by=by.id,
        words=words,
        facts={"until": until.isoformat(), "minutes": str(minutes)},
    )
    await write_down(tx, [entry])
    return paused


async def resume_alert(
    tx: Transaction, *, id: UUID, by: Person, mail: bool, now: datetime
) -> Alert:
    """End the pause now, and do at once what fell due in it; without a pause, do nothing.

    :param mail: whether there is e-mail as a second channel.
    :raises RuleBroken: `alert.over`; as `hold_alert`, for who may not.
    """
    alert = await _held_open(tx, id, by=by)
    if alert.paused_until is None or alert.paused_until <= now:
        return alert
    ladders = await hold_ladders(tx, id)
    resumed = await tx.alerts.save(replace(alert, paused_until=now, suspended_by=None))
    await send_held_back(tx, resumed, now=now)
    entry = LogEntry(alert=id, kind=LogKind.RESUMED, at=now, by=by.id)
    await write_down(tx, [entry, *await climb_ladders(tx, resumed, ladders, mail=mail, now=now)])
    return resumed


async def _held_open(tx: Transaction, id: UUID, *, by: Person) -> Alert:
    alert = await hold_alert(tx, by, id)
    if not alert.is_open:
        raise RuleBroken("alert.over")
    return alert
