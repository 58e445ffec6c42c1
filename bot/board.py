"""The views of readiness that the tab can show: the board, one alert, and figures."""

from collections.abc import Mapping
from datetime import datetime

from bot.tab import View
from cards.board import board_page
from cards.board_alert import alert_page
from cards.board_figures import figures_page
from cards.words import speak
from domain.errors import RuleBroken
from domain.people import Person
from scheduler.alert_papers import looked
from storage.database import Transaction
from usecases.see_board import find_closer, see_board
from usecases.see_figures import see_figures


async def board(
    tx: Transaction, person: Person, query: Mapping[str, str], now: datetime
) -> View | None:
    """Show every open alert somebody may see, drills by themselves."""
    del query
    seen = await see_board(tx, by=person, now=now)
    return board_page(
        seen.live,
        seen.drills,
        situations=seen.situations,
        reports=seen.reports,
        people=seen.people,
        now=now,
        say=speak(person.language),
    )


async def alert(
    tx: Transaction, person: Person, query: Mapping[str, str], now: datetime
) -> View | None:
    """Show one alert, open or over; None where there is none that they may see."""
    try:
        closer = await find_closer(tx, query.get("alert", ""), by=person, now=now)
    except RuleBroken:
        return None
    return alert_page(looked(closer), now=now, say=speak(person.language))


async def figures(
    tx: Transaction, person: Person, query: Mapping[str, str], now: datetime
) -> View | None:
    """Show figures of what somebody may see."""
    del query
    seen = await see_figures(tx, by=person, now=now)
    return figures_page(seen.incidents, seen.drills, seen.compared, say=speak(person.language))
