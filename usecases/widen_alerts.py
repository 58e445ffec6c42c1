"""Send alerts by e-mail too, when Teams takes messages too slowly (BER-79)."""

from dataclasses import replace
from datetime import datetime

from domain.notices import Medium
from storage.database import Transaction


async def widen_alerts(tx: Transaction, now: datetime) -> None:
    """Queue by e-mail every alert that Teams has not taken yet.

    Doing it again adds nothing: what has been promised by e-mail is not promised twice.
    """
    waiting = [each for each in await tx.standings.waiting_alerts() if each.person is not None]
    await tx.outbox.add([replace(each, medium=Medium.EMAIL, due_at=now) for each in waiting])
