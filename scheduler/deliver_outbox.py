"""Deliver what is due: claimed in batches, drawn as things stand now, settled one by one."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import assert_never

from cards.shown import Shown
from domain.delivery import (
    STOPPED_FOR,
    Address,
    Delivery,
    GiveUp,
    NotDelivered,
    Retry,
    StopAll,
    Unreachable,
    Verdict,
    verdict,
    wait_after,
)
from domain.notices import Notice
from scheduler.courier import Courier
from storage.database import Database, Transaction

BATCH = 40
AT_ONCE = 8
LEASE = timedelta(minutes=2)  # longer than a whole batch takes when every send times out

Draw = Callable[[Transaction, Notice], Awaitable[Shown | None]]
NotReached = Callable[[Transaction, Notice], Awaitable[None]]

log = logging.getLogger(__name__)


class OutboxSender:
    """Sends what is due, with no transaction open while we wait for Teams.

    A crash between sending and settling sends twice when the lease runs out: a nuisance, where
    losing a message would be a failure. One notice's trouble never becomes another's.

    :param draw: says what a notice says now; None when it is no longer needed.
    :param not_reached: hands over a notice whose receiver cannot be reached.
    :param jitter: a number from 0 to 1, another each time.
    """

    def __init__(
        self,
        *,
        database: Database,
        courier: Courier,
        draw: Draw,
        not_reached: NotReached,
        now: Callable[[], datetime],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._courier = courier
        self._draw = draw
        self._not_reached = not_reached
        self._now = now
        self._jitter = jitter
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._closing = False
        self.stopped_until: datetime | None = None

    async def run(self) -> None:
        """Deliver everything that is due, unless Teams wants nothing from us for a while."""
        while not (self._closing or self.stopped) and (batch := await self._claim()):
            async with asyncio.TaskGroup() as group:
                for delivery in batch:
                    group.create_task(self._deliver(delivery))

    def close(self) -> None:
        """Begin no other batch; the one under way is delivered."""
        self._closing = True

    @property
    def stopped(self) -> bool:
        """Whether Teams refused the bot itself, so that an operator must look."""
        return self.stopped_until is not None and self._now() < self.stopped_until

    async def _claim(self) -> list[Delivery]:
        async with self._database.transaction() as tx:
            return await tx.outbox.claim(now=self._now(), lease=LEASE, at_most=BATCH)

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            async with self._at_once:
                await self._send(delivery)
        except Exception:
            log.exception("notice %s failed; it falls due again after its lease", delivery.id)

    async def _send(self, delivery: Delivery) -> None:
        prepared = await self._prepare(delivery)
        if prepared is None:
            return
        shown, address = prepared
        try:
            activity = await self._courier.deliver(shown, to=address)
        except NotDelivered as problem:
            log.warning("notice %s not delivered: %s", delivery.id, problem)
            follows = verdict(problem.status, problem.code, problem.retry_after)
            await self._follow(delivery, follows)
        else:
            async with self._database.transaction() as tx:
                await tx.outbox.settle(delivery, now=self._now(), activity_id=activity)

    async def _prepare(self, delivery: Delivery) -> tuple[Shown, Address] | None:
        """Draw the message and find its address; without either, the notice is done with."""
        async with self._database.transaction() as tx:
            if self.stopped_until is not None and self.stopped:
                await tx.outbox.postpone(delivery, until=self.stopped_until, why="stopped")
                return None
            shown = await self._draw(tx, delivery.notice)
            if shown is None:
                await tx.outbox.drop(delivery, now=self._now())
                return None
            address = await _address(tx, delivery.notice)
            if address is None:
                await self._hand_over(tx, delivery, why="no_address")
                return None
            return shown, address

    async def _follow(self, delivery: Delivery, follows: Verdict) -> None:
        async with self._database.transaction() as tx:
            match follows:
                case Retry(after=after):
                    wait = after or wait_after(delivery.attempts, self._jitter())
                    until = self._now() + wait
                    await tx.outbox.postpone(delivery, until=until, why="retry")
                case Unreachable(why=why):
                    if delivery.notice.person is not None:
                        await tx.addresses.block(delivery.notice.person, why)
                    await self._hand_over(tx, delivery, why=why)
                case GiveUp(why=why):
                    await self._hand_over(tx, delivery, why=why)
                case StopAll(why=why):
                    log.error("Teams refuses the bot itself (%s): an operator must look", why)
                    self.stopped_until = self._now() + STOPPED_FOR
                    await tx.outbox.postpone(delivery, until=self.stopped_until, why=why)
                case _:
                    assert_never(follows)

    async def _hand_over(self, tx: Transaction, delivery: Delivery, *, why: str) -> None:
        """Give this notice up, and in the same transaction find another way (BER-16)."""
        await tx.outbox.give_up(delivery, now=self._now(), why=why)
        await self._not_reached(tx, delivery.notice)


async def _address(tx: Transaction, notice: Notice) -> Address | None:
    if notice.person is not None:
        return await tx.addresses.of(notice.person)
    if notice.channel is not None:
        return await tx.addresses.of_channel(notice.channel)
    return None
