"""Delivering what is due, on a real database, to a courier that does as it is told."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.delivery import NO_CONNECTION, UNCLEAR, NotDelivered
from domain.notices import Notice, NoticeKind, Tier
from domain.people import PersonId
from scheduler.claiming import LEASE
from scheduler.deliver_outbox import BATCH
from storage.database import Database
from storage.vault import Vault
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
    refused,
    told,
)


@pytest.fixture
async def post(database_url: str) -> AsyncIterator[Post]:
    vault = Vault(masters={1: bytes(range(32))}, indexes={1: bytes(range(1, 33))})
    database = Database(database_url, vault)
    await database.open()
    opened = Post(database)
    await opened.knows(BO, CARL, DORTE)
    yield opened
    await database.dispose()


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


async def test_while_teams_is_down_the_notice_waits_longer_and_longer(post: Post) -> None:
    """BER-15: nobody is forgotten."""
    post.courier.trouble["chat-bo"] = [
        NotDelivered(status=None, code=NO_CONNECTION),
        NotDelivered(status=None, code=UNCLEAR),
        refused(503),
    ]
    await post.promises(told(BO))
    waits = []
    for _ in range(3):
        await post.delivers()
        due = await post.next_due()
        assert due is not None
        waits.append(due - post.now)
        post.now = due
    await post.delivers()

    assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert post.received == ["chat-bo"]


async def test_a_throttled_notice_waits_as_long_as_teams_says(post: Post) -> None:
    """BER-15: a 429 never loses a receiver."""
    post.courier.trouble["chat-bo"] = [refused(429, retry_after=17)]
    await post.promises(told(BO))
    await post.delivers()

    assert await post.next_due() == MONDAY_NOON + timedelta(seconds=17)
    post.now += timedelta(seconds=17)
    await post.delivers()
    assert post.received == ["chat-bo"]


@pytest.mark.parametrize(
    "code", ["ConversationBlockedByUser", "MessageWritesBlocked", "BotNotInConversationRoster"]
)
async def test_who_cannot_be_reached_is_not_tried_again_and_the_next_one_is_told(
    post: Post, code: str
) -> None:
    post.courier.trouble["chat-bo"] = [refused(403, code)]
    await post.promises(told(BO))
    await post.delivers()

    assert post.received == ["chat-dorte"]
    assert [notice.person for notice in post.handed_over] == [BO]
    assert await post.address(BO) is None
    assert await post.next_due() is None


async def test_who_has_no_address_is_handed_over(post: Post) -> None:
    await post.promises(told(PersonId("erik")))
    await post.delivers()

    assert [notice.person for notice in post.handed_over] == ["erik"]
    assert await post.next_due() is None


async def test_who_was_blocked_is_written_to_again_once_heard(post: Post) -> None:
    post.courier.trouble["chat-bo"] = [refused(403, "MessageWritesBlocked")]
    await post.promises(told(BO))
    await post.delivers()
    await post.knows(BO)
    await post.promises(told(BO, kind=NoticeKind.CONCERN_REMINDER))
    await post.delivers()

    assert "chat-bo" in post.received


@pytest.mark.parametrize("status", [400, 413, 500])
async def test_a_message_teams_will_never_take_is_given_up_and_handed_over(
    post: Post, status: int
) -> None:
    """BER-14: 500 is not retried; BER-16: given up is not forgotten."""
    post.courier.trouble["chat-carl"] = [refused(status)]
    await post.promises(told(CARL))
    await post.delivers()
    post.now += timedelta(days=1)
    await post.delivers()

    assert post.courier.tried == ["chat-carl"]
    assert [notice.person for notice in post.handed_over] == [CARL]
    assert await post.address(CARL) == address_of(CARL)


async def test_a_bot_that_is_shut_out_stops_and_loses_nothing(post: Post) -> None:
    people = [PersonId(f"person-{number}") for number in range(60)]
    await post.knows(*people)
    for person in people:
        post.courier.trouble[f"chat-{person}"] = [refused(403, "BotDisabledByAdmin")]
    await post.promises(*map(told, people))
    await post.delivers()
    assert post.sender.stopped
    tried = len(post.courier.tried)
    await post.delivers()
    assert len(post.courier.tried) == tried

    post.courier.trouble.clear()
    post.now += timedelta(hours=1)
    await post.delivers()
    assert tried < len(people)
    assert sorted(post.received) == sorted(f"chat-{person}" for person in people)
    assert post.handed_over == []


async def test_one_notice_that_cannot_be_drawn_does_not_hold_the_others_up(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.undrawable.add(BO)
    await post.promises(told(BO), told(CARL), told(DORTE))
    await post.delivers()

    assert sorted(post.received) == ["chat-carl", "chat-dorte"]
    assert "falls due again after its lease" in caplog.text
    post.undrawable.clear()
    post.now += LEASE
    await post.delivers()
    assert "chat-bo" in post.received


async def test_a_crash_between_sending_and_settling_sends_again_after_the_lease(
    post: Post,
) -> None:
    post.courier.afterwards["chat-bo"] = [Killed()]
    await post.promises(told(BO))
    with pytest.raises(BaseExceptionGroup) as died:
        await post.delivers()
    assert died.group_contains(Killed)

    restarted = post.another_sender()
    await post.delivers(restarted)
    assert post.received == ["chat-bo"]
    post.now += LEASE
    await post.delivers(restarted)
    assert post.received == ["chat-bo", "chat-bo"]
    post.now += LEASE
    await post.delivers(restarted)
    assert post.received == ["chat-bo", "chat-bo"]


async def test_closing_ends_with_the_batch_under_way_and_leaves_the_rest_due(post: Post) -> None:
    async def close() -> None:
        post.sender.close()

    people = [PersonId(f"person-{number}") for number in range(90)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    post.courier.meanwhile = close
    await post.delivers()
    assert len(post.received) == BATCH

    await post.delivers(post.another_sender())
    assert sorted(post.received) == sorted(f"chat-{person}" for person in people)


async def test_the_pressing_go_first(post: Post) -> None:
    people = [PersonId(f"person-{number}") for number in range(60)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    await post.promises(told(BO, tier=Tier.ALERT))
    await post.delivers()

    assert post.courier.tried[0] == "chat-bo"


async def test_two_senders_share_the_work(post: Post) -> None:
    """BER-80."""
    people = [PersonId(f"person-{number}") for number in range(100)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    await asyncio.gather(post.sender.run(), post.another_sender().run())

    assert sorted(post.received) == sorted(f"chat-{person}" for person in people)


async def test_no_transaction_is_open_while_we_wait_for_teams(post: Post) -> None:
    """On SQLite there is one connection: an open transaction would keep everybody out."""
    post.courier.meanwhile = post.next_due
    await post.promises(told(BO))
    await post.delivers()

    assert post.received == ["chat-bo"]
    assert await post.next_due() is None
