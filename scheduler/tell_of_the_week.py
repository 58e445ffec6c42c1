"""Tell everybody on the week's first working day which days they have meetings, if any."""

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from domain.dates import local_date
from domain.notices import Notice, NoticeKind
from domain.people import Person
from storage.database import Database, Transaction
from usecases.my_meetings import week_of


async def tell_of_the_week(database: Database, *, now: datetime) -> None:
    """Queue a digest for each who has a meeting this week, from today on.

    Done again in the same week it tells nobody twice. Each person has a transaction of their
    own, so that nobody waits for all the others to be looked up.
    """
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
