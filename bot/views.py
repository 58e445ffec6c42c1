"""What the tab can show: each view reads as the person who looks may, and is drawn in words."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot import board
from bot.tab import See, View
from cards.board import frame
from cards.own_papers import papers_list
from cards.words import speak
from cards.year_page import year_page
from domain.dates import local_date
from domain.people import Person
from scheduler.hand_out import own_papers
from storage.database import Database, Transaction
from usecases.read_year import read_year

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
    say = speak(person.language)
    papers = await own_papers(tx, person, now=now)
    return {
        **frame(say=say),
        **year_page(seen.paper, seen.meetings, today=today, say=say),
        "papers": papers_list(papers, say=say),
    }


VIEWS: Mapping[str, Read] = {
    "year": _year,
    "board": board.board,
    "alert": board.alert,
    "figures": board.figures,
}


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
