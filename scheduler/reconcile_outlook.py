"""Compare Outlook with the meetings each night, and put back what was changed there by hand."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID, uuid5

from domain.calendar_entries import uid_of
from domain.dates import local_date
from domain.notices import Notice, NoticeKind
from domain.outlook_events import ActualEvent, ByHand, OutlookEvent, transaction_of
from domain.people import Office
from domain.periods import moment
from graph.calendar import Calendar, actual_of
from graph.calls import Answer, GraphRefused
from storage.database import Database, Transaction

KEPT_FOR: Final = timedelta(days=30)  # after the meeting
TOLD_AT: Final = time(7, 30)
A_DAY: Final = timedelta(days=1)
AT_ONCE: Final = 20
_NAMESPACE: Final = UUID("0e3b0a1a-0f1e-5a57-8d35-9d5f7a8f2c11")

log = logging.getLogger(__name__)


async def reconcile_outlook(database: Database, calendar: Calendar, *, now: datetime) -> int:
    """Find what is not in Outlook as we put it, and let it be put back; give how much.

    The Secretariat reads in the morning what it was. What others have in that calendar is
    nobody's business here.

    :raises GraphTrouble: when Outlook cannot be read; then nothing is changed.
    """
    async with database.transaction() as tx:
        await tx.outlook.forget(before=now - KEPT_FOR)
        rows = await tx.outlook.standing(now=now)
    if not rows:
        return 0
    last = max(each.ends_at for each in rows if each.ends_at)
    listed = {each.id: each for each in await calendar.between(now, last + A_DAY)}
    listed |= await _elsewhere(calendar, [each for each in rows if each.graph_id not in listed])
    changed = [each for row in rows if (each := _judged(row, listed.get(row.graph_id), now=now))]
    await _remove_doubles(calendar, rows, listed)
    async with database.transaction() as tx:
        noted = [
            each
            for each in changed
            if await tx.outlook.claim(each, now=now, lease=timedelta()) is not None
        ]
        if any(each.by_hand_at == now for each in noted):
            await _tell(tx, now=now)
    log.info(
        "outlook is reconciled",
        extra={"ours": len(rows), "there": len(listed), "put_back": len(noted)},
    )
    return len(noted)


def told_on(day: datetime) -> UUID:
    """Name what was found in one night, the same on every replica."""
    return uuid5(_NAMESPACE, local_date(day).isoformat())


def _judged(
    row: OutlookEvent, actual: ActualEvent | None, *, now: datetime
) -> OutlookEvent | None:
    """Say how it is to be mended; None where it is as we put it."""
    if not row.is_free(now) or row.begins_at is None or row.ends_at is None:
        return None  # somebody is at it
    if actual is None or actual.off:
        log.warning("event of meeting %s was deleted by hand", row.meeting)
        return replace(row, by_hand=ByHand.DELETED, by_hand_at=now).anew()
    if not actual.is_at(row.begins_at, row.ends_at):
        log.warning("event of meeting %s was moved by hand", row.meeting)
        return replace(row, fingerprint="", by_hand=ByHand.MOVED, by_hand_at=now)
    if actual.join_link and not row.join_link:
        return replace(row, join_link=actual.join_link, looks=0)
    if row.join_link and not actual.join_link:
        log.warning("event of meeting %s has lost its link", row.meeting)
        return replace(row, join_link="", looks=0, look_at=None)
    return None


async def _elsewhere(
    calendar: Calendar, rows: Sequence[OutlookEvent]
) -> Mapping[str, ActualEvent]:
    """Look for what is not among the hours to come: moved to others, or not there at all.

    :raises GraphTrouble: when that cannot be told.
    """
    found: dict[str, ActualEvent] = {}
    came = await calendar.do([calendar.look(each) for each in rows])
    for row, what in zip(rows, came, strict=True):
        if isinstance(what, Answer):
            if (actual := actual_of(what.body)) is not None:
                found[row.graph_id] = actual
        elif not (isinstance(what, GraphRefused) and what.status == HTTPStatus.NOT_FOUND):
            raise what
    return found


async def _remove_doubles(
    calendar: Calendar, rows: Sequence[OutlookEvent], listed: Mapping[str, ActualEvent]
) -> None:
    """Remove what we made and do not know of, should Exchange ever have made one twice."""
    ours = {each.graph_id for each in rows}
    names = {name: row for row in rows for name in _names(row)}
    doubles = [
        replace(names[each.transaction], graph_id=each.id, guests=())
        for each in listed.values()
        if each.transaction in names and each.id not in ours
    ]
    for each in doubles[:AT_ONCE]:
        log.warning("a second event of meeting %s is removed", each.meeting)
    await calendar.do([calendar.remove(each) for each in doubles[:AT_ONCE]])


def _names(row: OutlookEvent) -> Iterator[str]:
    """Give every name under which an event of this meeting was ever made."""
    for revision in range(row.revision + 1):
        yield str(transaction_of(uid_of(row.meeting), revision))


async def _tell(tx: Transaction, *, now: datetime) -> None:
    """Let the Secretariat read in the morning what was put back."""
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.OUTLOOK_PUT_BACK,
                about=told_on(now),
                due_at=max(now, moment(local_date(now), TOLD_AT)),
                person=each.id,
            )
            for each in await tx.people.of_office(Office.SEK)
        ]
    )
