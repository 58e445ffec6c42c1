"""Make links to Teams for readiness meetings that wait for one (BER-41).

Nothing waits for it: people were asked to the meeting before, and hear of the link when it is
there. A maker that fails is asked again, until whoever called the meeting pastes a link instead.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.people import Person
from domain.readiness_meetings import ReadinessMeeting, is_link
from storage.database import Database
from usecases.link_readiness_meeting import give_up_link, put_link

LINK_EVERY: Final = timedelta(seconds=5)
PATIENCE: Final = 10.0  # seconds for one link

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a maker of links is told: a number and an hour, and no word of what it is about."""

    meeting: UUID
    reference: str
    begins_at: datetime
    ends_at: datetime
    organizer: Person = field(repr=False)


MakeLink = Callable[[Wanted], Awaitable[str]]
"""Makes a meeting in Teams, and gives its link. Microsoft Graph does, where it is connected."""


async def link_meetings(database: Database, make: MakeLink | None, *, now: datetime) -> int:
    """Try each meeting once, and say how many have heard something new.

    :param make: none where no maker is connected.
    """
    async with database.transaction() as tx:
        waiting = await tx.readiness_meetings.waiting_for_a_link()
    told = 0
    for meeting in waiting:
        link = "" if make is None else await _made(database, make, meeting)
        async with database.transaction() as tx:
            if link:
                told += await put_link(tx, id=meeting.id, link=link, now=now)
            else:
                told += await give_up_link(tx, id=meeting.id, now=now)
    return told


async def _made(database: Database, make: MakeLink, meeting: ReadinessMeeting) -> str:
    """Ask for a link, with no transaction open; empty where none came in time."""
    async with database.transaction() as tx:
        alert = await tx.alerts.find(meeting.alert)
        organizer = await tx.people.get(meeting.called_by)
    wanted = Wanted(
        meeting=meeting.id,
        reference=f"{alert.reference if alert else ''}/{meeting.number}",
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        organizer=organizer,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            link = await make(wanted)
    except Exception:
        log.exception("no link for meeting %s", meeting.id)
        return ""
    return link if is_link(link) else ""
