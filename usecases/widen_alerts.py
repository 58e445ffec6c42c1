"""Send alerts by e-mail too, when Teams takes messages too slowly (BER-79)."""

from dataclasses import replace
from datetime import datetime

from domain.notices import Medium
from storage.database import Transaction


async def widen_alerts(tx: Transaction, now: datetime) -> None:
    """Queue by e-mail every alert that is due and that Teams has not taken yet (BER-06, BER-30).

    Doing it again adds nothing: what has been promised by e-mail is not promised twice.
    """
    due = await tx.standings.waiting_alerts(now=now)
    waiting = [each for each in due if each.person is not None]
    await tx.outbox.add([replace(each, medium=Medium.EMAIL, due_at=now) for each in waiting])
