"""Where Outlook keeps no events, e-mails carry the invitations: one UID, SEQUENCE, CANCEL."""

from icalendar import Calendar

from cards.mails import Mail
from domain.delivery import Delivery
from domain.notices import Medium, Notice, NoticeKind
from domain.people import Person
from scheduler.draw_notices import draw
from tests.support import itip
from tests.support.chat import Chat
from tests.support.meet_steps import CALLED, calls, moves
from tests.support.outlook import MAILBOX
from tests.support.town import CARL, MONDAY_NOON, Town


async def mail(
    town: Town, reference: str, kind: NoticeKind, to: Person, *, invites_by: str = MAILBOX
) -> Mail:
    """Draw what somebody is sent who cannot be reached in Teams."""
    async with town.house.database.transaction() as tx:
        meeting = await tx.committee_meetings.by_reference(reference)
        assert meeting is not None
        notice = Notice(
            kind=kind, about=meeting.id, due_at=MONDAY_NOON, person=to.id, medium=Medium.EMAIL
        )
        delivery = Delivery(id=1, notice=notice, attempts=1, claims=1)
        [shown] = await draw(tx, [delivery], checks={}, invites_by=invites_by, now=town.hour.now)
    assert isinstance(shown, Mail)
    return shown


async def test_a_meeting_is_invited_to_moved_and_called_off(town: Town, bo: Chat) -> None:
    """MTG-19: by the Secretariat, with a UID that stays and a SEQUENCE that rises."""
    reference = await calls(bo)
    files = [(await mail(town, reference, NoticeKind.MEET_INVITED, CARL)).calendar]
    await moves(bo, reference)
    files.append((await mail(town, reference, NoticeKind.MEET_MOVED, CARL)).calendar)
    await bo.types(f"aflys {reference}")
    await bo.presses("form.next", sure="yes")
    files.append((await mail(town, reference, NoticeKind.MEET_CANCELLED, CARL)).calendar)

    assert all(file is not None and not itip.faults(file) for file in files)
    calendars = [Calendar.from_ical(file or b"") for file in files]
    events = [each.walk("VEVENT")[0] for each in calendars]
    assert [str(each["METHOD"]) for each in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [str(each["SEQUENCE"]) for each in events] == ["0", "1", "2"]
    assert len({str(each["UID"]) for each in events}) == 1
    for event in events:
        assert str(event["ORGANIZER"]) == f"mailto:{MAILBOX}"
        assert str(event["ATTENDEE"]) == f"mailto:{CARL.email}"


async def test_nothing_confided_goes_along(town: Town, bo: Chat) -> None:
    """MTG-20: what the meeting is for stays in Teams."""
    reference = await calls(bo)

    sent = await mail(town, reference, NoticeKind.MEET_INVITED, CARL)

    whole = f"{sent.summary}{sent.words}{sent.html}{(sent.calendar or b'').decode()}"
    assert CALLED["purpose"] not in whole


async def test_where_outlook_invites_no_second_invitation_goes(town: Town, bo: Chat) -> None:
    reference = await calls(bo)

    sent = await mail(town, reference, NoticeKind.MEET_INVITED, CARL, invites_by="")

    assert sent.calendar is None
