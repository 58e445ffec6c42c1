"""Tell those who were alerted, and nobody else, what becomes of it (BER-18, BER-59)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.alerts import Alert, Recipient
from domain.delivery import DeliveryState
from domain.notices import Notice, NoticeKind, Tier
from domain.people import PersonId
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
    tx: Transaction, alert: Alert, people: Iterable[PersonId], *, alerted: Iterable[PersonId]
) -> None:
    """Tell these of the steering group when the alert leaves, but who is alerted anyway."""
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.ALERT_STEERING,
                about=alert.id,
                due_at=alert.leaves_at,
                person=each,
                tier=Tier.URGENT,
            )
            for each in sorted({*people} - {*alerted})
        ]
    )


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
