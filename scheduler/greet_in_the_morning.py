"""Tell everybody in the morning how much waits for them, where something does."""

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from domain.dates import local_date
from domain.duties import load_of
from domain.notices import Notice, NoticeKind
from domain.people import Person
from domain.working_days import is_working_day
from storage.database import Database, Transaction
from usecases.read_duties import duties_of


async def greet_in_the_morning(database: Database, *, now: datetime) -> None:
    """Queue a digest for each who has something to do and is at work.

    Done again on the same day it tells nobody twice. Each person has a transaction of their
    own, so that nobody waits for all the others to be counted.
    """
    today = local_date(now)
    if not is_working_day(today):
        return
    async with database.transaction() as tx:
        people = [
            each for each in await tx.people.everybody() if each.active and each.s115_covered
        ]
    for person in people:
        async with database.transaction() as tx:
            if await is_to_be_told(tx, person, now=now):
                await tx.outbox.add([_digest(person, now)])


async def is_to_be_told(tx: Transaction, person: Person, *, now: datetime) -> bool:
    """Whether somebody is at work, wants to be told, and has something to do."""
    today = local_date(now)
    if person.id in await tx.absences.away(today) or await tx.people.has_paused(person.id):
        return False
    return load_of(await duties_of(tx, person, now=now), today=today).duties > 0


def _digest(person: Person, now: datetime) -> Notice:
    return Notice(kind=NoticeKind.DIGEST, about=of_day(now), due_at=now, person=person.id)


def of_day(now: datetime) -> UUID:
    """Name a morning, so that it greets once."""
    return uuid5(NAMESPACE_OID, f"digest {local_date(now).isoformat()}")
