"""A meeting as a calendar file: one UID for good, a higher SEQUENCE each time it changes."""

from collections.abc import Awaitable
from datetime import date, timedelta

from icalendar import Calendar

from domain.exports import ExportKind
from tests.support.chat import Chat
from tests.support.meet_steps import CALLED, calls, moves
from tests.support.own_meetings import a_meeting
from tests.support.own_papers import fetches, listed
from tests.support.town import ANNA, CARL, DANISH, DORTE, LINE, MONDAY_NOON, Town
from tests.support.townspeople import VALBY_LOCAL

A_MINUTE = timedelta(minutes=1)
TUESDAY = date(2026, 3, 10)


async def fetched(town: Town, chat: Chat, reference: str) -> Calendar:
    """Ask for a meeting's file, be told where to get it, and read it."""
    return await laid(town, chat, chat.types(f"kalender {reference}"))


async def laid(town: Town, chat: Chat, asked: Awaitable[str]) -> Calendar:
    """Ask for a file, be told where to get it, and read it."""
    before = await listed(town, chat.person)
    await asked
    await town.passes(A_MINUTE)  # it is written
    await town.passes(A_MINUTE)  # and told of
    [new] = [each for each in await listed(town, chat.person) if each not in before]
    assert DANISH("own_papers.in_tab") in chat.last()
    return Calendar.from_ical((await fetches(town, chat.person, new)).content)


class TestACalendarFile:
    async def test_keeps_its_uid_and_counts_its_changes(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        """MTG-19: asked for, moved, cancelled – one event, SEQUENCE 0, 1, 2."""
        reference = await calls(bo)
        files = [await fetched(town, carl, reference)]
        await moves(bo, reference)
        files.append(await fetched(town, carl, reference))
        await bo.types(f"aflys {reference}")
        await bo.presses("form.next", sure="yes")
        files.append(await fetched(town, carl, reference))

        events = [each.walk("VEVENT")[0] for each in files]
        assert [str(each["METHOD"]) for each in files] == ["REQUEST", "REQUEST", "CANCEL"]
        assert [str(each["SEQUENCE"]) for each in events] == ["0", "1", "2"]
        assert len({str(each["UID"]) for each in events}) == 1
        assert events[1].decoded("DTSTART").strftime("%d.%m. %H:%M") == "25.03. 10:00"

    async def test_says_when_and_where_and_of_people_ones_own_answer_alone(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        """MTG-20: no word of what it is about, and nobody else's address but who runs it."""
        reference = await calls(bo)
        await carl.presses("meet.coming")
        file = await fetched(town, carl, reference)

        [event] = file.walk("VEVENT")
        text = file.to_ical().decode().replace("\r\n ", "")
        assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
        assert str(event["ATTENDEE"]) == f"mailto:{CARL.email}"
        assert CALLED["purpose"] not in text
        assert DORTE.email not in text

    async def test_is_a_mere_hour_to_somebody_who_is_not_asked(
        self, town: Town, bo: Chat, dorte: Chat
    ) -> None:
        reference = await calls(bo)
        file = await fetched(town, dorte, reference)

        assert str(file["METHOD"]) == "PUBLISH"
        assert "ATTENDEE" not in file.walk("VEVENT")[0]


class TestOnesOwnCalendar:
    async def test_has_ones_own_meetings_under_the_same_uids_and_no_others(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        """MTG-19, MTG-20: one file; what is called elsewhere, or declined, is not in it."""
        reference = await calls(bo)
        declined = await a_meeting(town, TUESDAY, asks=(CARL,))
        foreign = await a_meeting(town, TUESDAY, committee=VALBY_LOCAL, asks=(LINE,))
        await carl.types(f"møde {declined.reference}")
        await carl.presses("meet.decline")
        single = await fetched(town, carl, reference)

        await carl.types("mine møder")
        own = await laid(town, carl, carl.presses("my_meetings.calendar"))

        [event] = own.walk("VEVENT")
        text = own.to_ical().decode().replace("\r\n ", "")
        assert str(own["METHOD"]) == "PUBLISH"
        assert event["UID"] == single.walk("VEVENT")[0]["UID"]
        assert reference in text
        assert CALLED["purpose"] not in text
        assert not [each for each in (declined, foreign) if each.reference in text]

    async def test_follows_what_has_changed_when_it_is_asked_for_again(
        self, town: Town, bo: Chat, carl: Chat
    ) -> None:
        reference = await calls(bo)
        before = await laid(town, carl, carl.types("min kalender"))
        await moves(bo, reference)
        after = await laid(town, carl, carl.types("min kalender"))

        [was], [now] = before.walk("VEVENT"), after.walk("VEVENT")
        assert was["UID"] == now["UID"]
        assert (was["SEQUENCE"], now["SEQUENCE"]) == (0, 1)
        assert now.decoded("DTSTART") > was.decoded("DTSTART")

    async def test_is_not_made_of_nothing(self, town: Town, anna: Chat) -> None:
        await a_meeting(town, TUESDAY, asks=(CARL,))

        assert DANISH("my_meetings.none") in await anna.types("my calendar")
        await town.passes(A_MINUTE)
        assert await listed(town, ANNA) == []

    async def test_is_not_laid_for_who_has_left_meanwhile(self, town: Town, carl: Chat) -> None:
        await a_meeting(town, TUESDAY, asks=(CARL,))
        await carl.types("min kalender")
        async with town.remembers() as tx:
            await tx.people.deactivate(CARL.id)
        await town.passes(A_MINUTE)

        async with town.remembers() as tx:
            kinds = [ExportKind.OWN_CALENDAR]
            assert await tx.exports.waiting(kinds) == []
            assert await tx.exports.laid_for(CARL.id, kinds, since=MONDAY_NOON) == []
