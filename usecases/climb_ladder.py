"""Run the ladders of an alert: the one way, for activation, replies, resuming and the ticker."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, escalated
from domain.alerts import Alert, Recipient, Reply
from domain.dates import local_date
from domain.delivery import DeliveryState
from domain.escalation import Ask, Decision, Rung, Snapshot, Unavailable, added
from domain.escalation_notices import notices
from domain.next_step import next_step
from domain.people import Authority, PersonId
from storage.database import Transaction
from storage.escalations import Ladder

_MAY_YET_JOIN = frozenset({None, Reply.RECEIVED})


async def hold_ladders(tx: Transaction, alert: UUID) -> list[Ladder]:
    """Hold every ladder of an alert: who pauses, resumes, raises or ends it waits for all.

    Hold the alert before, and write in its log after.
    """
    there = {each.climbed.authority for each in await tx.escalations.of(alert)}
    held = [
        await tx.escalations.hold(alert, authority)
        for authority in Authority
        if authority in there
    ]
    return [each for each in held if each is not None]


async def climb(
    tx: Transaction, alert: Alert, ladders: Sequence[Ladder], *, now: datetime
) -> list[LogEntry]:
    """Do all that these ladders ask for now; give the lines of the log, which are written last.

    The caller holds the ladders. Every step is stored with what it does: new recipients, their
    notices, the call list. So whatever ends this transaction leaves all of a step or nothing.
    An alert that is over asks for nothing.
    """
    if not alert.is_open or not ladders:
        return []
    snapshot = await tx.escalations.snapshot(alert.id)
    entries: list[LogEntry] = []
    for ladder in ladders:
        entries += await _climb(tx, alert, snapshot, ladder, now=now)
    return entries


async def write_down(tx: Transaction, entries: Sequence[LogEntry]) -> None:
    """Write lines in the log, in order; nothing else is done after that."""
    for each in entries:
        await tx.alert_log.add(each)


async def _climb(
    tx: Transaction, alert: Alert, snapshot: Snapshot, ladder: Ladder, *, now: datetime
) -> list[LogEntry]:
    authority = ladder.climbed.authority
    recipients = await tx.recipients.of(alert.id, authority=authority)
    unavailable = await _unavailable(tx, snapshot, recipients, now=now)
    entries: list[LogEntry] = []
    while True:
        decision = next_step(
            snapshot=snapshot,
            climbed=ladder.climbed,
            recipients=recipients,
            unavailable=unavailable,
            now=now,
            paused_until=alert.paused_until,
        )
        if decision.climbed != ladder.climbed:
            ladder = await tx.escalations.keep(ladder, decision.climbed)
        if decision.ask is None:
            return entries
        recipients += await _carry_out(
            tx, alert, snapshot, decision, decision.ask, recipients, unavailable, now=now
        )
        entries.append(escalated(decision, decision.ask, alert=alert.id, now=now))


async def _carry_out(
    tx: Transaction,
    alert: Alert,
    snapshot: Snapshot,
    decision: Decision,
    ask: Ask,
    recipients: Sequence[Recipient],
    unavailable: Unavailable,
    *,
    now: datetime,
) -> list[Recipient]:
    """Ask whom the step asks; give the recipients that are new."""
    new = added(decision, alert=alert.id, snapshot=snapshot, recipients=recipients, now=now)
    if new:
        await tx.recipients.add(new)
    await tx.outbox.add(notices(decision, ask, alert=alert, now=now))
    if ask.rung is Rung.CALL_LIST:
        await _to_be_called(tx, alert.id, recipients, unavailable, now=now)
    return new


async def _to_be_called(
    tx: Transaction,
    alert: UUID,
    recipients: Sequence[Recipient],
    unavailable: Unavailable,
    *,
    now: datetime,
) -> None:
    """Put those on the call list who may yet join; who is on it keeps their place and reason."""
    for each in recipients:
        waited_for = each.quorum and each.reply in _MAY_YET_JOIN and each.person not in unavailable
        if waited_for and not await tx.call_list.matters(each.person, about=alert):
            await tx.call_list.add(each.person, about=alert, why=DeliveryState.DELIVERED, now=now)


async def _unavailable(
    tx: Transaction, snapshot: Snapshot, recipients: Sequence[Recipient], *, now: datetime
) -> frozenset[PersonId]:
    """Name who cannot be asked: who is away today, and who has left or been deleted."""
    asked = snapshot.people() | {each.person for each in recipients}
    known = await tx.people.of_ids(asked)
    left = {each for each in asked if each not in known or not known[each].active}
    return frozenset(left | (asked & await tx.absences.away(local_date(now))))
