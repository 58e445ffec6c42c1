"""Hand somebody their own papers: each is read anew as they may read it at that moment."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.exports import LIES_FOR, Export, ExportKind
from domain.people import Person
from scheduler.lay import File, Make
from scheduler.lay_kinds import HANDED_OUT
from storage.database import Database, Transaction

OWN_CALENDAR: Final = "calendar"  # is always to be had, and needs no asking first
_NIL: Final = UUID(int=0)


async def own_papers(
    tx: Transaction, person: Person, *, now: datetime
) -> list[tuple[Export, str]]:
    """List what was made for somebody and they may still read, the newest first.

    Each comes with the number of its meeting, if it is about one.
    """
    laid = await tx.exports.laid_for(person.id, HANDED_OUT, since=now - LIES_FOR)
    found: list[tuple[Export, str]] = []
    for each in laid:
        if await _read(tx, each, now) is not None:
            meeting = await tx.committee_meetings.find(each.about)
            found.append((each, "" if meeting is None else meeting.reference))
    return found


def giver(
    database: Database, *, now: Callable[[], datetime]
) -> Callable[[str, str], Awaitable[File | None]]:
    """Give somebody (by Entra object id) a paper of their own; None for any other."""

    async def give(aad_id: str, id: str) -> File | None:
        at = now()
        async with database.transaction() as tx:
            person = await tx.people.of_aad(aad_id)
            if person is None or not person.active:
                return None
            export = await _find(tx, id, person, now=at)
            make = None if export is None else await _read(tx, export, at)
        if make is None:
            return None
        [file] = await asyncio.to_thread(make)
        return file

    return give


async def _find(tx: Transaction, id: str, person: Person, *, now: datetime) -> Export | None:
    if id == OWN_CALENDAR:
        kind = ExportKind.OWN_CALENDAR
        return Export(id=_NIL, kind=kind, about=_NIL, reason=_NIL, by=person.id, at=now)
    laid = await tx.exports.laid_for(person.id, HANDED_OUT, since=now - LIES_FOR)
    return next((each for each in laid if str(each.id) == id), None)


async def _read(tx: Transaction, export: Export, now: datetime) -> Make | None:
    return await HANDED_OUT[export.kind].read(tx, export, now)
