"""See to it that no period runs out unnoticed: reminders, and the state that says so (BER-56)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alert_periods import PeriodReminder, due_reminder
from domain.alert_states import expired, has_run_out
from domain.notices import Notice, Tier
from domain.people import Office, PersonId
from domain.plan_periods import due_reminder as due_of_plan
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
    await _remind(tx, id, due_reminder(alert, now=now), leads={alert.coordinator}, now=now)
    if ran_out:
        await tx.alert_log.add(
            LogEntry(alert=id, kind=LogKind.EXPIRED, at=now, by=None, due_at=alert.period_end)
        )
    return ran_out


async def tend_plan(tx: Transaction, *, id: UUID, now: datetime) -> None:
    """Remind of the period of one plan that has no alert; the Secretariat decides."""
    plan = await tx.action_plans.hold(id)
    reminder = None if plan is None else due_of_plan(plan, now=now)
    await _remind(tx, id, reminder, leads=(), now=now)


async def _remind(
    tx: Transaction,
    about: UUID,
    reminder: PeriodReminder | None,
    *,
    leads: Collection[PersonId],
    now: datetime,
) -> None:
    if reminder is None:
        return
    office = {each.id for each in await tx.people.of_office(Office.SEK)}
    await tx.outbox.add(
        [
            Notice(
                kind=reminder.kind,
                about=about,
                due_at=now,
                person=person,
                tier=Tier.URGENT,
                round=reminder.round,
            )
            for person in sorted(office.union(leads))
        ]
    )
