"""Hand somebody their own papers: each is read anew as they may read it at that moment."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.exports import LIES_FOR, OF_ALERTS, Export, ExportKind
from domain.people import Person
from scheduler.lay import File, Make
from scheduler.lay_kinds import HANDED_OUT
from storage.database import Database, Transaction
from usecases.ask_readiness_calendar import readiness_number
from usecases.export_alert import note_export
from usecases.plan_papers import TIER, reference_of

OWN_CALENDAR: Final = "calendar"  # is always to be had, and needs no asking first
_NIL: Final = UUID(int=0)  # of what is had at once, without asking for it before
_OF_ALERT: Final = re.compile(
    rf"(?P<alert>[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})"
    rf"\.(?P<kind>{'|'.join(OF_ALERTS)})"
)

PATTERNS = (_OF_ALERT,)


async def own_papers(
    tx: Transaction, person: Person, *, now: datetime
) -> list[tuple[Export, str]]:
    """List what was made for somebody and they may still read, the newest first.

    Each comes with the number of its meeting or alert, if it is about one.
    """
    laid = await tx.exports.laid_for(person.id, HANDED_OUT, since=now - LIES_FOR)
    return [
        (each, await _number(tx, each)) for each in laid if await _read(tx, each, now) is not None
    ]


async def _number(tx: Transaction, export: Export) -> str:
    """Give the number of what a paper is about, if that has one."""
    if export.kind in OF_ALERTS:
        alert = await tx.alerts.find(export.about)
        return "" if alert is None else alert.reference
    if export.kind in TIER:
        return await reference_of(tx, export.about)
    meeting = await tx.committee_meetings.find(export.about)
    return meeting.reference if meeting else (await readiness_number(tx, export.about))[0]


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
            if make is not None and export is not None and export.id == _NIL:
                await _note(tx, export, person, now=at)
        if make is None:
            return None
        [file] = await asyncio.to_thread(make)
        return file

    return give


async def _find(tx: Transaction, id: str, person: Person, *, now: datetime) -> Export | None:
    if id == OWN_CALENDAR:
        kind = ExportKind.OWN_CALENDAR
        return Export(id=_NIL, kind=kind, about=_NIL, reason=_NIL, by=person.id, at=now)
    if (of_alert := _OF_ALERT.fullmatch(id)) is not None:
        about, kind = UUID(of_alert["alert"]), ExportKind(of_alert["kind"])
        return Export(id=_NIL, kind=kind, about=about, reason=_NIL, by=person.id, at=now)
    laid = await tx.exports.laid_for(person.id, HANDED_OUT, since=now - LIES_FOR)
    return next((each for each in laid if str(each.id) == id), None)


async def _note(tx: Transaction, export: Export, person: Person, *, now: datetime) -> None:
    """Write down who had what of an alert without asking for it before (BER-55)."""
    alert = await tx.alerts.find(export.about) if export.kind in OF_ALERTS else None
    if alert is not None:
        await note_export(tx, alert, export.kind, by=person, now=now)


async def _read(tx: Transaction, export: Export, now: datetime) -> Make | None:
    return await HANDED_OUT[export.kind].read(tx, export, now)
