"""An outbox, a sender, and a courier that does as it is told."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cards.shown import Shown
from domain.delivery import Address, Delivery, DeliveryState, NotDelivered
from domain.notices import Notice, NoticeKind, Tier
from domain.people import CommitteeCode, PersonId
from scheduler.addressing import in_teams
from scheduler.deliver_outbox import OutboxSender
from storage.database import Database, Transaction

MONDAY_NOON = datetime(2026, 3, 16, 11, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CONCERN = UUID(int=1)
NO_PACE = 1_000_000.0  # messages a second
BO, CARL, DORTE = PersonId("bo"), PersonId("carl"), PersonId("dorte")
GROUP = CommitteeCode("KG-01")


class Killed(BaseException):
    """The process died here."""


class FakeCourier:
    """Delivers, unless trouble is planned for an address; `trouble` is used up in order."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.delivered: list[tuple[str, str]] = []
        self.begun = asyncio.Event()
        self.tried: list[str] = []
        self.trouble: dict[str, list[BaseException]] = {}
        self.afterwards: dict[str, list[BaseException]] = {}
        self.meanwhile: Callable[[], Awaitable[object]] | None = None

    def write(self, shown: Shown) -> bytes:
        self.written.append(shown.words)
        return shown.words.encode()

    async def deliver(self, letter: bytes, *, to: Address) -> str:
        self.tried.append(to.conversation_id)
        self.begun.set()
        if planned := self.trouble.get(to.conversation_id):
            raise planned.pop(0)
        if self.meanwhile is not None:
            await asyncio.wait_for(self.meanwhile(), timeout=5)
        self.delivered.append((to.conversation_id, letter.decode()))
        if planned := self.afterwards.get(to.conversation_id):
            raise planned.pop(0)
        return f"activity-{len(self.delivered)}"


class Counts:
    """Counts what the sender tells."""

    def __init__(self) -> None:
        self.results: Counter[str] = Counter()
        self.late: list[timedelta] = []
        self.pauses: list[timedelta] = []

    def delivered(self, kind: NoticeKind, tier: Tier, late: timedelta) -> None:
        del kind, tier
        self.late.append(late)

    def ended(self, result: str) -> None:
        self.results[result] += 1

    def throttled(self, paused_for: timedelta) -> None:
        self.pauses.append(paused_for)


class Post:
    """A database, a courier, a clock, and the sender between them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.courier = FakeCourier()
        self.now = MONDAY_NOON
        self.unneeded: set[PersonId] = set()
        self.undrawable: set[PersonId] = set()
        self.hands_nothing_over: set[PersonId] = set()
        self.says_the_same = False
        self.batches: list[int] = []  # how many were drawn together
        self.handed_over: list[Notice] = []
        self.ended_as: list[DeliveryState] = []
        self.watcher = Counts()
        self.rate = NO_PACE
        self.jitter = 0.5
        self._news = asyncio.Event()
        self.sender = self.another_sender()

    def another_sender(self, database: Database | None = None) -> OutboxSender[Address]:
        """Start anew, as a process does that knows nothing of what was before."""
        return OutboxSender(
            database=database or self.database,
            courier=self.courier,
            find=in_teams,
            draw=self._draw,
            not_reached=self._not_reached,
            watcher=self.watcher,
            wake=self._news.set,
            rate=self.rate,
            now=lambda: self.now,
            real=lambda: self.now,
            jitter=lambda: self.jitter,
        )

    async def delivers(self, sender: OutboxSender[Address] | None = None) -> None:
        """Let everything that is due be sent, answered and written down."""
        sender = sender or self.sender
        self._news.set()
        while self._news.is_set():
            self._news.clear()
            await sender.run()
            await sender.idle()

    async def _draw(
        self, tx: Transaction, deliveries: Sequence[Delivery]
    ) -> Sequence[Shown | None]:
        waiting = await tx.outbox.next_due()  # the transaction is one that can be used
        assert waiting is not None
        self.batches.append(len(deliveries))
        if self.says_the_same:
            return [Shown(words=deliveries[0].notice.kind, summary="SSP")] * len(deliveries)
        return [self._shown(delivery) for delivery in deliveries]

    def _shown(self, delivery: Delivery) -> Shown | None:
        notice = delivery.notice
        if notice.person in self.undrawable:
            raise LookupError(notice.person)
        if notice.person in self.unneeded:
            return None
        mark = " (gentaget)" if delivery.repeated else ""
        return Shown(words=f"{notice.kind} {notice.person or notice.channel}{mark}", summary="SSP")

    async def _not_reached(
        self, tx: Transaction, delivery: Delivery, state: DeliveryState
    ) -> None:
        notice = delivery.notice
        if notice.person in self.hands_nothing_over:
            raise LookupError(notice.person)
        self.handed_over.append(notice)
        self.ended_as.append(state)
        if notice.person == BO:
            await tx.outbox.add([told(DORTE, due_at=self.now)])

    async def promises(self, *notices: Notice) -> None:
        async with self.database.transaction() as tx:
            await tx.outbox.add(notices)

    async def knows(self, *people: PersonId) -> None:
        async with self.database.transaction() as tx:
            for person in people:
                await tx.addresses.learn(person, address_of(person), now=MONDAY_NOON)

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
