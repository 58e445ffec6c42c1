"""Each minute, look whose period runs out: nothing ends or goes on in silence (BER-56)."""

import logging
from datetime import datetime, timedelta
from typing import Final

from domain.alert_periods import REMIND_BEFORE, WITHOUT_PERIOD
from storage.database import Database
from usecases.tend_periods import tend_period

TEND_EVERY: Final = timedelta(minutes=1)

log = logging.getLogger(__name__)


async def tend_periods(database: Database, *, now: datetime) -> int:
    """Remind and expire what is due, each alert in a transaction of its own; say how many.

    What is due is asked of the database, so a restart skips nothing; the trouble of one alert is
    never another's.
    """
    async with database.transaction() as tx:
        due = await tx.alerts.ending(before=now + max(REMIND_BEFORE), left_by=now - WITHOUT_PERIOD)
    tended = 0
    for each in due:
        try:
            async with database.transaction() as tx:
                ran_out = await tend_period(tx, id=each, now=now)
        except Exception:
            log.exception("the period of alert %s was not tended", each)
            continue
        if ran_out:
            log.info("the period of alert %s has run out", each)
        tended += 1
    return tended
