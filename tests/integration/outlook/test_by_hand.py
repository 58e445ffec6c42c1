"""What somebody deletes or moves in Outlook is put back at night, and told in the morning."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from uuid import UUID

import pytest

from domain.notices import NoticeKind
from domain.outlook_events import ByHand, EventState
from graph.calls import GraphTrouble
from localgraph.event import Event
from scheduler.reconcile_outlook import told_on
from tests.integration.outlook.steps import ASKED, DAY, MEETING, called, found, moved, posted
from tests.integration.outlook.test_troubles import told
from tests.support.outlook import Office
from tests.support.town import DENNIS, DORTE

TWO_HOURS = timedelta(hours=2)


@pytest.fixture(autouse=True)
async def there(office: Office) -> None:
    """Bo's group meets on the 24th, and Outlook knows."""
    await called(office)
    await office.keeps()
    office.posted()


class TestAnEvent:
    async def test_that_was_deleted_is_made_again_under_another_name(self, office: Office) -> None:
        before = await office.event(MEETING)
        office.graph.outlook.delete(before)
        office.posted()

        assert await office.reconciles() == 1
        await office.keeps()

        (event,) = office.there
        assert event.transaction != before.transaction
        assert office.posted() == posted("invitation", *ASKED)
        assert await told(office, NoticeKind.OUTLOOK_PUT_BACK, told_on(office.now())) == [
            *(DENNIS.id, DORTE.id)
        ]
        assert (await office.row(MEETING)).by_hand is ByHand.DELETED

    async def test_that_was_moved_is_moved_back(self, office: Office) -> None:
        event = await office.event(MEETING)
        office.graph.outlook.move(event, start=event.start + TWO_HOURS, end=event.end + TWO_HOURS)
        office.posted()

        assert await office.reconciles() == 1
        await office.keeps()

        assert (await office.event(MEETING)).start == (await found(office)).starts_at
        assert office.posted() == posted("update", *ASKED)
        assert (await office.row(MEETING)).by_hand is ByHand.MOVED

    async def test_that_was_moved_far_away_is_found_there(self, office: Office) -> None:
        event = await office.event(MEETING)
        away = timedelta(days=200)
        office.graph.outlook.move(event, start=event.start + away, end=event.end + away)

        assert await office.reconciles() == 1
        await office.keeps()

        assert (await office.row(MEETING)).by_hand is ByHand.MOVED
        assert (await office.event(MEETING)).start == (await found(office)).starts_at
        assert len(office.there) == 1

    async def test_that_was_deleted_before_it_is_changed_here_is_made_again(
        self, office: Office
    ) -> None:
        office.graph.outlook.delete(await office.event(MEETING))

        await moved(office, starts=hour(14))
        await office.keeps(minutes=2)

        assert (await office.event(MEETING)).start == (await found(office)).starts_at
        assert (await office.row(MEETING)).by_hand is ByHand.DELETED

    async def test_that_has_lost_its_link_is_given_one(self, office: Office) -> None:
        (await office.event(MEETING)).join_url = None

        assert await office.reconciles() == 1
        await office.keeps(minutes=20)

        assert (await office.row(MEETING)).join_link == (await office.event(MEETING)).join_url
        assert (await office.row(MEETING)).join_link

    async def test_that_there_are_two_of_is_one_again(self, office: Office) -> None:
        """Should Exchange ever forget what it has made: who was asked twice is let off once."""
        event = await office.event(MEETING)
        office.graph.calendar.events["double"] = _copy(event)

        await office.reconciles()

        assert [each.id for each in office.there] == [event.id]

    async def test_of_others_in_that_calendar_is_nobodys_business(self, office: Office) -> None:
        office.graph.calendar.events["theirs"] = _copy(await office.event(MEETING), theirs=True)

        assert await office.reconciles() == 0
        assert len(office.there) == 2


def _copy(event: Event, *, theirs: bool = False) -> Event:
    """Make what stands beside an event in the same calendar."""
    return replace(
        event,
        id="theirs" if theirs else "double",
        transaction=None if theirs else event.transaction,
    )


class TestANight:
    async def test_with_nothing_changed_says_nothing(self, office: Office) -> None:
        assert await office.reconciles() == 0
        assert await told(office, NoticeKind.OUTLOOK_PUT_BACK, told_on(office.now())) == []

    async def test_done_twice_does_it_once(self, office: Office) -> None:
        office.graph.outlook.delete(await office.event(MEETING))

        assert [await office.reconciles(), await office.reconciles()] == [1, 0]
        await office.keeps(minutes=2)

        assert len(office.there) == 1

    async def test_in_which_outlook_cannot_be_read_changes_nothing(self, office: Office) -> None:
        """A mailbox that does not answer is not an empty one."""
        before = await office.row(MEETING)
        office.graph.faults.add(op="calendarView", status=500)
        with pytest.raises(GraphTrouble):
            await office.reconciles()

        assert await office.row(MEETING) == before

    async def test_a_month_after_the_meeting_forgets_its_event(self, office: Office) -> None:
        office.passes(timedelta(days=22 + 31))
        await called(office, id=UUID(int=43), day=DAY + timedelta(days=60))
        await office.keeps()

        await office.reconciles()

        async with office.database.transaction() as tx:
            assert await tx.outlook.event(MEETING) is None
            kept = await tx.outlook.event(UUID(int=43))
        assert kept is not None
        assert kept.state is EventState.THERE

    async def test_tells_in_the_morning(self, office: Office) -> None:
        office.clock.at = datetime(2026, 3, 3, 2, 40, tzinfo=UTC)
        office.graph.outlook.delete(await office.event(MEETING))
        await office.reconciles()

        async with office.database.transaction() as tx:
            sent = await tx.outbox.claim(
                now=office.now() + timedelta(hours=3), lease=timedelta(minutes=1), at_most=99
            )
            due = {each.notice.kind for each in sent}
            later = await tx.outbox.claim(
                now=office.now() + timedelta(hours=5), lease=timedelta(minutes=1), at_most=99
            )
        assert NoticeKind.OUTLOOK_PUT_BACK not in due
        assert NoticeKind.OUTLOOK_PUT_BACK in {each.notice.kind for each in later}
