"""Each minute, ask for the situation reports that are due, and take back old offers (BER-43)."""

import logging
from datetime import datetime, timedelta
from typing import Final

from storage.database import Database
from usecases.ask_for_situations import ask_for_situations
from usecases.hand_over_role import withdraw_old_offers

ASK_EVERY: Final = timedelta(minutes=1)
DONE: Final = (ask_for_situations, withdraw_old_offers)

log = logging.getLogger(__name__)


async def ask_situations(database: Database, *, now: datetime) -> bool:
    """Do each to each alert in a transaction of its own; run again, nothing is asked again.

    The trouble of one alert is never another's.

    :returns: whether anybody is to hear of anything.
    """
    async with database.transaction() as tx:
        open_ = await tx.alerts.all_open()
    told = False
    for each in open_:
        for do in DONE:
            try:
                async with database.transaction() as tx:
                    told |= await do(tx, id=each, now=now)
            except Exception:
                log.exception("alert %s was not looked after", each)
    return told
