"""Who gets which: the whole house, put together from its settings."""

import logging
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aiohttp import web

from bot.authenticate import trusted_keys, trusted_services
from bot.clock import Clock
from bot.connector import Connector, open_session
from bot.courier import TeamsCourier
from bot.credentials import fetch_for
from bot.framework import Adapter
from bot.settings import Settings
from bot.teams import TeamsDoor
from bot.web import make_app
from domain.notices import Notice
from graph.tokens import Tokens
from scheduler import draw_notices
from scheduler.deliver_outbox import OutboxSender
from scheduler.forget_expired import forget_expired
from scheduler.timetable import Job, Timetable
from storage.database import Database, NotReady, Transaction
from storage.vault import Vault

log = logging.getLogger(__name__)

DELIVER = "deliver-outbox"
CONFIRM_EVERY = timedelta(seconds=2)
FORGET_AT = "17 3 * * *"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The parts that somebody outside needs: the door's app, and what tests look at."""

    app: web.Application
    database: Database
    clock: Clock
    timetable: Timetable
    sender: OutboxSender


def open_database(settings: Settings) -> Database:
    vault = Vault(masters=settings.master_keys, indexes=settings.index_keys)
    return Database(settings.database_url, vault)


@asynccontextmanager
async def open_house(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[House]:
    """Open everything, and close it in the opposite order.

    :raises KeyRefused: when the keys do not fit the database.
    :raises NotReady: when the database cannot be reached or is not migrated.
    """
    clock = clock or Clock()
    async with AsyncExitStack() as stack:
        database = open_database(settings)
        stack.push_async_callback(database.dispose)
        await database.open()
        session = await stack.enter_async_context(open_session())
        tokens = Tokens(fetch_for(settings, session), now=clock.real)
        connector = Connector(session=session, tokens=tokens, trusts=trusted_services(settings))
        sender = OutboxSender(
            database=database,
            courier=TeamsCourier(connector),
            draw=draw_notices.draw,
            not_reached=lambda tx, notice: _not_reached(door, clock, tx, notice),
            now=clock.now,
        )
        door = TeamsDoor(
            database=database,
            adapter=Adapter(connector),
            clock=clock,
            chat_link=f"https://teams.microsoft.com/l/chat/0/0?users=28:{settings.app_id}",
            wake=lambda: timetable.wake(DELIVER),
        )
        timetable = Timetable(
            [
                Job(name=DELIVER, when=settings.deliver_every, run=sender.run),
                Job(
                    name="forget-expired",
                    when=FORGET_AT,
                    run=lambda: forget_expired(
                        database,
                        keep_withdrawn=timedelta(days=settings.withdrawn_kept_days),
                        now=clock.now(),
                    ),
                ),
                Job(name="confirm-turns", when=CONFIRM_EVERY, run=door.confirm),
            ]
        )
        stack.push_async_callback(door.confirm)
        clock.when_moved(timetable.wake_all)
        app = make_app(
            settings=settings,
            keys=trusted_keys(settings, clock=clock.real),
            take_turn=door.take,
            ready=partial(_ready, database),
            clock=clock,
        )
        timetable.start()
        stack.push_async_callback(timetable.stop)
        stack.callback(sender.close)
        yield House(app=app, database=database, clock=clock, timetable=timetable, sender=sender)


async def _not_reached(door: TeamsDoor, clock: Clock, tx: Transaction, notice: Notice) -> None:
    if notice.person is not None:
        door.not_reached(notice.person)
    await draw_notices.not_reached(tx, notice, now=clock.now())


async def _ready(database: Database) -> Collection[str]:
    try:
        await database.check()
    except NotReady as problem:
        log.warning("not ready", extra={"why": problem.code})
        return [problem.code]
    return []
