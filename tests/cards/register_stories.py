"""The stories of the register: committees, seats, colleagues, places, gaps; and one's meetings."""

from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

from cards import committees as cards
from cards import my_meetings as meeting_cards
from cards.own_papers import calendar_ready
from domain.committee_meetings import CommitteeMeeting, Invitation, Reply
from domain.dates import local_date
from domain.delivery import Delivery
from domain.exports import Export, ExportKind
from domain.notices import Notice, NoticeKind
from domain.people import Institution, Person
from domain.representation import INSTITUTION_KINDS
from scheduler.draw_notices import draw
from scheduler.tell_of_the_week import of_week
from tests.cards.directory_stories import directory_stories
from tests.cards.guests import Gallery
from tests.support.town import (
    ANNA,
    CARL,
    DORTE,
    LARS,
    LIV,
    SOFIE,
    STINE,
    ULLA,
    VALBY_GROUP,
)
from usecases.tell_gaps import of_month

MEETINGS = 6
SCHOOL = Institution(area=VALBY_GROUP.areas[0], kind="school", name="Vindrosestiens Skole")


async def register_stories(gallery: Gallery) -> None:
    """Keep the register, see what is missing, and see one's own meetings."""
    await _committees(gallery)
    await _seats(gallery)
    await _people(gallery)
    await _places(gallery)
    await _meetings(gallery)
    await _notices(gallery)
    await directory_stories(gallery)


async def _committees(gallery: Gallery) -> None:
    dorte = gallery.guest(DORTE, "committees")
    for words in ("udvalg", "udvalg gruppe", "udvalg ingen ved det navn", "udvalg KG5"):
        await dorte.types(words)
    await dorte.presses("committee.history")
    for person in (DORTE, LARS):
        await gallery.guest(person, f"gaps {person.id}").types("huller")
    await dorte.types("eksportér register")


async def _seats(gallery: Gallery) -> None:
    stine = gallery.guest(STINE, "seats")
    await stine.types("udvalg")
    await stine.types("udvalg KG5")
    await stine.presses("seat.give")
    await stine.fills({"name": "ingen ved det navn"})
    await stine.fills({"name": "anna", "person": ANNA.id, "slot": "KG.4", "seat": "member"})
    await stine.fills({"leader": LARS.id})
    await stine.presses("form.send")
    await stine.presses("committee.open")
    await stine.presses("committee.history")
    await stine.types("udvalg KG5")
    await stine.presses("seat.take")
    await stine.fills({"held": f"{ANNA.id}/member"})
    await stine.presses("form.send")
    await stine.types("udvalg KG5")
    await stine.presses("committee.history")


async def _people(gallery: Gallery) -> None:
    stine = gallery.guest(STINE, "colleagues")
    await stine.types("ny kollega")
    await stine.fills(
        {
            "name": ULLA.name,
            "aad_id": "a0000000-0000-4000-8000-00000000cafe",
            "authority": "KFF",
            "function": "Bibliotekar",
            "email": "ulla2@ssp-demo.example",
            "phone": "+45 00 00 00 99",
        }
    )
    await stine.presses("form.send")
    await stine.types(f"rolle {LIV.name}")
    await stine.presses("colleague.change")
    await stine.fills({"function": LIV.function, "email": LIV.email, "phone": "33 66 00 01"})


async def _places(gallery: Gallery) -> None:
    stine = gallery.guest(STINE, "places")
    await stine.types("udvalg LU-VAL")
    await stine.presses("place.list")
    for kind in INSTITUTION_KINDS:
        await stine.presses("place.add")
        await stine.fills({"kind": kind, "name": SCHOOL.name})
        await stine.presses("committee.open")
        await stine.presses("place.list")
    await stine.presses("place.rename")
    await stine.fills({"place": f"school/{SCHOOL.name}", "name": "Kløverengens Skole"})
    await stine.presses("committee.open")
    await stine.presses("place.list")
    await stine.presses("place.drop")
    await stine.fills({"place": "school/Kløverengens Skole"})
    await stine.presses("form.send")


async def _meeting(gallery: Gallery, number: int, person: Person) -> CommitteeMeeting:
    """Let there be a meeting that somebody is asked to, and may have answered."""
    replies = [None, *Reply]
    async with gallery.database.transaction() as tx:
        day = local_date(gallery.now) + timedelta(days=number + 1)
        meeting = CommitteeMeeting(
            id=uuid4(),
            reference=f"M{day.year}-9{number:03}",
            committee=VALBY_GROUP.code,
            year=day.year,
            number=None,
            day=day,
            starts=time(9),
            minutes=120,
            called_at=gallery.now,
        )
        await tx.committee_meetings.add([meeting])
        reply = replies[number % len(replies)]
        if reply is not None:
            own = Invitation(
                meeting=meeting.id,
                person=person.id,
                slot="KG.5",
                reply=reply,
                asked_at=gallery.now,
            )
            await tx.committee_meetings.invite([own])
    return meeting


async def _meetings(gallery: Gallery) -> None:
    await gallery.guest(ANNA, "no meetings").types("næste møde")
    await gallery.guest(ANNA, "none of mine").types("mine møder")
    for number in range(MEETINGS):
        await _meeting(gallery, number, CARL)
    carl = gallery.guest(CARL, "meetings")
    await carl.types("mine møder")
    await carl.presses("my_meetings.more")
    await carl.presses("my_meetings.calendar")
    await carl.types("næste møde")
    days = [local_date(gallery.now) + timedelta(days=each) for each in (1, 1, 3)]
    gallery.hang("a week of meetings", meeting_cards.week_ahead(days, say=gallery.say))


async def _notices(gallery: Gallery) -> None:
    month = of_month(f"{local_date(gallery.now):%Y-%m}")
    laid = Export(
        id=uuid4(),
        kind=ExportKind.REGISTER,
        about=uuid4(),
        reason=uuid4(),
        by=DORTE.id,
        at=gallery.now,
    )
    own = replace(laid, id=uuid4(), kind=ExportKind.OWN_CALENDAR, by=CARL.id)
    async with gallery.database.transaction() as tx:
        await tx.exports.ask(laid)
        await tx.exports.settle(laid.id, files="register-2026.zip", why_not=None, at=gallery.now)
        await tx.exports.ask(own)
        await tx.exports.settle(own.id, files="moeder-0b1c.ics", why_not=None, at=gallery.now)
        for kind, about, person in (
            (NoticeKind.GAPS, month, LARS),
            (NoticeKind.REGISTER_LAID, laid.id, DORTE),
            (NoticeKind.OWN_CALENDAR_LAID, own.id, CARL),
            (NoticeKind.WEEK_AHEAD, of_week(gallery.now), SOFIE),
        ):
            notice = Notice(kind=kind, about=about, due_at=gallery.now, person=person.id)
            delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
            [shown] = await draw(tx, [delivery], checks={}, now=gallery.now)
            gallery.hang(f"notice {kind}", shown)
    for why in ("no_folder", "not_permitted", "failed"):
        gallery.hang(f"no register {why}", cards.register_laid(None, why, say=gallery.say))
    gallery.hang("no calendar", calendar_ready(replace(own, why_not="failed"), say=gallery.say))
