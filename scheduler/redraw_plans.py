"""Show a year plan as it stands on the cards in Teams that show it already."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from cards import year_plans as cards
from cards.shown import Shown
from cards.words import Say, speak
from domain.delivery import NotDelivered
from domain.plan_runs import PlanRun, PlanState
from storage.database import Database
from storage.shown_cards import ShownCard

log = logging.getLogger(__name__)

Update = Callable[[ShownCard, Shown], Awaitable[None]]
_DRAWN: Mapping[PlanState, Callable[[PlanRun, Say], Shown]] = {
    PlanState.WAITING: lambda run, say: cards.computing(run, say=say),
    PlanState.APPROVED: lambda run, say: cards.publishing(run, say=say),
}


def _ready(run: PlanRun, say: Say) -> Shown:
    return cards.ready(run, say=say)


async def redraw_plan(database: Database, update: Update, plan: UUID) -> None:
    """Update them, as well as we can: whoever misses it can press, and gets a message at the end.

    :param update: puts a card in the place of one; raises NotDelivered when Teams refuses.
    """
    async with database.transaction() as tx:
        run = await tx.year_plans.find(plan)
        showing = await tx.shown_cards.showing(plan)
        readers = await tx.addresses.people_in([each.conversation for each in showing])
        languages = await tx.people.languages(list(readers.values()))
    if run is None:
        return
    for card in showing:
        reader = readers.get(card.conversation)
        if reader is None:
            continue
        draw = _DRAWN.get(run.state, _ready)
        try:
            await update(card, draw(run, speak(languages.get(reader))))
        except NotDelivered as problem:
            log.info("a card was not updated: %s", problem)
