"""Delivering what is due, on a real database, to a courier that does as it is told."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from domain.notices import Notice, NoticeKind, Tier
from domain.people import PersonId
from scheduler.claiming import LEASE
from scheduler.deliver_outbox import BATCH
from tests.support.breaking import breaking
from tests.support.post import (
    BO,
    CARL,
    CONCERN,
    DORTE,
    GROUP,
    MINUTE,
    MONDAY_NOON,
    Killed,
    Post,
    address_of,
    told,
)


async def test_with_nothing_due_nobody_is_disturbed(post: Post) -> None:
    await post.promises(told(BO, due_at=MONDAY_NOON + MINUTE))
    await post.delivers()

    assert post.courier.tried == []


async def test_what_is_due_is_delivered_once(post: Post) -> None:
    await post.promises(told(BO))
    await post.delivers()
    await post.delivers()
    post.now += timedelta(days=1)
    await post.delivers(post.another_sender())

    assert post.courier.delivered == [("chat-bo", "concern_waiting bo")]
    assert await post.next_due() is None


async def test_a_notice_promised_twice_is_delivered_once(post: Post) -> None:
    await post.promises(told(BO), told(CARL))
    await post.promises(told(BO))
    await post.delivers()

    assert sorted(post.received) == ["chat-bo", "chat-carl"]


async def test_more_than_one_batch_is_delivered_in_one_run(post: Post) -> None:
    people = [PersonId(f"person-{number}") for number in range(90)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    await post.delivers()

    assert sorted(post.received) == sorted(f"chat-{person}" for person in people)


async def test_a_channel_is_told_at_its_own_address(post: Post) -> None:
    async with post.database.transaction() as tx:
        await tx.addresses.learn_channel(GROUP, address_of(GROUP))
    ping = Notice(kind=NoticeKind.CONCERN_PING, about=CONCERN, due_at=MONDAY_NOON, channel=GROUP)
    await post.promises(ping)
    await post.delivers()

    assert post.received == ["chat-KG-01"]


async def test_what_nobody_needs_any_more_is_left_unsent(post: Post) -> None:
    post.unneeded.add(BO)
    await post.promises(told(BO))
    await post.delivers()

    assert post.courier.tried == []
    assert await post.next_due() is None


async def test_one_notice_that_cannot_be_drawn_does_not_hold_the_others_up(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.undrawable.add(BO)
    await post.promises(told(BO), told(CARL), told(DORTE))
    await post.delivers()

    assert sorted(post.received) == ["chat-carl", "chat-dorte"]
    assert "cannot be drawn" in caplog.text
    post.undrawable.clear()
    post.now += LEASE
    await post.delivers()
    assert "chat-bo" in post.received


async def test_a_batch_is_drawn_and_addressed_in_one_transaction_and_written_once(
    post: Post,
) -> None:
    """One letter for all who are shown the same, however many they are."""
    people = [PersonId(f"person-{number}") for number in range(BATCH)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    post.says_the_same = True
    await post.delivers()

    assert len(post.received) == BATCH
    assert post.batches == [BATCH]
    assert post.courier.written == ["concern_waiting"]


async def test_a_batch_that_cannot_be_drawn_is_drawn_one_by_one(post: Post) -> None:
    post.undrawable.add(BO)
    await post.promises(told(BO), told(CARL), told(DORTE))
    await post.delivers()

    assert post.batches == [3, 1, 1, 1]


async def test_a_crash_between_sending_and_settling_sends_again_after_the_lease(
    post: Post,
) -> None:
    """BER-74: and says that it may have come before."""
    post.courier.afterwards["chat-bo"] = [Killed()]
    await post.promises(told(BO))
    with suppress(Killed):
        await post.delivers()

    restarted = post.another_sender()
    await post.delivers(restarted)
    assert post.received == ["chat-bo"]
    post.now += LEASE
    await post.delivers(restarted)
    assert post.courier.delivered == [
        ("chat-bo", "concern_waiting bo"),
        ("chat-bo", "concern_waiting bo (gentaget)"),
    ]
    post.now += LEASE
    await post.delivers(restarted)
    assert len(post.received) == 2


async def test_closing_ends_what_is_under_way_and_leaves_the_rest_due(post: Post) -> None:
    people = [PersonId(f"person-{number}") for number in range(3 * BATCH)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    goes_on = asyncio.Event()
    post.courier.meanwhile = goes_on.wait
    running = asyncio.create_task(post.sender.run())
    await asyncio.wait_for(post.courier.begun.wait(), timeout=5)
    closing = asyncio.create_task(post.sender.close())
    goes_on.set()
    await asyncio.wait_for(asyncio.gather(running, closing), timeout=30)
    before = len(post.received)
    assert 0 < before < len(people)

    post.now += LEASE
    await post.delivers(post.another_sender())
    assert sorted(post.received) == sorted(f"chat-{person}" for person in people)


async def test_the_pressing_go_first(post: Post) -> None:
    people = [PersonId(f"person-{number}") for number in range(60)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    await post.promises(told(BO, tier=Tier.ALERT))
    await post.delivers()

    assert post.courier.tried[0] == "chat-bo"


@pytest.mark.parametrize("senders", [2, 3])
async def test_several_senders_share_the_work_and_send_nothing_twice(
    post: Post, senders: int
) -> None:
    """BER-80: on one database, all at the same moment."""
    people = [PersonId(f"person-{number}") for number in range(2 * BATCH)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    others = [post.another_sender() for _ in range(senders)]
    await asyncio.gather(*map(post.delivers, others))

    assert sorted(post.received) == sorted(f"chat-{person}" for person in people)


async def test_what_was_sent_is_remembered_however_long_the_database_is_away(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    """BER-74: nothing lost and nothing sent twice when it fails while we settle."""
    await post.promises(told(BO), told(CARL))
    claimed = asyncio.Event()
    with breaking() as weak:

        async def goes_away() -> None:
            await claimed.wait()  # so that what fails is the settling, and no claim
            weak.at = weak.asked + 1

        post.courier.meanwhile = goes_away
        await post.sender.run()
        claimed.set()
        await post.sender.idle()

    assert "could not be written down" in caplog.text
    assert await post.next_due() is None
    post.now += LEASE
    await post.delivers(post.another_sender())
    assert sorted(post.received) == ["chat-bo", "chat-carl"]


async def test_no_transaction_is_open_while_we_wait_for_teams(post: Post) -> None:
    """On SQLite there is one connection: an open transaction would keep everybody out."""
    post.courier.meanwhile = post.next_due
    await post.promises(told(BO))
    await post.delivers()

    assert post.received == ["chat-bo"]
    assert await post.next_due() is None
