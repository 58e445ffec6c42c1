"""Show an alert as it stands on the letters that Teams has of it: corrected, answered, over."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from cards.shown import Shown
from domain.delivery import NotDelivered
from scheduler.draw_alerts import draw_letters
from storage.alert_letters import Redraw
from storage.database import Database, Transaction
from storage.shown_cards import ShownCard

REDRAW_EVERY: Final = timedelta(seconds=2)
AT_MOST: Final = 20  # people at a time: what is sent for the first time goes ahead
AGAIN_AFTER: Final = timedelta(seconds=15)  # and later each time
TRIES: Final = 22  # in an hour
GONE: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

log = logging.getLogger(__name__)

Update = Callable[[ShownCard, Shown], Awaitable[None]]


async def redraw_alerts(
    database: Database, update: Update, *, now: Callable[[], datetime]
) -> None:
    """Redraw some of them, as well as we can: whoever presses an old card sees it as it is.

    :param update: puts a card in the place of one; raises NotDelivered when Teams refuses.
    """
    async with database.transaction() as tx:
        claimed = await tx.alert_letters.claim(now=now(), lease=AGAIN_AFTER, at_most=AT_MOST)
    done = [
        each
        for each in claimed
        if await _updated(each, await _looked(database, each, now=now()), update)
    ]
    if done:
        async with database.transaction() as tx:
            await tx.alert_letters.redrawn(done)


async def _looked(
    database: Database, redraw: Redraw, *, now: datetime
) -> Sequence[tuple[ShownCard, Shown]] | None:
    """Draw it apart from all others; what cannot be drawn now is tried again like a refusal."""
    try:
        async with database.transaction() as tx:
            return await _drawn(tx, redraw, now=now)
    except Exception:
        log.exception("a letter of alert %s was not drawn", redraw.alert)
        return None


async def _drawn(
    tx: Transaction, redraw: Redraw, *, now: datetime
) -> Sequence[tuple[ShownCard, Shown]] | None:
    """Draw what somebody has of it; None while another is on its way to them."""
    whose = [redraw.person]
    if await tx.alert_letters.being_sent(redraw.alert, whose):
        return None
    letters = (await tx.alert_letters.to(redraw.alert, whose)).get(redraw.person, [])
    address = await tx.addresses.of(redraw.person)
    if address is None:
        return []
    shown = await draw_letters(tx, [each.notice for each in letters], now=now)
    return [
        (
            ShownCard(
                conversation=address.conversation_id,
                activity=letter.activity,
                service_url=address.service_url,
            ),
            each,
        )
        for letter, each in zip(letters, shown, strict=True)
        if each is not None
    ]


async def _updated(
    redraw: Redraw, cards: Sequence[tuple[ShownCard, Shown]] | None, update: Update
) -> bool:
    """Put them where they are; say whether nothing is left to do."""
    gives_up = redraw.attempts >= TRIES
    if cards is None:
        return gives_up
    done = True
    for card, shown in cards:
        try:
            await update(card, shown)
        except NotDelivered as problem:
            log.info("a letter was not redrawn: %s", problem, extra={"try": redraw.attempts})
            done = done and problem.status in GONE
    if not done and gives_up:
        log.warning("a letter of an alert stays as it was", extra={"about": str(redraw.alert)})
    return done or gives_up
