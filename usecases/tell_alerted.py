"""Tell those who were alerted, and nobody else, what becomes of it (BER-18, BER-59)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert, Recipient
from domain.delivery import DeliveryState
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases.redraw_alert import redraw_alert


async def addressed(tx: Transaction, alert: Alert, *, now: datetime) -> Sequence[Recipient]:
    """List who was written to, and who has answered without that.

    What was cancelled reached nobody, but where it may have arrived before.
    """
    written = {
        each.person
        for each in await tx.standings.each(alert.id, kind=NoticeKind.ALERT, now=now)
        if each.state is not DeliveryState.CANCELLED or each.repeated
    }
    return [
        each
        for each in await tx.recipients.of(alert.id)
        if each.person in written or each.reply is not None
    ]


async def tell_steering(
    tx: Transaction,
    alert: Alert,
    people: Iterable[PersonId],
    *,
    alerted: Iterable[PersonId],
    by: Person,
    now: datetime,
) -> Sequence[LogEntry]:
    """Tell these of the steering group at once, no sooner than the alert leaves (BER-46).

    Who is alerted anyway is not told, nor who was told before.

    :returns: what the log is to say of it, if anybody is told.
    """
    kind = NoticeKind.ALERT_STEERING
    before = {each.person for each in await tx.standings.each(alert.id, kind=kind, now=now)}
    told = tuple(sorted({*people} - {*alerted} - before))
    at = max(alert.leaves_at, now)
    await tx.outbox.add(
        [
            Notice(kind=kind, about=alert.id, due_at=at, person=each, tier=Tier.URGENT)
            for each in told
        ]
    )
    line = LogEntry(
        alert=alert.id,
        kind=LogKind.PLAN,
        at=now,
        by=by.id,
        people=told,
        facts={"what": "at_once"},
    )
    return [line] if told else []


async def _oriented(tx: Transaction, alert: Alert, *, now: datetime) -> set[PersonId]:
    """Name those of the steering group who were told of it, and are not alerted themselves."""
    told = {
        each.person
        for each in await tx.standings.each(alert.id, kind=NoticeKind.ALERT_STEERING, now=now)
        if each.state is not DeliveryState.CANCELLED or each.repeated
    }
    return told - {each.person for each in await tx.recipients.of(alert.id)}


async def tell(
    tx: Transaction,
    alert: Alert,
    told: Sequence[Recipient],
    *,
    kind: NoticeKind,
    round: int,
    now: datetime,
) -> None:
    """Write to each of them once, however often; what they have of it already is redrawn.

    Who of the steering group was told of it hears that too.
    """
    tiers = {
        **dict.fromkeys(await _oriented(tx, alert, now=now), Tier.URGENT),
        **{each.person: each.tier for each in told},
    }
    await tx.outbox.add(
        [
            Notice(kind=kind, about=alert.id, due_at=now, person=person, tier=tier, round=round)
            for person, tier in tiers.items()
        ]
    )
    await redraw_alert(tx, alert.id, now=now, people=[each.person for each in told])
