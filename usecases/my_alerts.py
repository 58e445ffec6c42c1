"""The alerts that were sent to somebody: one of them, or those they have not answered (BER-20)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogKind
from domain.alerts import Alert, AlertState, Level, Recipient
from domain.errors import RuleBroken
from domain.people import Person
from storage.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """An alert, and somebody's own row in it.

    :param by: who activated it.
    :param instead_of: whom they stand in for, if anybody.
    :param because: why it was called off, if it was.
    """

    alert: Alert
    own: Recipient
    by: str = field(repr=False)
    instead_of: str = field(repr=False)
    because: str = field(repr=False)


async def one_of_mine(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Mine:
    """Find an alert that has left for somebody, over or not.

    :raises RuleBroken: `alert.not_found`, also while it can be undone, or was (BER-06).
    """
    alert, own = await tx.alerts.find(id), await tx.recipients.find(id, by.id)
    if alert is None or own is None or min(now, alert.closed_at or now) < alert.leaves_at:
        raise RuleBroken("alert.not_found", about=str(id))
    return await _mine(tx, alert, own)


async def my_alerts(tx: Transaction, *, by: Person, now: datetime) -> list[Mine]:
    """List the open alerts that ask for an answer of theirs: unanswered ones before others.

    Drills are left out where something is real: they are never on one card.
    """
    for drill in (False, True):
        found: list[Mine] = []
        for alert in await tx.alerts.open_to(by.id, drill=drill):
            own = await tx.recipients.find(alert.id, by.id)
            if own is None or alert.level is Level.ORIENTATION or now < alert.leaves_at:
                continue
            found.append(await _mine(tx, alert, own))
        if found:
            return sorted(found, key=lambda each: each.own.reply is not None)
    return []


async def why_called_off(tx: Transaction, alert: Alert) -> str:
    """Give the reason that was written when it was called off."""
    if alert.state is not AlertState.FALSE_ALARM:
        return ""
    lines = await tx.alert_log.of(alert.id)
    return next((each.words for each in reversed(lines) if each.kind is LogKind.FALSE_ALARM), "")


async def _mine(tx: Transaction, alert: Alert, own: Recipient) -> Mine:
    people = await tx.people.of_ids(
        sorted({alert.activated_by, *([own.stands_for] if own.stands_for else [])})
    )
    names = {each.id: each.name for each in people.values()}
    return Mine(
        alert=alert,
        own=own,
        by=names.get(alert.activated_by, ""),
        instead_of=names.get(own.stands_for, "") if own.stands_for else "",
        because=await why_called_off(tx, alert),
    )
