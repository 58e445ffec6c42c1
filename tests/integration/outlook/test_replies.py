"""What people answer in Outlook is their answer here, whatever was answered where before."""

from datetime import date, time, timedelta

import pytest

from domain.committee_meetings import Reply
from domain.notices import NoticeKind
from domain.people import Person
from scheduler.read_outlook_replies import ANEW_AFTER
from tests.integration.outlook.steps import (
    MEETING,
    answered,
    called,
    cancelled,
    invitation,
    loses_seat,
    moved,
    posted,
    replied,
)
from tests.integration.outlook.test_troubles import told
from tests.support.outlook import Office
from tests.support.town import ANNA, BENTE, CARL, LIV

A_MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def there(office: Office) -> None:
    """Bo's group meets on the 24th, and Outlook knows."""
    await called(office)
    await office.keeps()
    office.posted()


async def says(office: Office, person: Person, response: str) -> None:
    """Let somebody answer in Outlook, a minute later."""
    office.passes(A_MINUTE)
    office.graph.outlook.answer(await office.event(MEETING), person.email, response)


class TestAnAnswer:
    async def test_is_taken_within_ten_minutes(self, office: Office) -> None:
        """MTG-17."""
        await says(office, CARL, "accepted")

        await office.reads()

        assert await replied(office, CARL) is Reply.COMING

    async def test_that_declines_asks_the_substitute(self, office: Office) -> None:
        """MTG-25: exactly as a press in Teams does; the substitute gets it in Outlook, too."""
        await says(office, LIV, "declined")

        await office.reads()
        await office.keeps()

        assert await replied(office, LIV) is Reply.SUBSTITUTE
        assert await replied(office, ANNA) is Reply.ASKED
        assert await told(office, NoticeKind.MEET_STAND_IN, MEETING) == [ANNA.id]
        assert office.posted() == posted("invitation", ANNA.id)

    async def test_of_a_substitute_is_taken_too(self, office: Office) -> None:
        await says(office, LIV, "declined")
        await office.reads()
        await office.keeps()
        await says(office, ANNA, "declined")

        await office.reads()

        assert await replied(office, ANNA) is Reply.DECLINED
        assert await told(office, NoticeKind.MEET_NOBODY, MEETING) == [LIV.id]

    async def test_is_overtaken_by_one_given_here_later(self, office: Office) -> None:
        """MTG-17: before the answers were read."""
        await says(office, CARL, "declined")
        office.passes(A_MINUTE)
        await answered(office, CARL, Reply.COMING)

        await office.reads()

        assert await replied(office, CARL) is Reply.COMING

    async def test_overtakes_one_given_here_before(self, office: Office) -> None:
        await answered(office, CARL, Reply.COMING)
        await says(office, CARL, "declined")

        await office.reads()

        assert await replied(office, CARL) is Reply.SUBSTITUTE

    async def test_is_as_old_as_outlook_says(self, office: Office) -> None:
        """Of two answers it is not the one that was read last that counts."""
        await says(office, CARL, "accepted")
        said_at = office.now()
        await office.reads()

        own = await invitation(office, CARL)
        assert own is not None
        assert own.replied_at == said_at

    async def test_to_another_hour_counts_no_more(self, office: Office) -> None:
        """It was given before the meeting was moved in Outlook, too."""
        await moved(office, starts=time(14))
        await says(office, CARL, "accepted")

        await office.reads()
        assert await replied(office, CARL) is Reply.ASKED
        await office.keeps()
        await office.reads()

        assert await replied(office, CARL) is Reply.ASKED

    async def test_without_a_time_counts_for_who_has_said_nothing_yet(
        self, office: Office
    ) -> None:
        """Should Exchange ever not tell when: what was said here since is not undone by it."""
        await answered(office, LIV, Reply.COMING)
        office.passes(A_MINUTE)
        event = await office.event(MEETING)
        for each in event.attendees:
            each.response = "declined" if each.address in {CARL.email, LIV.email} else "none"
        office.graph.calendar.changed_by_hand(event)

        await office.reads()

        assert await replied(office, CARL) is Reply.SUBSTITUTE
        assert await replied(office, LIV) is Reply.COMING

    async def test_of_somebody_unknown_is_nobodys(self, office: Office) -> None:
        event = await office.event(MEETING)
        office.graph.outlook.invite(event, "gaest@andetsteds.example")
        office.passes(A_MINUTE)
        office.graph.outlook.answer(event, "gaest@andetsteds.example", "accepted")

        await office.reads()

        assert {await replied(office, each) for each in (CARL, LIV, BENTE)} == {Reply.ASKED}

    async def test_to_what_is_cancelled_is_nobodys(self, office: Office) -> None:
        await says(office, CARL, "accepted")
        await cancelled(office)

        await office.reads()

        assert await replied(office, CARL) is Reply.ASKED


class TestReading:
    async def test_goes_on_from_where_it_was(self, office: Office) -> None:
        await office.reads()
        await says(office, CARL, "accepted")
        await office.reads()

        first, second = office.graph.log.of("calendarView.delta")
        assert "$deltatoken" not in first.asked.query
        assert "$deltatoken" in second.asked.query

    async def test_begins_anew_when_outlook_has_forgotten_where_it_was(
        self, office: Office
    ) -> None:
        """MTG-17: 410, and nothing is lost."""
        await office.reads()
        await says(office, CARL, "accepted")
        office.graph.calendar.feed.expire()

        await office.reads()

        assert await replied(office, CARL) is Reply.COMING

    async def test_begins_anew_before_its_window_has_passed(self, office: Office) -> None:
        await office.reads()
        office.passes(ANEW_AFTER)

        await office.reads()

        _, second = office.graph.log.of("calendarView.delta")
        assert "$deltatoken" not in second.asked.query

    async def test_that_broke_off_takes_up_where_it_was(self, office: Office) -> None:
        """A crash between two pages: what was taken is taken again, and changes nothing."""
        await office.reads()
        await says(office, CARL, "declined")
        office.graph.faults.add(op="calendarView.delta", status=500, times=4)
        await office.reads()
        assert await replied(office, CARL) is Reply.ASKED

        await office.reads()

        assert await replied(office, CARL) is Reply.SUBSTITUTE

    async def test_of_a_closed_mailbox_rests(self, office: Office) -> None:
        """MTG-18."""
        office.graph.gate.mailboxes = {"another@kbh.example"}

        await office.reads()
        await office.reads()

        assert len(office.graph.log.of("calendarView.delta")) == 1


class TestAMember:
    async def test_who_loses_their_seat_is_out_of_it_within_a_quarter(
        self, office: Office
    ) -> None:
        """MTG-28: of the meetings to come; only they hear of it."""
        await loses_seat(office, CARL)

        await office.keeps()

        assert office.posted() == posted("cancellation", CARL.id)
        addresses = {each.address for each in (await office.event(MEETING)).attendees}
        assert CARL.email not in addresses

    async def test_who_had_answered_in_outlook_is_not_asked_again(self, office: Office) -> None:
        """MTG-28: an answer of somebody who is gone is nobody's."""
        await says(office, CARL, "accepted")
        await loses_seat(office, CARL)

        await office.reads()

        assert await replied(office, CARL) is None


class TestAMovedMeeting:
    async def test_is_answered_anew(self, office: Office) -> None:
        await says(office, CARL, "accepted")
        await office.reads()
        await moved(office, day=date(2026, 3, 25))
        await office.keeps()
        assert await replied(office, CARL) is Reply.ASKED
        await says(office, CARL, "declined")

        await office.reads()

        assert await replied(office, CARL) is Reply.SUBSTITUTE
