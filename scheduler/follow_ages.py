"""Each night, look who has turned 17, 17½, 18 or 26, and what SSP+ should ask by now."""

import logging
from datetime import datetime

from domain.gates import Purpose
from domain.plus import HEADS_UP_AT_MONTHS
from storage.database import Database
from usecases.follow_ages import follow_age
from usecases.tell_outcomes import tell_outcomes_due

log = logging.getLogger(__name__)


class NotAllFollowed(Exception):
    """Some cases could not be looked at; the others were."""


async def follow_ages(
    database: Database, *, heads_up_at_months: int = HEADS_UP_AT_MONTHS, now: datetime
) -> None:
    """Follow every running case, each by itself: the trouble of one is not another's.

    It is the same whenever it is done, and twice is no harm (AGE-6).

    :raises NotAllFollowed: when something went wrong with a case; then it is tried again.
    """
    async with database.transaction() as tx:
        running = [each.id for each in await tx.cases.running()]
        await tx.audit.record(
            at=now,
            actor=None,
            action="case.follow_ages",
            about=str(len(running)),
            result="ok",
            purpose=Purpose.CRIME_PREVENTION,
        )
    failed = 0
    for each in running:
        try:
            async with database.transaction() as tx:
                case = await tx.cases.hold(each)
                if case is not None:
                    await follow_age(tx, case, heads_up_at_months=heads_up_at_months, now=now)
        except Exception:
            failed += 1
            log.exception("case %s: its age could not be followed", each)
    async with database.transaction() as tx:
        await tell_outcomes_due(tx, now=now)
    if failed:
        raise NotAllFollowed(f"{failed} of {len(running)}")
