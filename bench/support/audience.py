"""As many people as a send needs, each with an address, and the books of what they are sent."""

import hashlib
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bench.support.doors import Doors
from bench.support.load import NotAnswered
from bench.support.programs import TENANT
from bot.settings import Settings
from bot.wiring import open_database
from domain.delivery import DeliveryState
from domain.notices import Notice, NoticeKind, Tier
from domain.people import Authority, Office, Organisation, Person, PersonId
from domain.trials import Audience, Trial
from storage.database import Database
from storage.delivery_rows import addresses, outbox
from storage.migrate import upgrade


def conversation(number: int) -> str:
    """Name a person's chat, with an id as long as Teams' own."""
    return "a:1" + hashlib.sha512(b"%d" % number).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Books:
    """One database with everybody in it."""

    database: Database
    people: Sequence[Person] = field(repr=False)
    empty: str  # how what was sent before is forgotten

    async def promise(self, count: int) -> tuple[Trial, float]:
        """Promise the first so many people a letter, and forget earlier ones.

        Else everybody would soon have got as many as a conversation takes in an hour.
        Gives also the seconds that the promise took.
        """
        now = datetime.now(UTC)
        trial = Trial(
            id=uuid.uuid4(), begun_by=self.people[0].id, begun_at=now, audience=Audience.EVERYBODY
        )
        notices = [
            Notice(
                kind=NoticeKind.TRIAL, about=trial.id, due_at=now, person=each.id, tier=Tier.ALERT
            )
            for each in self.people[:count]
        ]
        async with self.database.transaction() as tx:
            await tx.connection.exec_driver_sql(self.empty)
        began = time.perf_counter()
        async with self.database.transaction() as tx:
            await tx.trials.add(trial)
            await tx.outbox.add(notices)
        return trial, time.perf_counter() - began

    async def check(self, trial: Trial, count: int) -> None:
        """Make sure that everything is written down as delivered.

        :raises NotAnswered: when it is not.
        """
        async with self.database.transaction() as tx:
            tally = await tx.standings.tally(
                trial.id, kind=NoticeKind.TRIAL, now=datetime.now(UTC)
            )
        if tally != {DeliveryState.DELIVERED: count}:
            raise NotAnswered(f"of {count} letters the books say {dict(tally)}")


@asynccontextmanager
async def books(settings: Settings, *, teams: Doors, count: int) -> AsyncIterator[Books]:
    """Make the tables, and let so many people move in, each with a chat with the bot."""
    url = settings.database_url
    await upgrade(url)
    database = open_database(settings)
    await database.open()
    people = [_person(number) for number in range(count)]
    try:
        async with database.transaction() as tx:
            await tx.organisation.replace(
                Organisation(people=tuple(people), committees=(), memberships=())
            )
            await tx.connection.execute(
                addresses.insert(),
                [
                    {
                        "person": person.id,
                        "conversation_id": conversation(number),
                        "service_url": teams.service_url,
                        "tenant_id": TENANT,
                        "blocked_why": None,
                        "heard_at": None,
                    }
                    for number, person in enumerate(people)
                ],
            )
        empty = "DELETE FROM" if url.startswith("sqlite") else "TRUNCATE"
        yield Books(database=database, people=people, empty=f"{empty} {outbox.fullname}")
    finally:
        await database.dispose()


def _person(number: int) -> Person:
    return Person(
        id=PersonId(f"person-{number:05}"),
        aad_id=f"b0000000-0000-4000-8000-{number:012}",
        name=f"Person {number}",
        authority=Authority.BUF,
        function="Lærer",
        email=f"p{number}@ssp-demo.example",
        s115_covered=True,
        offices=frozenset() if number else frozenset({Office.SEK}),
    )
