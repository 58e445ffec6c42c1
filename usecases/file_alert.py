"""Say that the log of an alert is in the journal: only then may it be erased here (BER-54)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.exports import LOGS
from domain.people import Person
from domain.plan_measures import person_free
from storage.database import Transaction
from usecases.permit_alert import hold_alert, record

LONGEST_NUMBER = 40


async def file_alert(
    tx: Transaction, *, id: UUID, by: Person, journal: str, now: datetime
) -> Alert:
    """Note under which number it was filed; noted again, the first one stands.

    :raises RuleBroken: `alert.not_found`, `.not_yours`; `alertend.not_ended`, `.not_exported`,
        `.no_journal`; `measure.cpr`, `measure.too_long`
    """
    alert = await hold_alert(tx, by, id)
    if alert.filed_at is not None:
        return alert
    if alert.is_open:
        raise RuleBroken("alertend.not_ended")
    number = person_free(journal, at_most=LONGEST_NUMBER)
    if not number:
        raise RuleBroken("alertend.no_journal")
    if not await _is_exported(tx, alert):
        raise RuleBroken("alertend.not_exported")
    filed = await tx.alerts.save(replace(alert, filed_at=now))
    await tx.alert_log.add(LogEntry(alert=id, kind=LogKind.FILED, at=now, by=by.id, words=number))
    await record(tx, filed, "alert.file_alert", by=by, now=now)
    return filed


async def _is_exported(tx: Transaction, alert: Alert) -> bool:
    """Whether its log was taken out after its end: one taken out before lacks that."""
    return any(
        each.kind is LogKind.EXPORTED
        and each.facts.get("what") in LOGS
        and alert.closed_at is not None
        and each.at >= alert.closed_at
        for each in await tx.alert_log.of(alert.id)
    )
