"""Tell everybody on the week's first working day which days they have meetings, if any."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

from domain.dates import local_date
from domain.notices import Notice, NoticeKind
from domain.people import Person
from domain.working_days import is_working_day
from storage.database import Database, Transaction
from usecases.my_meetings import week_of


async def tell_of_the_week(database: Database, *, now: datetime) -> None:
    """Queue a digest for each who has a meeting this week, on its first working day.

    Done again on the same day it tells nobody twice. Each person has a transaction of their
    own, so that nobody waits for all the others to be looked up.
    """
    if not is_first_working_day(now):
        return
    async with database.transaction() as tx:
        people = await tx.people.everybody()
    for person in people:
        async with database.transaction() as tx:
            if await is_to_be_told(tx, person, now=now):
                await tx.outbox.add(
                    [
                        Notice(
                            kind=NoticeKind.WEEK_AHEAD,
                            about=of_week(now),
                            due_at=now,
                            person=person.id,
                        )
                    ]
                )


def is_first_working_day(now: datetime) -> bool:
    """Whether nobody has worked yet in this week: Monday, or the day after a holiday on it."""
    today = local_date(now)
    before = (today - timedelta(days=days) for days in range(1, today.weekday() + 1))
    return is_working_day(today) and not any(map(is_working_day, before))


async def is_to_be_told(tx: Transaction, person: Person, *, now: datetime) -> bool:
    """Whether somebody is at work, wants to be told, and has a meeting this week."""
    if person.id in await tx.absences.away(local_date(now)):
        return False
    if await tx.people.has_paused(person.id):
        return False
    return bool(await week_of(tx, person, now=now))


def of_week(now: datetime) -> UUID:
    """Name a week, so that it is told of once."""
    year, week, _ = local_date(now).isocalendar()
    return uuid5(NAMESPACE_OID, f"week {year:04}-W{week:02}")
