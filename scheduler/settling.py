"""Settle how deliveries went: many in one transaction, as they come in."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain.delivery import (
    STOPPED_FOR,
    Delivery,
    DeliveryState,
    GiveUp,
    Retry,
    StopAll,
    Throttled,
    Unreachable,
    Verdict,
    wait_after,
)
from domain.notices import Medium
from scheduler.claiming import Claims
from scheduler.courier import Watcher
from storage.database import Database, Transaction

TRIES: Final = 60  # while the database is away
A_GROUP: Final = 100  # outcomes that are worth a commit of their own
GATHERED: Final = 0.02  # seconds that fewer wait for others, while more keep coming
TOGETHER: Final = 3  # tries; then each alone, in case it is one that spoils it for the others
BETWEEN_TRIES: Final = 0.5  # seconds

NotReached = Callable[[Transaction, Delivery, DeliveryState], Awaitable[None]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Teams took it, as this activity."""

    activity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unneeded:
    """Nobody needs to hear it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbegun:
    """It was claimed and not begun, because all wait; it is due again then."""

    until: datetime


PLAIN: Final = (Taken, Unbegun, Retry)
Result = Taken | Unneeded | Unbegun | Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one delivery went; `at` is when that was known, `begun_at` by the true clock.

    `tries` counts how often it could not be written down.
    """

    delivery: Delivery
    result: Result
    at: datetime
    begun_at: datetime
    tries: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether it needs no decision, and can be written down with many others."""
        return isinstance(self.result, PLAIN)

    @property
    def goes_with_others(self) -> bool:
        """Whether it is written down in a group, until it may be what spoils it for the group."""
        return self.is_plain and self.tries < TOGETHER


class Settler:
    """Writes outcomes down at once, in groups as large as have come in meanwhile.

    What Teams took must not be forgotten: while the database is away it is tried again, for
    what is not written down is sent once more when its lease has passed. What fails by itself
    does not hold the others up.
    """

    def __init__(
        self,
        *,
        database: Database,
        claims: Claims,
        not_reached: NotReached,
        watcher: Watcher,
        wake: Callable[[], None],
        now: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        self._database = database
        self._claims = claims
        self._not_reached = not_reached
        self._watcher = watcher
        self._wake = wake
        self._now = now
        self._jitter = jitter
        self._waiting: list[Outcome] = []
        self._taken: set[int] = set()  # of which that is not written down yet
        self._flushing: asyncio.Task[None] | None = None

    def note(self, outcome: Outcome) -> None:
        self._waiting.append(outcome)
        if isinstance(outcome.result, Taken):
            self._taken.add(outcome.delivery.id)
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())

    def has_been_taken(self, delivery: Delivery) -> bool:
        """Whether Teams took it, though the database does not know yet, and says it is due."""
        return delivery.id in self._taken

    @property
    def busy(self) -> bool:
        return self._flushing is not None

    async def settled(self) -> None:
        """Wait until everything noted is written down."""
        if self._flushing is not None:
            await self._flushing

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                if failed := await self._keep(batch):
                    self._waiting = [*failed, *self._waiting]
                    await asyncio.sleep(BETWEEN_TRIES)
                elif 0 < len(self._waiting) < A_GROUP:
                    await asyncio.sleep(GATHERED)
        finally:
            self._flushing = None

    async def _keep(self, batch: Sequence[Outcome]) -> Sequence[Outcome]:
        """Write down what can be; give back what is to be tried again, with whatever comes."""
        together = [each for each in batch if each.goes_with_others]
        groups = [together, *([each] for each in batch if not each.goes_with_others)]
        failed: list[Outcome] = []
        for group in filter(None, groups):
            if await self._written(group):
                for each in group:
                    self._tell(each)
            else:
                failed += group
        if not all(isinstance(each.result, Taken) for each in batch):
            self._wake()
        again = [replace(each, tries=each.tries + 1) for each in failed if each.tries < TRIES]
        self._taken -= {each.delivery.id for each in batch} - {each.delivery.id for each in again}
        return again

    async def _written(self, group: Sequence[Outcome]) -> bool:
        try:
            async with self._database.transaction() as tx:
                if group[0].is_plain:
                    await self._settle(tx, group)
                else:
                    await self._end(tx, group[0])
        except Exception:
            log.exception("how a delivery went could not be written down")
            return False
        return True

    async def _settle(self, tx: Transaction, batch: Sequence[Outcome]) -> None:
        """Write down, in one transaction, what needs no decision."""
        await tx.outbox.settle_all(
            [
                (each.delivery, each.result.activity, each.at)
                for each in batch
                if isinstance(each.result, Taken)
            ]
        )
        await tx.outbox.release_all(
            [
                (each.delivery, each.result.until)
                for each in batch
                if isinstance(each.result, Unbegun)
            ]
        )
        for unclear in (False, True):
            await tx.outbox.postpone_all(
                [
                    (each.delivery, each.at + self._wait(each.delivery, each.result))
                    for each in batch
                    if isinstance(each.result, Retry) and each.result.unclear is unclear
                ],
                why="retry",
                unclear=unclear,
            )

    def _wait(self, delivery: Delivery, retry: Retry) -> timedelta:
        return retry.after or wait_after(delivery.attempts, self._jitter(), delivery.notice.tier)

    async def _end(self, tx: Transaction, outcome: Outcome) -> None:
        """Write down what has consequences for others."""
        delivery, now = outcome.delivery, outcome.at
        match outcome.result:
            case Unneeded():
                await tx.outbox.end(delivery, DeliveryState.CANCELLED, now=now)
            case Throttled(after=after):
                wait = await self._claims.fall_back(
                    tx, begun_at=outcome.begun_at, retry_after=after, jitter=self._jitter()
                )
                await tx.outbox.postpone_all([(delivery, self._now() + wait)], why="throttled")
                self._watcher.throttled(wait)
            case Unreachable(state=state, why=why):
                if delivery.notice.person is not None and delivery.notice.medium is Medium.TEAMS:
                    why = await tx.addresses.block(delivery.notice.person, why)
                stands = DeliveryState.BLOCKED if why == DeliveryState.BLOCKED else state
                await self._give_up(tx, outcome, stands, why)
            case GiveUp(why=why):
                await self._give_up(tx, outcome, DeliveryState.GIVEN_UP, why)
            case StopAll(why=why):
                medium = delivery.notice.medium
                log.error("%s refuses the bot itself (%s): an operator must look", medium, why)
                await self._claims.stop(tx, wait=STOPPED_FOR)
                await tx.outbox.release_all([(delivery, now + STOPPED_FOR)])
            case _:
                raise TypeError("an outcome that needs no decision")

    async def _give_up(
        self, tx: Transaction, outcome: Outcome, state: DeliveryState, why: str
    ) -> None:
        """Stop trying, and in the same transaction find another way (BER-16)."""
        if await tx.outbox.end(outcome.delivery, state, now=outcome.at, why=why):
            await self._not_reached(tx, outcome.delivery, state)

    def _tell(self, outcome: Outcome) -> None:
        """Let it be counted."""
        notice = outcome.delivery.notice
        match outcome.result:
            case Taken():
                self._claims.count(1)
                self._watcher.delivered(notice.kind, notice.tier, outcome.at - notice.due_at)
                self._watcher.ended("delivered")
            case Unneeded():
                self._watcher.ended("cancelled")
            case Retry(unclear=unclear):
                self._watcher.ended("unresolved" if unclear else "retried")
            case Throttled():
                self._watcher.ended("throttled")
            case Unreachable(state=state):
                self._watcher.ended(state)
            case GiveUp():
                self._watcher.ended("given_up")
            case Unbegun() | StopAll():
                pass
