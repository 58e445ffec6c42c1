"""Each morning, tend the cases: without a lead, gone quiet, or at a meeting nobody ended."""

from datetime import datetime

from storage.database import Database
from usecases.end_meeting import end_forgotten
from usecases.tend_cases import remind_of_no_lead, warn_of_quiet


async def tend_cases(database: Database, *, now: datetime) -> None:
    """Tell the facilitators, and end what nobody ended; twice is no harm."""
    async with database.transaction() as tx:
        await remind_of_no_lead(tx, now=now)
        await warn_of_quiet(tx, now=now)
        await end_forgotten(tx, now=now)
