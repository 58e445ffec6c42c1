"""What falls due around meetings is done once, whoever else is at it and whatever is strange."""

import asyncio
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from domain.committee_meetings import CommitteeMeeting, DeadlineKind, DeadlineState
from domain.notices import NoticeKind
from scheduler.meet_deadlines import meet_deadlines
from storage.meeting_rows import meeting_deadlines
from tests.integration.usecases.desk import Desk
from tests.support.town import BO, MONDAY_NOON, VALBY_GROUP
from usecases.change_meeting import call

MEETING = UUID(int=42)
A_DAY = timedelta(days=1)
CALL_DUE = MONDAY_NOON + 15 * A_DAY  # the 17th of March, five working days before


@pytest.fixture
async def meeting(desk: Desk) -> CommitteeMeeting:
    """Bo has called his group to the 24th."""
    async with desk.database.transaction() as tx:
        return await call(
            tx,
            id=MEETING,
            committee=VALBY_GROUP.code,
            day=date(2026, 3, 24),
            starts=time(9),
            minutes=90,
            place="",
            purpose="Sommeren",
            by=BO,
            now=MONDAY_NOON,
        )


async def states(desk: Desk) -> dict[DeadlineKind, DeadlineState]:
    async with desk.database.transaction() as tx:
        return {each.kind: each.state for each in await tx.committee_meetings.deadlines(MEETING)}


@pytest.mark.usefixtures("meeting")
class TestADeadline:
    async def test_is_met_once_by_three_at_the_same_moment(self, desk: Desk) -> None:
        """MTG-22: whoever comes second finds it done."""
        done = await asyncio.gather(
            *(meet_deadlines(desk.database, now=CALL_DUE) for _ in range(3))
        )

        assert sum(done) == 1  # the call for items
        assert (await states(desk))[DeadlineKind.CALL] is DeadlineState.DONE

    async def test_is_not_met_before_its_hour(self, desk: Desk) -> None:
        assert await meet_deadlines(desk.database, now=MONDAY_NOON + A_DAY) == 0

    async def test_of_a_kind_that_we_do_not_know_waits_and_is_an_alarm(self, desk: Desk) -> None:
        """MTG-23: renaming keeps the row; the auditor finds that nobody does it."""
        async with desk.database.transaction() as tx:
            await tx.connection.execute(
                update(meeting_deadlines)
                .where(meeting_deadlines.c.kind == DeadlineKind.CALL)
                .values(kind="ask_for_items")
            )
        await meet_deadlines(desk.database, now=CALL_DUE)

        async with desk.database.transaction() as tx:
            count, since = await tx.committee_meetings.overdue(before=CALL_DUE)
            told = await tx.standings.each(MEETING, kind=NoticeKind.MEET_CALL, now=CALL_DUE)
        assert (count, told) == (1, [])
        assert since is not None
