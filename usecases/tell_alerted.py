"""Tell those who were alerted, and nobody else, what becomes of it (BER-18, BER-59)."""

from collections.abc import Sequence
from datetime import datetime

from domain.alerts import Alert, Recipient
from domain.delivery import DeliveryState
from domain.notices import Notice, NoticeKind
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


async def tell(
    tx: Transaction,
    alert: Alert,
    told: Sequence[Recipient],
    *,
    kind: NoticeKind,
    round: int,
    now: datetime,
) -> None:
    """Write to each of them once, however often; what they have of it already is redrawn."""
    await tx.outbox.add(
        [
            Notice(
                kind=kind,
                about=alert.id,
                due_at=now,
                person=each.person,
                tier=each.tier,
                round=round,
            )
            for each in told
        ]
    )
    await redraw_alert(tx, alert.id, now=now, people=[each.person for each in told])
