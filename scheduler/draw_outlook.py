"""What notices about Outlook say at the hour they are sent, to the Secretariat (MTG-15)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from cards import outlook as cards
from cards.shown import Shown
from cards.words import Say, speak
from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind
from domain.outlook_events import TELL_AFTER
from storage.database import Transaction
from usecases.outlook_meetings import named

KINDS: Final = frozenset({NoticeKind.OUTLOOK_AMISS, NoticeKind.OUTLOOK_PUT_BACK})
SINCE: Final = timedelta(hours=24)


async def draw_outlook(
    tx: Transaction, deliveries: Sequence[Delivery], *, now: datetime
) -> list[Shown | None]:
    """Draw each by itself; None for what is as it should be by now."""
    return [await _draw(tx, each.notice, now) for each in deliveries]


async def _draw(tx: Transaction, notice: Notice, now: datetime) -> Shown | None:
    if notice.person is None:
        return None
    person = await tx.people.get(notice.person)
    if not (person.active and person.in_secretariat):
        return None
    say = speak(person.language)
    if notice.kind is NoticeKind.OUTLOOK_AMISS:
        return await _amiss(tx, notice, say)
    return await _put_back(tx, say, now)


async def _amiss(tx: Transaction, notice: Notice, say: Say) -> Shown | None:
    """Say what is still wrong; nothing once it is not."""
    row, entry = await tx.outlook.event(notice.about), await named(tx, notice.about)
    if row is None or entry is None:
        return None
    meeting = await tx.committee_meetings.find(notice.about)
    if row.trouble and row.tries >= TELL_AFTER:
        return cards.amiss(entry, cards.REFUSED, code=row.trouble, opens=meeting, say=say)
    if row.has_no_link:
        return cards.amiss(entry, cards.NO_LINK, opens=meeting, say=say)
    return None


async def _put_back(tx: Transaction, say: Say, now: datetime) -> Shown | None:
    found = [
        cards.PutBack(entry=entry, by_hand=each.by_hand)
        for each in await tx.outlook.put_back_since(now - SINCE)
        if each.by_hand is not None and (entry := await named(tx, each.meeting)) is not None
    ]
    return cards.put_back(found, say=say) if found else None
