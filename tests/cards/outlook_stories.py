"""What the Secretariat hears of its calendar in Outlook."""

from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

from cards import outlook as cards
from domain.calendar_entries import CalendarEntry, Guest
from domain.dates import local_date
from domain.notices import NoticeKind
from domain.outlook_events import LOOKS_FOR_LINK, TELL_AFTER, ByHand, EventState, OutlookEvent
from tests.cards.guests import Gallery
from tests.support.town import BO, DORTE, VALBY_GROUP
from usecases.change_meeting import call

MEETING = UUID(int=4711)
LONG_NAME = "Koordinationsgruppe **Nord** [x](https://x.example) og Øst"
NOBODY = Guest(name="", email="")


async def outlook_stories(gallery: Gallery) -> None:
    """Let an event lack its link, be refused, and be put back."""
    day = local_date(gallery.now) + timedelta(days=40)
    async with gallery.database.transaction() as tx:
        await call(
            tx,
            id=MEETING,
            committee=VALBY_GROUP.code,
            day=day,
            starts=time(9),
            minutes=60,
            place="",
            purpose="",
            by=BO,
            now=gallery.now,
        )
    there = OutlookEvent(meeting=MEETING, state=EventState.THERE, looks=LOOKS_FOR_LINK)
    by_hand = replace(there, by_hand=ByHand.MOVED, by_hand_at=gallery.now)
    refused = replace(by_hand, tries=TELL_AFTER, trouble="ErrorInvalidRecipients")
    for row, kind in (
        (by_hand, NoticeKind.OUTLOOK_PUT_BACK),
        (by_hand, NoticeKind.OUTLOOK_AMISS),
        (refused, NoticeKind.OUTLOOK_AMISS),
    ):
        async with gallery.database.transaction() as tx:
            before = await tx.outlook.event(MEETING)
            claims = 0 if before is None else before.claims
            await tx.outlook.claim(
                replace(row, claims=claims), now=gallery.now, lease=timedelta(0)
            )
        await gallery.letter(kind, MEETING, DORTE)
    entry = CalendarEntry(
        id=MEETING,
        reference="M2027-0042",
        committee=LONG_NAME,
        day=day,
        starts=time(9),
        minutes=60,
        place="",
        sequence=0,
        organizer=NOBODY,
    )
    many = [cards.PutBack(entry=entry, by_hand=ByHand.DELETED)] * (cards.MOST + 3)
    gallery.hang("outlook, much put back", cards.put_back(many, say=gallery.say))
    alarm = replace(entry, readiness=True, reference="R2027-0001/1")
    gallery.hang("outlook, no link", cards.amiss(alarm, cards.NO_LINK, say=gallery.say))
