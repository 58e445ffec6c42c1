"""Each night, erase what is old of alerts that were filed (BER-54)."""

import logging
from datetime import datetime

from storage.database import Database
from usecases.erase_alerts import erase_alert, to_erase

log = logging.getLogger(__name__)


async def erase_alerts(database: Database, *, months: int, now: datetime) -> None:
    """Erase each by itself: what is in the way of one is not in the next one's.

    :param months: how long an alert is kept after it was closed.
    """
    async with database.transaction() as tx:
        due = await to_erase(tx, months=months, now=now)
    for each in due:
        try:
            async with database.transaction() as tx:
                erased = await erase_alert(tx, id=each, now=now)
        except Exception:
            log.exception("alert %s was not erased", each)
            continue
        if erased:
            log.info("alert %s is erased", each)
