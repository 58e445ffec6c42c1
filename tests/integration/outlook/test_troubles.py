"""Graph says no, or nothing, or half: nothing is lost, nothing is doubled, and no storm begins."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.notices import NoticeKind
from domain.outlook_events import EventState
from tests.integration.outlook.steps import ASKED, DAY, MEETING, called, posted
from tests.support.outlook import MAILBOX, Office
from tests.support.town import DENNIS, DORTE

MANY = [UUID(int=number + 1) for number in range(12)]
AN_HOUR = timedelta(hours=1)
SELDOM = timedelta(minutes=4)


async def many(office: Office) -> None:
    for number, each in enumerate(MANY):
        await called(office, id=each, day=DAY + timedelta(days=number))


async def told(office: Office, kind: NoticeKind, about: UUID) -> list[str]:
    async with office.database.transaction() as tx:
        each = await tx.standings.each(about, kind=kind, now=office.now())
    return sorted(str(one.person) for one in each)


async def is_all_there(office: Office) -> bool:
    """Whether every meeting is in Outlook once, and everybody was invited to it once."""
    rows = [await office.row(each) for each in MANY]
    assert office.posted() == sorted(posted("invitation", *ASKED) * len(MANY))
    return {each.graph_id for each in rows} == {each.id for each in office.there}


class TestHalfABatch:
    @pytest.mark.parametrize("status", [429, 500, 503, 504])
    async def test_that_failed_is_sent_again_and_only_that_half(
        self, office: Office, status: int
    ) -> None:
        await many(office)
        office.graph.faults.add(op="events.create", in_batch=True, every=2, times=6, status=status)

        await office.keeps(minutes=20)

        assert len(office.graph.faults.struck) == 6
        assert await is_all_there(office)

    async def test_that_fails_after_it_was_done_is_not_done_again(self, office: Office) -> None:
        """MTG-13: Exchange made them, and then broke."""
        await many(office)
        office.graph.faults.add(
            op="events.create", in_batch=True, every=2, times=30, status=500, done_first=True
        )

        await office.keeps(minutes=30)

        assert await is_all_there(office)


class TestAStorm:
    async def test_of_come_again_later_is_sat_out(self, office: Office) -> None:
        """MTG-14: nothing is asked before the time that Graph named."""
        await many(office)
        office.graph.faults.storm(op="batch", times=4, retry_after=120)

        await office.keeps(minutes=20)

        assert len(office.graph.faults.struck) == 4
        assert office.graph.log.too_early == []
        assert await is_all_there(office)

    async def test_of_breakdowns_is_outlived(self, office: Office) -> None:
        await many(office)
        office.graph.faults.add(status=500, lasting=AN_HOUR)

        await office.keeps(minutes=59)
        asked = len(office.graph.log.requests)
        await office.keeps(minutes=60, each=SELDOM)

        assert asked <= 60  # fewer and fewer, as the pauses grow
        assert await is_all_there(office)


class TestAMailbox:
    async def test_that_we_may_not_touch_is_left_alone(self, office: Office) -> None:
        """MTG-18: refused once in a quarter of an hour, and no storm; nothing is given up."""
        await many(office)
        office.graph.gate.mailboxes = {"another@kbh.example"}

        await office.keeps(minutes=56)

        assert {each.code for each in office.graph.log.of("events.create")} == {
            "ErrorAccessDenied"
        }
        assert len(office.graph.log.requests) <= 4
        office.graph.gate.mailboxes = {MAILBOX}
        await office.keeps(minutes=16)
        assert await is_all_there(office)

    async def test_for_which_nobody_consented_is_left_alone(self, office: Office) -> None:
        await many(office)
        office.graph.gate.withdraw("Calendars.ReadWrite")

        await office.keeps(minutes=28)

        assert len(office.graph.log.requests) <= 2
        assert office.there == []

    async def test_that_is_full_is_tried_again_within_the_hour(self, office: Office) -> None:
        await many(office)
        office.graph.faults.mailbox_full(times=1)

        await office.keeps(minutes=50)
        assert len(office.graph.log.requests) == 1
        await office.keeps(minutes=15)

        assert await is_all_there(office)


class TestAnEventThatIsRefused:
    async def test_holds_up_no_other_and_the_secretariat_hears_of_it_once(
        self, office: Office
    ) -> None:
        """An address that Exchange does not like, for instance."""
        await many(office)
        office.graph.faults.add(op="events.create", times=1, status=400, code="ErrorInvalid")
        await office.keeps()
        assert len(office.there) == len(MANY) - 1
        office.graph.faults.add(op="events.create", status=400, code="ErrorInvalid")

        await office.keeps(minutes=60, each=SELDOM)

        row = await office.row(MANY[0])
        assert (row.state, row.trouble) == (EventState.WAITING, "ErrorInvalid")
        assert len(office.graph.log.of("events.create")) - len(MANY) < 8
        assert await told(office, NoticeKind.OUTLOOK_AMISS, MANY[0]) == [DENNIS.id, DORTE.id]
        office.graph.faults.clear()
        await office.keeps(minutes=60, each=SELDOM)
        assert await is_all_there(office)


class TestALink:
    async def test_that_comes_late_is_waited_for(self, office: Office) -> None:
        """MTG-15: 201, and no meeting in Teams yet."""
        await called(office)
        office.graph.calendar.links_missing, office.graph.calendar.links_late = 1, 2

        await office.keeps(minutes=10)

        row = await office.row(MEETING)
        assert row.join_link == (await office.event(MEETING)).join_url
        assert await told(office, NoticeKind.OUTLOOK_AMISS, MEETING) == []
        assert office.posted() == posted("invitation", *ASKED)

    async def test_that_does_not_come_is_asked_for_once_more(self, office: Office) -> None:
        """MTG-15: without touching what stands in the event."""
        await called(office)
        office.graph.calendar.links_missing = 1

        await office.keeps(minutes=20)

        (asked,) = office.graph.log.of("events.update")
        assert set(asked.body) == {"isOnlineMeeting", "onlineMeetingProvider"}
        assert (await office.row(MEETING)).join_link

    async def test_that_never_comes_is_the_secretariats_to_make(self, office: Office) -> None:
        """MTG-15: looked for for an hour, then somebody is asked, once."""
        office.graph.calendar.providers = ()
        await called(office)

        await office.keeps(minutes=240, each=SELDOM)

        assert (await office.row(MEETING)).has_no_link
        assert len(office.graph.log.of("events.get")) == 7
        assert await told(office, NoticeKind.OUTLOOK_AMISS, MEETING) == [DENNIS.id, DORTE.id]
        assert office.woken

    async def test_that_somebody_makes_by_hand_is_found_at_night(self, office: Office) -> None:
        """MTG-15: as the letter to the Secretariat says."""
        office.graph.calendar.providers = ()
        await called(office)
        await office.keeps(minutes=240, each=SELDOM)
        (await office.event(MEETING)).join_url = "https://teams.microsoft.com/l/meetup-join/1"

        await office.reconciles()

        assert (await office.row(MEETING)).join_link.endswith("/1")
