"""One's own meetings: the coming ones, the next, and the week's on Monday."""

from datetime import date, time, timedelta

from domain.committee_meetings import (
    CommitteeMeeting,
    Invitation,
    MeetingState,
    Reply,
)
from domain.people import Person
from scheduler.hand_out import OWN_CALENDAR
from tests.support.chat import Chat
from tests.support.itip import faults
from tests.support.own_meetings import a_meeting, asked, away, standing_in, substitute
from tests.support.own_papers import fetches
from tests.support.town import (
    ANNA,
    CARL,
    DANISH,
    LARS,
    LINE,
    LIV,
    SOFIE,
    VALBY_GROUP,
    Town,
)
from tests.support.townspeople import VALBY_LOCAL

TUESDAY = date(2026, 3, 10)  # a week and a day after the Monday the stories begin
A_WEEK = timedelta(days=7)
PAUSE = DANISH("my_meetings.week_pause")  # which nothing but the week's message says


async def says(town: Town, person: Person, meeting: CommitteeMeeting, reply: Reply) -> None:
    async with town.remembers() as tx:
        own = await tx.committee_meetings.invitation(meeting.id, person.id)
        assert own is not None
        await tx.committee_meetings.save_reply(
            Invitation(
                meeting=own.meeting,
                person=own.person,
                slot=own.slot,
                reply=reply,
                asked_at=own.asked_at,
                replied_at=town.hour.now,
            )
        )


class TestMyMeetings:
    async def test_are_the_coming_ones_with_ones_answer(self, town: Town, carl: Chat) -> None:
        """Issue 5, delivered 10."""
        first = await a_meeting(town, TUESDAY, asks=(CARL, SOFIE))
        second = await a_meeting(town, TUESDAY + A_WEEK, asks=(CARL,))
        third = await a_meeting(town, TUESDAY + 2 * A_WEEK)
        await a_meeting(town, TUESDAY, committee=VALBY_LOCAL, asks=(LINE,))
        await says(town, CARL, second, Reply.COMING)

        read = await carl.types("mine møder")

        lines = [line for line in read.split("\n") if "2026" in line]
        assert [first.reference in lines[0], second.reference in lines[2]] == [True, True]
        assert DANISH("my_meetings.reply_asked") in lines[1]
        assert DANISH("my_meetings.reply_coming") in lines[3]
        assert third.reference in lines[4]
        assert DANISH("my_meetings.reply_none") in lines[5]
        assert VALBY_LOCAL.name not in read

    async def test_come_a_page_at_a_time(self, town: Town, carl: Chat) -> None:
        meetings = [await a_meeting(town, TUESDAY + n * A_WEEK) for n in range(9)]

        first = await carl.types("mine møder")
        second = await carl.presses("my_meetings.more")
        third = await carl.presses("my_meetings.more")

        pages = (meetings[:4], meetings[4:8], meetings[8:])
        for read, page in zip((first, second, third), pages, strict=True):
            assert [each for each in meetings if each.reference in read] == page

    async def test_open_from_the_list_to_be_answered(self, town: Town, carl: Chat) -> None:
        meeting = await a_meeting(town, TUESDAY, asks=(CARL,))
        await carl.types("mine møder")
        await carl.presses("meet.open")
        await carl.presses("meet.coming")

        assert DANISH("my_meetings.reply_coming") in await carl.types("mine møder")
        assert await asked(town, meeting) == {CARL.id}

    async def test_leave_out_what_is_over_and_what_was_cancelled(
        self, town: Town, carl: Chat
    ) -> None:
        today = town.hour.now.date()
        over = await a_meeting(town, today, starts=time(8))
        off = await a_meeting(town, TUESDAY, state=MeetingState.CANCELLED, asks=(CARL,))
        later = await a_meeting(town, today, starts=time(14))

        read = await carl.types("my meetings")

        assert later.reference in read
        assert over.reference not in read
        assert off.reference not in read

    async def test_are_none_for_who_sits_nowhere(self, town: Town, anna: Chat) -> None:
        await a_meeting(town, TUESDAY)

        assert DANISH("my_meetings.none") in await anna.types("mine møder")
        assert DANISH("my_meetings.none") in await anna.types("næste møde")

    async def test_of_a_substitute_are_those_they_are_asked_to(
        self, town: Town, anna: Chat
    ) -> None:
        async with town.remembers() as tx:
            await tx.organisation.seat(substitute(ANNA))
        meeting = await a_meeting(town, TUESDAY, asks=(LIV,))
        assert DANISH("my_meetings.none") in await anna.types("mine møder")

        async with town.remembers() as tx:
            await tx.committee_meetings.invite([standing_in(town, meeting, ANNA, LIV)])
        assert meeting.reference in await anna.types("mine møder")


