"""Take back messages in Teams that show something of who has been erased: as well as we can."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from domain.delivery import NotDelivered
from storage.database import Database
from storage.shown_cards import ShownCard

RECALL_EVERY: Final = timedelta(minutes=1)
AT_MOST: Final = 20  # a minute: nobody waits for it
AGAIN_AFTER: Final = timedelta(hours=1)
TRIES: Final = 24

log = logging.getLogger(__name__)

TakeBack = Callable[[ShownCard], Awaitable[None]]


async def recall_cards(
    database: Database,
    take_back: TakeBack,
    *,
    now: Callable[[], datetime],
) -> None:
    """Take back some of them; tried again each hour, for a day (AC-DATA-03, best effort).

    :param take_back: raises NotDelivered when Teams did not confirm it.
    """
    async with database.transaction() as tx:
        claimed = await tx.shown_cards.claim_recalls(now=now(), lease=AGAIN_AFTER, at_most=AT_MOST)
    gone, lost = list[int](), list[int]()
    for each in claimed:
        try:
            await take_back(each.card)
            gone.append(each.id)
        except NotDelivered as problem:
            if each.attempts >= TRIES:
                lost.append(each.id)
            log.info("a card was not taken back: %s", problem, extra={"try": each.attempts})
    if lost:
        log.warning("cards stay in Teams, not taken back", extra={"count": len(lost)})
    if gone or lost:
        async with database.transaction() as tx:
            await tx.shown_cards.recalled([*gone, *lost])
        log.info("cards taken back", extra={"count": len(gone)})
