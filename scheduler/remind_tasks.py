"""Remind owners of tasks from decisions that are late, once a week until they are done."""

from datetime import datetime

from domain.dates import local_date
from domain.decision_tasks import late
from storage.database import Database


async def remind_tasks(database: Database, *, now: datetime) -> None:
    """Tell each owner of what has been late for another week; told again, it is told once."""
    async with database.transaction() as tx:
        open_tasks = await tx.decision_tasks.open_before(local_date(now))
        told = [late(each, now=now) for each in open_tasks]
        await tx.outbox.add([each for each in told if each is not None])
