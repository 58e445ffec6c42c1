"""Alerts in the running demo house, laid there directly: the board is about what is shown."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import uuid4

from bot.settings import Settings
from bot.wiring import open_database
from devtools.house import House
from domain.alert_audience import default_audience
from domain.alerts import Alert, Level, Reply, Situation
from domain.people import AreaCode, Person
from storage.database import Database
from usecases.activate_alert import Order, activate_alert
from usecases.answer_alert import answer_alert

ANSWERS = (Reply.JOINING, Reply.RECEIVED, Reply.JOINING, Reply.UNABLE)


@asynccontextmanager
async def database_of(house: House) -> AsyncIterator[Database]:
    opened = open_database(Settings.from_environment(house.settings()))
    await opened.open()
    try:
        yield opened
    finally:
        await opened.dispose()


async def alarmed(
    house: House, *, title: str, area: str, drill: bool = False, ago: timedelta, now: datetime
) -> Alert:
    """Let the Secretariat have activated full effort some time ago, and most have answered."""
    order = Order(
        id=uuid4(),
        level=Level.FULL,
        drill=drill,
        template="H1",
        title=title,
        situation=Situation(
            happened="To grupper mødtes ved stationen, og en rude blev slået ind",
            where="Ved stationen",
            stands="Politiet er til stede, og der er ro",
            done="Gadeplan er på vej",
        ),
        audience=default_audience(frozenset({AreaCode(area)})),
        anyway=True,
        another=True,
    )
    async with database_of(house) as database:
        async with database.transaction() as tx:
            secretariat = next(each for each in await tx.people.all() if each.in_secretariat)
            alert = await activate_alert(tx, order, by=secretariat, now=now - ago)
            people = await tx.people.of_ids(
                {each.person for each in await tx.recipients.of(alert.id)}
            )
        for number, person in enumerate(list(people.values())[:24]):
            reply = ANSWERS[number % len(ANSWERS)]
            await answers(database, alert, person, reply, at=now - ago + number * ago / 30)
    return alert


async def answers(
    database: Database, alert: Alert, person: Person, reply: Reply, *, at: datetime
) -> None:
    async with database.transaction() as tx:
        await answer_alert(tx, id=alert.id, by=person, reply=reply, mail=False, now=at)
