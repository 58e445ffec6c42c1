"""Each morning, tend the cases: those that nobody leads, and those that have gone quiet."""

from datetime import datetime

from storage.database import Database
from usecases.tend_cases import remind_of_no_lead, warn_of_quiet


async def tend_cases(database: Database, *, now: datetime) -> None:
    """Tell the facilitators of both; twice is no harm, for nothing is promised twice."""
    async with database.transaction() as tx:
        await remind_of_no_lead(tx, now=now)
        await warn_of_quiet(tx, now=now)