class TestTheNextMeeting:
    async def test_is_the_first_one_has_not_declined_ready_to_answer(
        self, town: Town, carl: Chat
    ) -> None:
        declined = await a_meeting(town, TUESDAY, asks=(CARL,))
        following = await a_meeting(town, TUESDAY + A_WEEK, asks=(CARL,))
        await says(town, CARL, declined, Reply.DECLINED)

        read = await carl.types("næste møde")

        assert following.reference in read
        assert declined.reference not in read
        await carl.presses("meet.decline")
        assert DANISH("my_meetings.none") in await carl.types("næste møde")


class TestMyCalendar:
    async def test_has_the_meetings_that_count_on_one_and_no_word_of_what_they_are_about(
        self, town: Town
    ) -> None:
        """MTG-19, MTG-20: one file, which RFC 5546 takes, from the tab of who looks."""
        first = await a_meeting(town, TUESDAY, asks=(CARL,))
        declined = await a_meeting(town, TUESDAY + A_WEEK, asks=(CARL,))
        other = await a_meeting(town, TUESDAY, committee=VALBY_LOCAL, asks=(LINE,))
        await says(town, CARL, declined, Reply.DECLINED)

        file = (await fetches(town, CARL, OWN_CALENDAR)).content.decode()

        assert faults(file.encode()) == []
        assert first.reference in file
        assert declined.reference not in file
        assert other.reference not in file
        assert LINE.name not in file

    async def test_is_empty_for_who_sits_nowhere(self, town: Town) -> None:
        await a_meeting(town, TUESDAY, asks=(CARL,))

        assert b"VEVENT" not in (await fetches(town, ANNA, OWN_CALENDAR)).content


class TestMonday:
    async def test_tells_of_the_weeks_meetings_by_day_and_not_what_they_are_about(
        self, town: Town, carl: Chat
    ) -> None:
        """MTG-20: counts and dates; no committee, no item."""
        await a_meeting(town, TUESDAY, asks=(CARL,))
        await a_meeting(town, TUESDAY, starts=time(13), asks=(CARL,))
        await a_meeting(town, TUESDAY + A_WEEK, asks=(CARL,))

        await to_monday(town)

        [told] = [each for each in map(carl.reads, carl.messages()) if PAUSE in each]
        assert DANISH("my_meetings.week_title", count=2) in told
        assert f"{DANISH.day(TUESDAY)}: 2" in told
        assert VALBY_GROUP.name not in told

    async def test_says_nothing_when_there_is_nothing(self, town: Town) -> None:
        declined = await a_meeting(town, TUESDAY, asks=(CARL, SOFIE))
        await says(town, CARL, declined, Reply.DECLINED)
        await to_monday(town)

        for person in (CARL, LARS, ANNA):
            assert digests(town, person) == 0
        assert digests(town, SOFIE) == 1

    async def test_says_nothing_to_who_is_away_or_wants_none(self, town: Town, carl: Chat) -> None:
        await a_meeting(town, TUESDAY, asks=(CARL, SOFIE, LIV))
        await carl.types("pause påmindelser")
        monday = TUESDAY - timedelta(days=1)
        async with town.remembers() as tx:
            await tx.absences.add(away(town, SOFIE, monday))
        await to_monday(town)

        assert digests(town, CARL) == digests(town, SOFIE) == 0
        assert digests(town, LIV) == 1

    async def test_tells_once_however_often_the_hour_comes(self, town: Town) -> None:
        await a_meeting(town, TUESDAY, asks=(LIV,))
        await to_monday(town)
        await town.passes(timedelta(minutes=20))
        await town.passes(timedelta(days=1))

        assert digests(town, LIV) == 1

    async def test_is_made_up_for_on_tuesday_when_the_house_stood_still(self, town: Town) -> None:
        await a_meeting(town, TUESDAY + timedelta(days=1), asks=(LIV,))
        await town.passes(timedelta(0))
        await town.passes(timedelta(days=7, hours=20))
        await town.passes(timedelta(minutes=1))
        assert digests(town, LIV) == 1

        await town.passes(timedelta(days=2))
        assert digests(town, LIV) == 1


def digests(town: Town, person: Person) -> int:
    return town.chat(person).everything().count(PAUSE)


async def to_monday(town: Town) -> None:
    """Let it become Monday morning, a week after the story began, at half past eight."""
    await town.passes(timedelta(0))
    await town.passes(timedelta(days=6, hours=20, minutes=30))
    await town.passes(timedelta(minutes=1))  # what was queued is sent
