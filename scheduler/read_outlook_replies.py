"""Read from Outlook who comes and who does not, every ten minutes (MTG-17)."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from graph.calendar import Calendar, actual_of
from graph.calls import GraphRefused, GraphTrouble
from scheduler.put_in_outlook import rest_for
from storage.database import Database
from storage.outlook import Held
from usecases.answer_from_outlook import GIVEN, answer_from_outlook

READ_EVERY: Final = timedelta(minutes=10)
TASK: Final = "replies"
LEASE: Final = timedelta(minutes=15)
BEHIND: Final = timedelta(days=1)
AHEAD: Final = timedelta(days=550)  # a plan is published for the next year, in autumn
ANEW_AFTER: Final = timedelta(days=90)  # the hours that a link is bound to have moved on
# What Graph says when a link is too old; then everything is read again.
STALE: Final = frozenset({"syncStateNotFound", "syncStateInvalid", "resyncRequired"})

Now = Callable[[], datetime]

log = logging.getLogger(__name__)


async def read_outlook_replies(
    database: Database, calendar: Calendar, *, wake: Callable[[], None] = lambda: None, now: Now
) -> None:
    """Take every answer since the last time; read again, it changes nothing more.

    Where to go on from is kept once everything before it was taken, so that a crash loses none.
    """
    async with database.transaction() as tx:
        held = await tx.outlook.take(TASK, now=now(), lease=LEASE)
    if held is None:
        return
    rests: timedelta | None = None
    try:
        held = await _read(database, calendar, _begun(held, now()), wake=wake, now=now)
    except GraphTrouble as trouble:
        rests = rest_for(trouble)
        log.warning("no answers from outlook: %s", trouble.code)
    finally:
        async with database.transaction() as tx:
            until = None if rests is None else now() + rests
            await tx.outlook.let_go(held, now=now(), rests_until=until)


def _begun(held: Held, now: datetime) -> Held:
    """Go on from where we were, unless that is long ago."""
    if held.link and held.reads_from and held.reads_from > now - ANEW_AFTER:
        return held
    return replace(held, link="", reads_from=now - BEHIND)


async def _read(
    database: Database, calendar: Calendar, held: Held, *, wake: Callable[[], None], now: Now
) -> Held:
    try:
        link = await _read_on(database, calendar, held, wake=wake, now=now)
    except GraphRefused as refusal:
        stale = refusal.status == HTTPStatus.GONE or STALE & set(refusal.codes)
        if not (held.link and stale):
            raise
        log.info("outlook has forgotten where we were; everything is read again")
        held = replace(held, link="", reads_from=now() - BEHIND)
        link = await _read_on(database, calendar, held, wake=wake, now=now)
    return replace(held, link=link)


async def _read_on(
    database: Database, calendar: Calendar, held: Held, *, wake: Callable[[], None], now: Now
) -> str:
    """Take what is new page by page, each event in a transaction; give where to go on from."""
    first = held.reads_from or now() - BEHIND
    link = held.link
    async for page in calendar.changes(held.link, first=first, last=first + AHEAD):
        for each in page.items:
            actual = actual_of(each)
            if actual is None or not any(who.response in GIVEN for who in actual.attendees):
                continue
            async with database.transaction() as tx:
                taken = await answer_from_outlook(tx, actual, now=now())
            if taken:
                wake()
        link = page.delta_link or link
    return link
