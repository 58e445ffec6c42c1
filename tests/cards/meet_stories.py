"""The stories of a committee's meeting: called, answered, stood in for, moved and cancelled."""

from dataclasses import replace
from datetime import date, timedelta

from cards import meet as cards
from domain.committee_meetings import CommitteeMeeting, DeadlineKind, Reply
from domain.dates import local_date
from domain.expected import ExpectedSlot, Seated
from domain.meeting_deadlines import BEFORE
from domain.notices import NoticeKind
from domain.people import Authority, Membership, PersonId, Seat
from domain.working_days import is_working_day
from tests.cards.guests import Gallery
from tests.cards.microsoft_stories import microsoft_stories
from tests.cards.outlook_stories import outlook_stories
from tests.support.town import BO, CARL, DORTE, LIV, PER, SOFIE, VALBY_GROUP

PURPOSE = "Sommerens fælles indsats ved søen"
LONG_NAME = "Koordinationsgruppe **Nord** [x](https://x.example) og Øst"
LONG_PERSON = "Rikke **fed** <b>Rosenkilde-Andersen</b>"
MANY = 14


async def meet_stories(gallery: Gallery) -> None:
    """Call a meeting, answer it in every way, and see what is told on the way."""
    gallery.confided.add(PURPOSE)
    async with gallery.database.transaction() as tx:
        await tx.organisation.seat(
            Membership(
                committee=VALBY_GROUP.code, person=PER.id, slot="KG.5", seat=Seat.SUBSTITUTE
            )
        )
    meeting = await _called(gallery)
    await _answered(gallery, meeting)
    await _told(gallery, meeting)
    await _moved(gallery, meeting)
    await _cancelled(gallery, meeting)
    _at_its_fullest(gallery, meeting)
    await outlook_stories(gallery)
    microsoft_stories(gallery)


async def _called(gallery: Gallery) -> CommitteeMeeting:
    bo = gallery.guest(BO, "meeting")
    day = _coming(gallery, 30)
    await bo.types("indkald")
    answers = {"committee": "KG5", "minutes": "90", "place": "Mødelokale 2", "purpose": PURPOSE}
    await bo.presses("form.next", day=str(day), starts="08:00", **answers)
    await bo.presses("form.next", day=str(day), starts="09:00", despite="yes", **answers)
    async with gallery.database.transaction() as tx:
        [meeting] = await tx.committee_meetings.between(day, day)
    await bo.types(f"møde {meeting.reference}")
    await bo.types("hjælp møde")
    await gallery.letter(NoticeKind.MEET_INVITED, meeting.id, CARL)
    return meeting


async def _answered(gallery: Gallery, meeting: CommitteeMeeting) -> None:
    carl, per = gallery.guest(CARL, "answers"), gallery.guest(PER, "stands in")
    await carl.types(f"møde {meeting.reference}")
    await carl.presses("meet.coming")
    await carl.presses("meet.decline")
    await carl.presses("meet.substitute")
    await gallery.letter(NoticeKind.MEET_STAND_IN, meeting.id, PER)
    await per.types(f"møde {meeting.reference}")
    await per.presses("meet.decline")
    await gallery.letter(NoticeKind.MEET_NOBODY, meeting.id, CARL)
    await gallery.guest(SOFIE, "reads").types(f"møde {meeting.reference}")
    await gallery.guest(DORTE, "runs").types(f"møde {meeting.reference}")


async def _told(gallery: Gallery, meeting: CommitteeMeeting) -> None:
    await gallery.letter(NoticeKind.MEET_CALL, meeting.id, LIV)
    await gallery.letter(NoticeKind.MEET_REMINDER, meeting.id, LIV)
    await gallery.letter(NoticeKind.MEET_MISSING, meeting.id, BO)
    await gallery.letter(NoticeKind.MEET_LATE, meeting.id, BO)
    card = _card(meeting)
    for kind in DeadlineKind:
        for missed in (True, False) if kind in BEFORE else (False,):
            shown = cards.late(card, kind, missed=missed, say=gallery.say)
            gallery.hang(f"late {kind} {missed}", shown)


async def _moved(gallery: Gallery, meeting: CommitteeMeeting) -> None:
    bo = gallery.guest(BO, "moving")
    await bo.types(f"møde {meeting.reference}")
    await bo.presses("meet.more")
    await bo.presses("meet.calendar")
    await bo.presses("meet.open")
    await bo.presses("meet.more")
    await bo.presses("meet.move")
    later = {"day": str(_coming(gallery, 40)), "starts": "10:00", "despite": "yes"}
    await bo.presses("form.next", **later)
    await gallery.letter(NoticeKind.MEET_MOVED, meeting.id, LIV)
    await gallery.letter(NoticeKind.MEET_NOT_NEEDED, meeting.id, PER)


async def _cancelled(gallery: Gallery, meeting: CommitteeMeeting) -> None:
    bo = gallery.guest(BO, "cancelling")
    for sure in ("no", "yes"):
        await bo.types(f"aflys {meeting.reference}")
        await bo.presses("form.next", sure=sure)
    await gallery.letter(NoticeKind.MEET_CANCELLED, meeting.id, LIV)
    await gallery.guest(LIV, "cancelled").types(f"møde {meeting.reference}")
    await gallery.empty_the_post()


def _at_its_fullest(gallery: Gallery, meeting: CommitteeMeeting) -> None:
    slots = tuple(
        ExpectedSlot(
            code=f"LU.{number}",
            authority=list(Authority)[number % len(Authority)] if number else None,
            least=2,
            seated=3,
            coming=number % 2,
            substitutes=number % 2,
            unanswered=number % 3,
        )
        for number in range(MANY)
    )
    full = replace(
        _card(meeting),
        committee=LONG_NAME,
        reply=Reply.SUBSTITUTE,
        asked=True,
        stands_for=LONG_PERSON,
        expected=slots,
        by_slot=True,
        ways=("meet.more",),
        link="https://teams.microsoft.com/l/meetup-join/19%3ameeting_1%40thread.v2/0",
    )
    gallery.hang("meeting, full", cards.page(full, say=gallery.say))
    people = {
        PersonId(f"{number}"): replace(CARL, id=PersonId(f"{number}"), name=LONG_PERSON)
        for number in range(3 * MANY)
    }
    named = [
        Seated(
            slot=slots[number % MANY].code,
            person=person,
            reply=list(Reply)[number % len(Reply)],
            stand_in=PersonId("0") if number % 3 else None,
            stand_in_comes=number % 3 == 1,
        )
        for number, person in enumerate(people)
    ]
    by_name = replace(full, seated=named, people=people)
    gallery.hang("meeting, by name", cards.page(by_name, say=gallery.say))
    gallery.hang("meeting, told", cards.told(full, NoticeKind.MEET_MISSING, say=gallery.say))


def _card(meeting: CommitteeMeeting) -> cards.MeetingCard:
    return cards.MeetingCard(meeting=meeting, committee=VALBY_GROUP.name)


def _coming(gallery: Gallery, days: int) -> date:
    day = local_date(gallery.now) + timedelta(days=days)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
