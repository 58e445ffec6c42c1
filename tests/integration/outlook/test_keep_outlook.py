"""Meetings are in Outlook as they are here, each once, and who hears of it is who it concerns."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from domain.committee_meetings import MeetingState, Reply
from domain.outlook_events import EventState
from tests.integration.outlook.steps import (
    ASKED,
    DAY,
    MEETING,
    answered,
    called,
    cancelled,
    is_now,
    moved,
    posted,
)
from tests.support.outlook import MAILBOX, Office
from tests.support.town import ANNA, CARL, LIV


class TestAMeeting:
    async def test_is_in_outlook_a_minute_later_with_everybody_who_is_asked(
        self, office: Office
    ) -> None:
        await called(office)

        await office.keeps()

        (event,) = office.there
        assert (event.start, event.end) == (
            datetime(2026, 3, 24, 8, 0, tzinfo=UTC),
            datetime(2026, 3, 24, 9, 30, tzinfo=UTC),
        )
        assert event.zone == "Romance Standard Time"
        assert event.subject == "SSP-møde: Koordinationsgruppe Vest"
        assert office.posted() == posted("invitation", *ASKED)
        row = await office.row(MEETING)
        assert (row.state, row.join_link) == (EventState.THERE, event.join_url)

    async def test_that_is_as_it_was_is_left_alone(self, office: Office) -> None:
        await called(office)
        await office.keeps()
        asked = len(office.graph.log.calls)

        await office.keeps(minutes=5)

        assert len(office.graph.log.calls) == asked

    async def test_that_is_moved_is_moved_for_everybody(self, office: Office) -> None:
        """MTG-16."""
        await called(office)
        await office.keeps()
        office.posted()

        await moved(office, starts=time(13))
        await office.keeps()

        (event,) = office.there
        assert event.start == datetime(2026, 3, 24, 12, 0, tzinfo=UTC)
        assert office.posted() == posted("update", *ASKED)
        (change,) = office.graph.log.of("events.update")
        assert set(change.body) == {"start", "end"}

    async def test_that_is_cancelled_goes_with_a_word_to_everybody(self, office: Office) -> None:
        """MTG-16."""
        await called(office)
        await office.keeps()
        office.posted()

        await cancelled(office)
        await office.keeps(minutes=3)

        assert office.there == []
        assert office.posted() == posted("cancellation", *ASKED)
        assert len(office.graph.log.of("events.cancel")) == 1
        assert (await office.row(MEETING)).state is EventState.GONE

    async def test_that_is_cancelled_before_outlook_knew_of_it_never_comes_there(
        self, office: Office
    ) -> None:
        await called(office)
        await cancelled(office)

        await office.keeps()

        assert office.graph.log.calls == []

    async def test_that_has_begun_stays_as_it_was(self, office: Office) -> None:
        await called(office)
        office.passes(timedelta(days=23))

        await office.keeps()

        assert office.there == []

    async def test_asks_a_substitute_alone(self, office: Office) -> None:
        """MTG-16: an update of nothing but the guests goes to the changed ones only."""
        await called(office)
        await office.keeps()
        office.posted()

        await answered(office, LIV, Reply.SUBSTITUTE)
        await office.keeps()

        assert office.posted() == posted("invitation", ANNA.id)
        (change,) = office.graph.log.of("events.update")
        assert set(change.body) == {"attendees"}

    async def test_lets_a_substitute_go_alone(self, office: Office) -> None:
        """MTG-16."""
        await called(office)
        await answered(office, LIV, Reply.SUBSTITUTE)
        await office.keeps()
        office.posted()

        await answered(office, LIV, Reply.COMING)
        await office.keeps()

        assert office.posted() == posted("cancellation", ANNA.id)

    async def test_keeps_who_was_put_there_by_hand(self, office: Office) -> None:
        """A room, or somebody the chair has forwarded it to."""
        await called(office)
        await office.keeps()
        office.graph.outlook.invite(await office.event(MEETING), "lokale43@kbh.example")
        office.posted()

        await answered(office, LIV, Reply.SUBSTITUTE)
        await office.keeps()

        assert office.posted() == posted("invitation", ANNA.id)
        addresses = {each.address for each in (await office.event(MEETING)).attendees}
        assert "lokale43@kbh.example" in addresses

    async def test_that_is_held_after_all_is_made_again(self, office: Office) -> None:
        """A plan that was approved anew takes a cancelled meeting up again."""
        await called(office)
        await office.keeps()
        await cancelled(office)
        await office.keeps()
        office.posted()

        async with office.database.transaction() as tx:
            there = await tx.committee_meetings.hold(MEETING)
            assert there is not None
            await tx.committee_meetings.save(
                replace(there, state=MeetingState.PLANNED, ended_at=None)
            )
        await office.keeps()

        assert len(office.there) == 1
        assert office.posted() == posted("invitation", *ASKED)
        first, second = office.graph.log.of("events.create")
        assert first.body["transactionId"] != second.body["transactionId"]


class TestAGuest:
    async def test_of_another_tenant_is_asked_by_the_address_in_the_register(
        self, office: Office
    ) -> None:
        """Police and probation: Exchange invites them by e-mail, as everybody."""
        await is_now(office, replace(CARL, email="cdy013@politi.example"))
        await called(office)

        await office.keeps()

        assert ("cdy013@politi.example", "invitation") in office.posted()

    async def test_without_an_address_is_not_asked_by_outlook(self, office: Office) -> None:
        """They keep the calendar file."""
        await is_now(office, replace(CARL, email=""))
        await called(office)

        await office.keeps()

        assert office.posted() == posted("invitation", *(each for each in ASKED if each != "carl"))

    async def test_with_another_address_is_asked_there(self, office: Office) -> None:
        await called(office)
        await office.keeps()
        office.posted()

        await is_now(office, replace(CARL, email="carl.dybdahl@politi.example"))
        await office.keeps()

        assert office.posted() == sorted(
            [
                ("carl.dybdahl@politi.example", "invitation"),
                ("carl@ssp-demo.example", "cancellation"),
            ]
        )

    async def test_who_has_left_is_let_go(self, office: Office) -> None:
        """MTG-28: whoever is seen to have left has no meetings to come."""
        await called(office)
        await office.keeps()
        office.posted()

        await is_now(office, replace(CARL, active=False))
        await office.keeps()

        assert office.posted() == posted("cancellation", "carl")


class TestTheCalls:
    async def test_never_change_what_stands_in_an_event(self, office: Office) -> None:
        """MTG-15: it would take the link to Teams away."""
        await called(office)
        await office.keeps()
        await moved(office, starts=time(13))
        await answered(office, LIV, Reply.SUBSTITUTE)
        await office.keeps()

        changes = office.graph.log.of("events.update")
        assert len(changes) == 1
        assert not [each for each in changes if "body" in each.body or each.kills_link]

    async def test_say_no_word_of_why_people_meet(self, office: Office) -> None:
        """MTG-20: subject, text and place are the committee, the number and the room."""
        await called(office)
        await office.keeps()

        (made,) = office.graph.log.of("events.create")
        assert "Sommeren" not in str(made.body)
        assert made.body["body"]["content"] == (
            "Møde M2026-0001. Dagsorden og materiale ligger hos SSP-botten i Teams."
        )

    async def test_go_to_the_secretariats_mailbox_only(self, office: Office) -> None:
        await called(office)
        await office.keeps()

        assert {each.mailbox for each in office.graph.log.calls if each.mailbox} == {MAILBOX}


class TestMany:
    async def test_are_put_there_in_the_order_of_their_dates(self, office: Office) -> None:
        for number, month in enumerate((9, 4, 6)):
            await called(office, id=UUID(int=number + 1), day=date(2026, month, 24))

        await office.keeps()

        created = [each.body["start"]["dateTime"] for each in office.graph.log.of("events.create")]
        assert created == sorted(created)

    async def test_are_sent_twenty_a_minute_at_most(self, office: Office) -> None:
        """MTG-14."""
        for number in range(50):
            await called(office, id=UUID(int=number + 1), day=DAY + timedelta(days=number))

        await office.keeps(minutes=2)
        assert len(office.there) == 40
        await office.keeps(minutes=2)

        assert len(office.there) == 50
        assert office.graph.outbox.most_sendings_in(timedelta(minutes=1)) == 20
        assert office.graph.log.most_at_once <= 4
        batches = [each for each in office.graph.log.requests if each.op == "batch"]
        assert max(len(each.body["requests"]) for each in batches) <= 20

    async def test_are_compared_whether_or_not_there_is_room(self, office: Office) -> None:
        await called(office)
        office.graph.calendar.links_missing, office.graph.calendar.links_late = 1, 1

        await office.keeps(minutes=2)

        assert (await office.row(MEETING)).join_link


class TestADayWithTwoClocks:
    @pytest.mark.parametrize(
        ("day", "hour"),
        [(date(2026, 3, 28), 8), (date(2026, 3, 30), 7), (date(2026, 10, 26), 8)],
        ids=["winter", "summer", "winter again"],
    )
    async def test_has_its_meeting_at_nine_on_the_wall(
        self, office: Office, day: date, hour: int
    ) -> None:
        """MTG-19: the same hour in Outlook as here, on both sides of both changes."""
        await called(office, day=day)

        await office.keeps()

        (event,) = office.there
        assert event.start == datetime(day.year, day.month, day.day, hour, 0, tzinfo=UTC)
