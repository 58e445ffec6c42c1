"""Each minute, ask for the situation reports that are due, and take back old offers (BER-43)."""

from datetime import datetime, timedelta
from typing import Final

from storage.database import Database
from usecases.ask_for_situations import ask_for_situations
from usecases.hand_over_role import withdraw_old_offers

ASK_EVERY: Final = timedelta(minutes=1)


async def ask_situations(database: Database, *, now: datetime) -> bool:
    """Do it, each in a transaction of its own; run again, nothing is asked again.

    :returns: whether anybody is to hear of anything.
    """
    async with database.transaction() as tx:
        asked = await ask_for_situations(tx, now=now)
    async with database.transaction() as tx:
        withdrawn = await withdraw_old_offers(tx, now=now)
    return asked or bool(withdrawn)
