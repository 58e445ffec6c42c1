"""Delivering what is due, on a real database, to a courier that does as it is told."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from cards.shown import Shown
from domain.delivery import NO_CONNECTION, UNCLEAR, Address, NotDelivered
from domain.notices import Notice, NoticeKind, Tier
from domain.people import CommitteeCode, PersonId
from scheduler.deliver_outbox import BATCH, LEASE, OutboxSender
from storage.database import Database, Transaction
from storage.vault import Vault

MONDAY_NOON = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CONCERN = UUID(int=1)
BO, CARL, DORTE = PersonId("bo"), PersonId("carl"), PersonId("dorte")
GROUP = CommitteeCode("KG-01")


class Killed(BaseException):
    """The process died here."""


class FakeCourier:
    """Delivers, unless trouble is planned for an address; `trouble` is used up in order."""

    def __init__(self) -> None:
        self.delivered: list[tuple[str, str]] = []
        self.tried: list[str] = []
        self.trouble: dict[str, list[BaseException]] = {}
        self.afterwards: dict[str, list[BaseException]] = {}
        self.meanwhile: Callable[[], Awaitable[object]] | None = None

    async def deliver(self, shown: Shown, *, to: Address) -> str:
        self.tried.append(to.conversation_id)
        if planned := self.trouble.get(to.conversation_id):
            raise planned.pop(0)
        if self.meanwhile is not None:
            await asyncio.wait_for(self.meanwhile(), timeout=5)
        self.delivered.append((to.conversation_id, shown.words))
        if planned := self.afterwards.get(to.conversation_id):
            raise planned.pop(0)
        return f"activity-{len(self.delivered)}"


class Post:
    """A database, a courier, a clock, and the sender between them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.courier = FakeCourier()
        self.now = MONDAY_NOON
        self.unneeded: set[PersonId] = set()
        self.undrawable: set[PersonId] = set()
        self.handed_over: list[Notice] = []
        self.sender = self.another_sender()

    def another_sender(self) -> OutboxSender:
        """Start anew, as a process does that knows nothing of what was before."""
        return OutboxSender(
            database=self.database,
            courier=self.courier,
            draw=self._draw,
            not_reached=self._not_reached,
            now=lambda: self.now,
            jitter=lambda: 0.0,
        )

    async def _draw(self, tx: Transaction, notice: Notice) -> Shown | None:
        if notice.person in self.undrawable:
            raise LookupError(notice.person)
        if notice.person in self.unneeded:
            return None
        waiting = await tx.outbox.next_due()  # the transaction is one that can be used
        assert waiting is not None
        return Shown(words=f"{notice.kind} {notice.person or notice.channel}", summary="SSP")

    async def _not_reached(self, tx: Transaction, notice: Notice) -> None:
        self.handed_over.append(notice)
        if notice.person == BO:
            await tx.outbox.add([told(DORTE, due_at=self.now)])

    async def promises(self, *notices: Notice) -> None:
        async with self.database.transaction() as tx:
            await tx.outbox.add(notices)

    async def knows(self, *people: PersonId) -> None:
        async with self.database.transaction() as tx:
            for person in people:
                await tx.addresses.learn(person, address_of(person))

    async def address(self, person: PersonId) -> Address | None:
        async with self.database.transaction() as tx:
            return await tx.addresses.of(person)

    async def next_due(self) -> datetime | None:
        async with self.database.transaction() as tx:
            return await tx.outbox.next_due()

    @property
    def received(self) -> list[str]:
        return [conversation for conversation, _ in self.courier.delivered]


def address_of(person: str) -> Address:
    return Address(
        conversation_id=f"chat-{person}", service_url="https://teams.example/", tenant_id="t"
    )


def told(
    person: PersonId,
    *,
    due_at: datetime = MONDAY_NOON,
    kind: NoticeKind = NoticeKind.CONCERN_WAITING,
    tier: Tier = Tier.ORDINARY,
) -> Notice:
    return Notice(kind=kind, about=CONCERN, due_at=due_at, person=person, tier=tier)


def refused(status: int, code: str = "", *, retry_after: int | None = None) -> NotDelivered:
    after = None if retry_after is None else timedelta(seconds=retry_after)
    return NotDelivered(status=status, code=code, retry_after=after)


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
    await post.sender.run()

    assert post.courier.tried == []


async def test_what_is_due_is_delivered_once(post: Post) -> None:
    await post.promises(told(BO))
    await post.sender.run()
    await post.sender.run()
    post.now += timedelta(days=1)
    await post.another_sender().run()

    assert post.courier.delivered == [("chat-bo", "concern_waiting bo")]
    assert await post.next_due() is None


async def test_a_notice_promised_twice_is_delivered_once(post: Post) -> None:
    await post.promises(told(BO), told(CARL))
    await post.promises(told(BO))
    await post.sender.run()

    assert sorted(post.received) == ["chat-bo", "chat-carl"]


