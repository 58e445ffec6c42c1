"""What notices about the register and the week's meetings say at the hour they are sent."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from cards import committees as cards
from cards import directory as directory_cards
from cards import my_meetings as meeting_cards
from cards.own_papers import calendar_ready
from cards.shown import Shown
from cards.words import Say, speak
from domain.dates import local_date
from domain.delivery import Delivery
from domain.directory_changes import Decision
from domain.notices import Notice, NoticeKind
from domain.people import Person
from scheduler.tell_of_the_week import is_to_be_told, of_week
from storage.database import Transaction
from usecases.my_meetings import week_of
from usecases.tell_gaps import gaps_of, of_month

Drawn = Callable[[Transaction, Notice, Person, Say, datetime], Awaitable[Shown | None]]


async def draw_register(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw each by itself; None for what is no longer needed, or no longer theirs."""
    return [await _draw(tx, each.notice, now) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice, now: datetime) -> Shown | None:
    if notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    if not person.active:
        return None
    return await KINDS[notice.kind](tx, notice, person, speak(person.language), now)


async def _gaps(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    """Count what is missing now; nothing of a month that is over."""
    if notice.about != of_month(f"{local_date(now):%Y-%m}") or await tx.people.has_paused(
        person.id
    ):
        return None
    found = await gaps_of(tx, person)
    if not found:
        return None
    missing = sum(each.missing for each in found)
    return cards.gaps_told(missing, len({each.committee for each in found}), say=say)


async def _laid(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    del person, now
    export = await tx.exports.find(notice.about)
    if export is None:
        return None
    return cards.register_laid(export.file, export.why_not or "not_permitted", say=say)


async def _calendar(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    del now
    export = await tx.exports.find(notice.about)
    if export is None or export.by != person.id:
        return None
    return calendar_ready(export, say=say)


async def _week(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    """Name the days of the week's meetings; nothing in another week."""
    if notice.about != of_week(now) or not await is_to_be_told(tx, person, now=now):
        return None
    return meeting_cards.week_ahead(await week_of(tx, person, now=now), say=say)


async def _directory(
    tx: Transaction, notice: Notice, person: Person, say: Say, now: datetime
) -> Shown | None:
    """Count what waits now, and what was entered at once; nothing when all is decided."""
    del notice, person, now
    waiting = await tx.directory.found(Decision.WAITING)
    done = [
        each
        for each in await tx.directory.found(Decision.AGREED, Decision.DONE)
        if each.decided_by is None
    ]
    return directory_cards.changed_told(waiting, len(done), say=say) if waiting or done else None


KINDS: Mapping[NoticeKind, Drawn] = {
    NoticeKind.GAPS: _gaps,
    NoticeKind.REGISTER_LAID: _laid,
    NoticeKind.DIRECTORY_CHANGED: _directory,
    NoticeKind.OWN_CALENDAR_LAID: _calendar,
    NoticeKind.WEEK_AHEAD: _week,
}
