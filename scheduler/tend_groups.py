"""Each morning, tend the concern groups: labels that expire, and what is due (GRP-5, GRP-6)."""

from datetime import datetime

from storage.database import Database
from usecases.tend_groups import ask_for_labels, expire_labels, tell_of_reviews


async def tend_groups(database: Database, *, now: datetime) -> None:
    """Do all three together; twice is no harm."""
    async with database.transaction() as tx:
        await expire_labels(tx, now=now)
        await ask_for_labels(tx, now=now)
        await tell_of_reviews(tx, now=now)