async def test_more_than_one_batch_is_delivered_in_one_run(post: Post) -> None:
    people = [PersonId(f"person-{number}") for number in range(90)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    await post.sender.run()

    assert sorted(post.received) == sorted(f"chat-{person}" for person in people)


async def test_a_channel_is_told_at_its_own_address(post: Post) -> None:
    async with post.database.transaction() as tx:
        await tx.addresses.learn_channel(GROUP, address_of(GROUP))
    ping = Notice(kind=NoticeKind.CONCERN_PING, about=CONCERN, due_at=MONDAY_NOON, channel=GROUP)
    await post.promises(ping)
    await post.sender.run()

    assert post.received == ["chat-KG-01"]


async def test_what_nobody_needs_any_more_is_left_unsent(post: Post) -> None:
    post.unneeded.add(BO)
    await post.promises(told(BO))
    await post.sender.run()

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
        await post.sender.run()
        due = await post.next_due()
        assert due is not None
        waits.append(due - post.now)
        post.now = due
    await post.sender.run()

    assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert post.received == ["chat-bo"]


async def test_a_throttled_notice_waits_as_long_as_teams_says(post: Post) -> None:
    """BER-15: a 429 never loses a receiver."""
    post.courier.trouble["chat-bo"] = [refused(429, retry_after=17)]
    await post.promises(told(BO))
    await post.sender.run()

    assert await post.next_due() == MONDAY_NOON + timedelta(seconds=17)
    post.now += timedelta(seconds=17)
    await post.sender.run()
    assert post.received == ["chat-bo"]


@pytest.mark.parametrize(
    "code", ["ConversationBlockedByUser", "MessageWritesBlocked", "BotNotInConversationRoster"]
)
async def test_who_cannot_be_reached_is_not_tried_again_and_the_next_one_is_told(
    post: Post, code: str
) -> None:
    post.courier.trouble["chat-bo"] = [refused(403, code)]
    await post.promises(told(BO))
    await post.sender.run()

    assert post.received == ["chat-dorte"]
    assert [notice.person for notice in post.handed_over] == [BO]
    assert await post.address(BO) is None
    assert await post.next_due() is None


async def test_who_has_no_address_is_handed_over(post: Post) -> None:
    await post.promises(told(PersonId("erik")))
    await post.sender.run()

    assert [notice.person for notice in post.handed_over] == ["erik"]
    assert await post.next_due() is None


async def test_who_was_blocked_is_written_to_again_once_heard(post: Post) -> None:
    post.courier.trouble["chat-bo"] = [refused(403, "MessageWritesBlocked")]
    await post.promises(told(BO))
    await post.sender.run()
    await post.knows(BO)
    await post.promises(told(BO, kind=NoticeKind.CONCERN_REMINDER))
    await post.sender.run()

    assert "chat-bo" in post.received


@pytest.mark.parametrize("status", [400, 413, 500])
async def test_a_message_teams_will_never_take_is_given_up_and_handed_over(
    post: Post, status: int
) -> None:
    """BER-14: 500 is not retried; BER-16: given up is not forgotten."""
    post.courier.trouble["chat-carl"] = [refused(status)]
    await post.promises(told(CARL))
    await post.sender.run()
    post.now += timedelta(days=1)
    await post.sender.run()

    assert post.courier.tried == ["chat-carl"]
    assert [notice.person for notice in post.handed_over] == [CARL]
    assert await post.address(CARL) == address_of(CARL)


async def test_a_bot_that_is_shut_out_stops_and_loses_nothing(post: Post) -> None:
    people = [PersonId(f"person-{number}") for number in range(60)]
    await post.knows(*people)
    for person in people:
        post.courier.trouble[f"chat-{person}"] = [refused(403, "BotDisabledByAdmin")]
    await post.promises(*map(told, people))
    await post.sender.run()
    assert post.sender.stopped
    tried = len(post.courier.tried)
    await post.sender.run()
    assert len(post.courier.tried) == tried

    post.courier.trouble.clear()
    post.now += timedelta(hours=1)
    await post.sender.run()
    assert tried < len(people)
    assert sorted(post.received) == sorted(f"chat-{person}" for person in people)
    assert post.handed_over == []


async def test_one_notice_that_cannot_be_drawn_does_not_hold_the_others_up(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.undrawable.add(BO)
    await post.promises(told(BO), told(CARL), told(DORTE))
    await post.sender.run()

    assert sorted(post.received) == ["chat-carl", "chat-dorte"]
    assert "falls due again after its lease" in caplog.text
    post.undrawable.clear()
    post.now += LEASE
    await post.sender.run()
    assert "chat-bo" in post.received


async def test_a_crash_between_sending_and_settling_sends_again_after_the_lease(
    post: Post,
) -> None:
    post.courier.afterwards["chat-bo"] = [Killed()]
    await post.promises(told(BO))
    with pytest.raises(BaseExceptionGroup) as died:
        await post.sender.run()
    assert died.group_contains(Killed)

    restarted = post.another_sender()
    await restarted.run()
    assert post.received == ["chat-bo"]
    post.now += LEASE
    await restarted.run()
    assert post.received == ["chat-bo", "chat-bo"]
    post.now += LEASE
    await restarted.run()
    assert post.received == ["chat-bo", "chat-bo"]


async def test_closing_ends_with_the_batch_under_way_and_leaves_the_rest_due(post: Post) -> None:
    async def close() -> None:
        post.sender.close()

    people = [PersonId(f"person-{number}") for number in range(90)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    post.courier.meanwhile = close
    await post.sender.run()
    assert len(post.received) == BATCH

    await post.another_sender().run()
    assert sorted(post.received) == sorted(f"chat-{person}" for person in people)


async def test_the_pressing_go_first(post: Post) -> None:
    people = [PersonId(f"person-{number}") for number in range(60)]
    await post.knows(*people)
    await post.promises(*map(told, people))
    await post.promises(told(BO, tier=Tier.ALERT))
    await post.sender.run()

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
    await post.sender.run()

    assert post.received == ["chat-bo"]
    assert await post.next_due() is None
