"""See to it that no period runs out unnoticed: reminders, and the state that says so (BER-56)."""

from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alert_periods import due_reminder
from domain.alert_states import expired, has_run_out
from domain.alerts import Alert
from domain.notices import Notice, Tier
from domain.people import Office
from storage.database import Transaction


async def tend_period(tx: Transaction, *, id: UUID, now: datetime) -> bool:
    """Remind of one alert's period, and say so when it is over; done twice, it is done once.

    It is neither closed nor let go on: whoever leads it decides.

    :returns: whether it has run out just now.
    """
    alert = await tx.alerts.hold(id)
    if alert is None or not alert.is_open:
        return False
    ran_out = has_run_out(alert, now=now)
    if ran_out:
        alert = await tx.alerts.save(expired(alert, now=now))
    await _remind(tx, alert, now=now)
    if ran_out:
        await tx.alert_log.add(
            LogEntry(alert=id, kind=LogKind.EXPIRED, at=now, by=None, due_at=alert.period_end)
        )
    return ran_out


async def _remind(tx: Transaction, alert: Alert, *, now: datetime) -> None:
    reminder = due_reminder(alert, now=now)
    if reminder is None:
        return
    office = {each.id for each in await tx.people.of_office(Office.SEK)}
    await tx.outbox.add(
        [
            Notice(
                kind=reminder.kind,
                about=alert.id,
                due_at=now,
                person=person,
                tier=Tier.URGENT,
                round=reminder.round,
            )
            for person in sorted(office | {alert.coordinator})
        ]
    )
