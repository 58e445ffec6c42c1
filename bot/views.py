"""What the tab can show: each view reads as the person who looks may, and is drawn in words."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.tab import See, View
from cards.papers.calendar import published
from cards.words import speak
from cards.year_page import year_page
from domain.dates import local_date
from domain.people import Person
from storage.database import Database, Transaction
from usecases.my_meetings import my_calendar
from usecases.read_year import read_year

CALENDAR = "ssp-moeder.ics"
FIRST_YEAR, LAST_YEAR = 2000, 2199
Read = Callable[[Transaction, Person, Mapping[str, str], datetime], Awaitable[View | None]]


async def _year(
    tx: Transaction, person: Person, query: Mapping[str, str], now: datetime
) -> View | None:
    today = local_date(now)
    asked = query.get("year", str(today.year))
    if not asked.isdecimal() or not FIRST_YEAR <= int(asked) <= LAST_YEAR:
        return None
    seen = await read_year(tx, by=person, year=int(asked))
    return year_page(seen.paper, seen.meetings, today=today, say=speak(person.language))


async def _calendar(
    tx: Transaction, person: Person, query: Mapping[str, str], now: datetime
) -> View | None:
    """Give somebody's own meetings as a file for their calendar: times, and no agenda (MTG-20)."""
    del query
    entries = await my_calendar(tx, person, now=now)
    content = published(entries, stamped_at=now, say=speak(person.language))
    return {"name": CALENDAR, "kind": "text/calendar", "text": content.decode()}


VIEWS: Mapping[str, Read] = {"year": _year, "calendar": _calendar}


def viewer(database: Database, *, now: Callable[[], datetime]) -> See:
    """Answer for whoever is in our register and has not left."""

    async def see(aad_id: str, view: str, query: Mapping[str, str]) -> View | None:
        read = VIEWS.get(view)
        if read is None:
            return None
        async with database.transaction() as tx:
            person = await tx.people.of_aad(aad_id)
            if person is None or not person.active:
                return None
            return await read(tx, person, query, now())

    return see
