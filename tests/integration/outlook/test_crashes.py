"""A replica dies anywhere, an answer is lost, two work at once: there is one event (MTG-13)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta
from itertools import count
from uuid import UUID

import pytest

from domain.outlook_events import EventState, OutlookEvent
from scheduler.keep_outlook import LEASE, keep_outlook
from storage.database import Database
from storage.vault import Vault
from tests.integration.outlook.conftest import STANDS_IN
from tests.integration.outlook.steps import (
    ASKED,
    DAY,
    MEETING,
    called,
    cancelled,
    found,
    moved,
    posted,
)
from tests.support.mortal import Killed, Life, MortalCalendar, MortalDatabase
from tests.support.outlook import MAILBOX, Office, an_office, another
from tests.support.town import INDEX_KEY, MASTER_KEY, MONDAY_NOON, ORGANISATION

LONGEST = 40  # steps; a run has fewer


@pytest.fixture
def life() -> Life:
    return Life()


@pytest.fixture
async def mortal(database_url: str, life: Life) -> AsyncIterator[Office]:
    vault = Vault(masters={1: MASTER_KEY}, indexes={1: INDEX_KEY})
    database: Database = MortalDatabase(database_url, vault, life)
    await database.open()
    async with database.transaction() as tx:
        await tx.organisation.replace(
            replace(ORGANISATION, memberships=(*ORGANISATION.memberships, STANDS_IN))
        )
    async with an_office(database, at=MONDAY_NOON) as office:
        office.calendar = MortalCalendar(office.client, mailbox=MAILBOX, life=life)
        yield office
    await database.dispose()


class TestAReplica:
    async def test_that_dies_at_any_step_leaves_one_event_each(
        self, mortal: Office, life: Life
    ) -> None:
        """MTG-13: one meeting to be made, one moved and one cancelled, at every step there is."""
        for steps in count():
            made, hour, off = (UUID(int=10 * steps + each) for each in (1, 2, 3))
            for each in (hour, off):
                await called(mortal, id=each, day=DAY + timedelta(days=steps))
            await mortal.keeps(minutes=2)
            await called(mortal, id=made, day=DAY + timedelta(days=steps))
            await moved(mortal, id=hour, day=DAY + timedelta(days=steps), starts=time(14))
            await cancelled(mortal, id=off)
            mortal.posted()

            life.lives_for(steps)
            with suppress(Killed):
                await mortal.keeps()
            over = life.is_over
            life.lives_on()
            mortal.passes(LEASE)
            await mortal.keeps(minutes=3)

            mine = [await mortal.row(each) for each in (made, hour, off)]
            assert [each.state for each in mine] == [
                *(EventState.THERE, EventState.THERE, EventState.GONE)
            ]
            assert mortal.posted() == sorted(
                posted("invitation", *ASKED)
                + posted("update", *ASKED)
                + posted("cancellation", *ASKED)
            )
            assert len(mortal.there) == 2 * (steps + 1)
            if not over:
                break
        assert 8 < steps < LONGEST

    async def test_that_died_is_taken_over_when_its_lease_is_over(
        self, mortal: Office, life: Life
    ) -> None:
        await called(mortal)
        life.lives_for(8)
        with suppress(Killed):
            await mortal.keeps()
        life.lives_on()

        await mortal.keeps(minutes=2)
        assert (await mortal.row(MEETING)).state is EventState.WAITING
        mortal.passes(LEASE)
        await mortal.keeps(minutes=2)

        assert (await mortal.row(MEETING)).state is EventState.THERE
        assert len(mortal.there) == 1


class TestThree:
    """Replicas, each with its own way to Graph: what one may send, all of them may together."""

    @pytest.fixture(autouse=True)
    async def a_year(self, office: Office) -> None:
        for number in range(45):
            await called(office, id=UUID(int=number + 1), day=DAY + timedelta(days=number))

    async def test_at_the_same_moment_make_one_event_each(self, office: Office) -> None:
        """MTG-13, MTG-14."""
        async with another(office) as second, another(office) as third:
            for _ in range(6):
                await asyncio.gather(
                    *(
                        keep_outlook(office.database, each, now=office.now)
                        for each in (office.calendar, second, third)
                    )
                )
                office.passes(timedelta(seconds=32))

        assert len(office.there) == 45
        assert len(office.graph.log.of("events.create")) == 45
        assert office.graph.outbox.most_sendings_in(timedelta(minutes=1)) == 20

    async def test_one_after_the_other_keep_to_one_minute(self, office: Office) -> None:
        """MTG-14: who begins anew does not begin a new minute."""
        async with another(office) as second:
            await keep_outlook(office.database, office.calendar, now=office.now)
            await keep_outlook(office.database, second, now=office.now)

        assert len(office.there) == 20


class TestAClaim:
    async def test_is_one_replicas(self, database: Database) -> None:
        """Two who read the same row: one has it, and what the other notes comes to nothing."""
        row, lease = OutlookEvent(meeting=MEETING), timedelta(minutes=5)
        for _ in range(2):  # of a new row, and of one that is there
            async with database.transaction() as tx:
                mine = await tx.outlook.claim(row, now=MONDAY_NOON, lease=lease)
                theirs = await tx.outlook.claim(row, now=MONDAY_NOON, lease=lease)
            assert mine is not None
            assert theirs is None
            async with database.transaction() as tx:
                assert not await tx.outlook.settle(row)
                assert await tx.outlook.settle(mine)
            row = mine

    async def test_of_the_mailbox_is_one_replicas_until_its_lease_is_over(
        self, database: Database
    ) -> None:
        async with database.transaction() as tx:
            mine = await tx.outlook.take("events", now=MONDAY_NOON, lease=LEASE)
            theirs = await tx.outlook.take("events", now=MONDAY_NOON, lease=LEASE)
            later = await tx.outlook.take("events", now=MONDAY_NOON + LEASE, lease=LEASE)
            assert mine is not None
            assert not await tx.outlook.let_go(mine, now=MONDAY_NOON + LEASE)
        assert theirs is None
        assert later is not None


class TestALostAnswer:
    @pytest.mark.parametrize("times", [1, 4, 9])
    async def test_to_the_making_leaves_one_event(self, office: Office, times: int) -> None:
        """MTG-13: repeated at once, or found again by the next run."""
        await called(office)
        office.graph.faults.lose_answer(op="events.create", times=times)
        office.graph.faults.add(op="batch", cut=True, done_first=True, times=times)

        await office.keeps(minutes=30)

        assert len(office.there) == 1
        assert office.posted() == posted("invitation", *ASKED)
        assert (await office.row(MEETING)).state is EventState.THERE

    async def test_is_not_asked_for_by_another_name_when_the_hour_has_changed(
        self, office: Office
    ) -> None:
        """MTG-13: it was made at the old hour; it is found there, and moved."""
        await called(office)
        office.graph.faults.add(op="batch", cut=True, done_first=True, times=4)
        await office.keeps()
        await moved(office, starts=time(14))

        await office.keeps(minutes=10)

        (event,) = office.there
        assert event.start == (await found(office)).starts_at
        assert len(office.graph.log.of("events.create")) <= 4  # all by the first run

    @pytest.mark.parametrize("arrived", [True, False])
    async def test_to_the_making_of_what_is_then_cancelled_leaves_nothing(
        self, office: Office, *, arrived: bool
    ) -> None:
        """MTG-13: who was invited hears that it is off, and nobody is invited only to hear it."""
        await called(office)
        office.graph.faults.add(op="batch", cut=True, done_first=arrived, times=4)
        await office.keeps()
        await cancelled(office)

        await office.keeps(minutes=6)

        assert office.there == []
        kinds = ("invitation", "cancellation") if arrived else ()
        assert office.posted() == sorted(each for kind in kinds for each in posted(kind, *ASKED))
        assert (await office.row(MEETING)).state is EventState.GONE

    async def test_to_a_cancellation_cancels_once(self, office: Office) -> None:
        await called(office)
        await office.keeps()
        await cancelled(office)
        office.posted()
        office.graph.faults.add(op="batch", cut=True, done_first=True, times=4)

        await office.keeps(minutes=10)

        assert office.there == []
        assert office.posted() == posted("cancellation", *ASKED)
        assert (await office.row(MEETING)).state is EventState.GONE

    async def test_to_a_change_changes_once(self, office: Office) -> None:
        await called(office)
        await office.keeps()
        await moved(office, starts=time(14))
        office.posted()
        office.graph.faults.add(op="batch", cut=True, done_first=True, after=1, times=4)

        await office.keeps(minutes=10)

        assert len(office.graph.log.of("events.update")) > 1
        assert office.posted() == posted("update", *ASKED)
        assert (await office.event(MEETING)).start == (await found(office)).starts_at
