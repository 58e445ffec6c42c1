"""Faults of our own in the middle of a send: they stay where they are, in simulated time."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text

from domain.delivery import DeliveryState, Tally
from domain.notices import NoticeKind
from scheduler.claiming import LEASE
from scheduler.settling import BETWEEN_TRIES, TOGETHER, TRIES
from storage.database import Database
from tests.faults.conftest import Fresh
from tests.support.breaking import Breaking, breaking
from tests.support.hours import hour
from tests.support.hours import told as story_told
from tests.support.post import BO, CARL, CONCERN, DORTE, Post, refused, told
from tests.support.storm import VAULT

REFUSES_BO = text(
    "CREATE TRIGGER data.refuses_bo BEFORE UPDATE OF activity_id ON outbox "
    "WHEN new.lane = 'bo' BEGIN SELECT RAISE(ABORT, 'this row cannot be written'); END"
)
TAKES_BO = text("DROP TRIGGER data.refuses_bo")

Story = Callable[[Post], Awaitable[None]]


def tell(fresh: Fresh, story: Story) -> None:
    async def whole() -> None:
        database = Database(fresh(), VAULT)
        await database.open()
        post = Post(database)
        await post.knows(BO, CARL, DORTE)
        await story(post)
        await database.dispose()

    story_told(whole())


def test_what_nothing_can_follow_from_holds_nobody_up(
    fresh: Fresh, caplog: pytest.LogCaptureFixture
) -> None:
    """Finding another way for Bo fails again and again; the others are settled all the same."""

    async def story(post: Post) -> None:
        post.hands_nothing_over.add(BO)
        post.courier.trouble["chat-bo"] = [refused(400)]
        await post.promises(told(BO), told(CARL))
        began = hour()
        await post.delivers()

        assert await _tally(post) == {DeliveryState.SENDING: 1, DeliveryState.DELIVERED: 1}
        assert (hour() - began).total_seconds() == pytest.approx(TRIES * BETWEEN_TRIES, abs=1)

    tell(fresh, story)
    assert "could not be written down" in caplog.text


def test_one_row_that_cannot_be_written_does_not_spoil_it_for_its_group(fresh: Fresh) -> None:
    """BER-74: the others are written down before their lease ends, and never sent again."""

    async def story(post: Post) -> None:
        async with post.database.transaction() as tx:
            await tx.connection.execute(REFUSES_BO)
        await post.promises(told(BO), told(CARL), told(DORTE))
        delivering = asyncio.create_task(post.delivers())
        await asyncio.sleep((TOGETHER + 1) * BETWEEN_TRIES)
        assert await _tally(post) == {DeliveryState.SENDING: 1, DeliveryState.DELIVERED: 2}

        async with post.database.transaction() as tx:
            await tx.connection.execute(TAKES_BO)
        await delivering
        assert await _tally(post) == {DeliveryState.DELIVERED: 3}
        post.now += LEASE
        await post.delivers()
        assert sorted(post.received) == ["chat-bo", "chat-carl", "chat-dorte"]

    tell(fresh, story)


@pytest.mark.parametrize("away", [1, 10, TRIES - 2])
def test_a_database_that_is_away_while_we_settle_loses_nothing(fresh: Fresh, away: int) -> None:
    """BER-74: what Teams took is written down when it is back."""

    async def story(post: Post) -> None:
        with breaking() as weak:
            post.courier.meanwhile = _goes_away(weak, times=away)
            await post.promises(told(BO), told(CARL))
            await post.delivers()

        assert await post.next_due() is None
        assert sorted(post.received) == ["chat-bo", "chat-carl"]

    tell(fresh, story)


async def _tally(post: Post) -> Tally:
    async with post.database.transaction() as tx:
        return await tx.standings.tally(CONCERN, kind=NoticeKind.CONCERN_WAITING, now=post.now)


def _goes_away(weak: Breaking, *, times: int) -> Callable[[], Awaitable[None]]:
    """Let the database fail whenever it is asked, so many times from now."""

    async def goes() -> None:
        weak.fails_until = weak.asked + times + 1

    return goes
