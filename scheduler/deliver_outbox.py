"""Deliver what is due: claimed in batches, drawn as things stand now, each sent in its slot."""

import asyncio
import logging
import random
from collections import ChainMap
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from cards.shown import Shown
from domain.delivery import (
    Delivery,
    DeliveryState,
    NotDelivered,
    StopAll,
    Throttled,
    Unreachable,
    Verdict,
    verdict,
)
from domain.notices import Medium
from domain.pacing import MOST
from scheduler.claiming import Claims
from scheduler.courier import Courier, Watcher
from scheduler.settling import NotReached, Outcome, Result, Settler, Taken, Unbegun, Unneeded
from storage.database import Database, Transaction

BATCH: Final = 200
IN_FLIGHT: Final = 2 * BATCH  # claimed and not yet answered
AT_ONCE: Final = 64  # requests under way
TOO_LATE: Final = timedelta(milliseconds=60)  # a slot this long past would bunch messages up
AT_LATEST: Final = timedelta(seconds=1)  # after its slot: an answer would outlast the lease
A_MOMENT: Final = 0.01  # seconds
A_WHILE: Final = timedelta(seconds=1)

Draw = Callable[[Transaction, Sequence[Delivery]], Awaitable[Sequence[Shown | None]]]
To = TypeVar("To")
Find = Callable[[Transaction, Sequence[Delivery]], Awaitable[Mapping[str, To]]]
Letter = tuple[bytes, To]
Follow = Callable[[int], AbstractContextManager[object]]
Judge = Callable[[int | None, str, timedelta | None], Verdict]

log = logging.getLogger(__name__)


class OutboxSender(Generic[To]):
    """Sends what is due by one medium, with no transaction open while we wait for an answer.

    A crash between sending and settling sends once more when the lease runs out, marked as
    repeated: a nuisance, where losing a message would be a failure. One notice's trouble never
    becomes another's.

    :param find: says where each lane is; one that is missing cannot be reached.
    :param draw: says what notices say now; None for one that is no longer needed.
    :param not_reached: finds another way for a notice whose receiver cannot be reached.
    :param wake: asks for another run soon, because something is due that was not before.
    :param rate: messages a second, for all replicas together.
    :param now: the hour that notices fall due by; `real` is the clock that Teams counts by.
    :param spent: how many calls went out since it was last asked, without asking here.
    :param follow: is open while a batch of so many is under way, for whoever traces that.
    :param jitter: a number from 0 to 1, another each time.
    :param judge: says what becomes of what was not taken, by status, code and `Retry-After`.
    """

    def __init__(
        self,
        *,
        database: Database,
        courier: Courier[To],
        find: Find[To],
        draw: Draw,
        not_reached: NotReached,
        watcher: Watcher,
        wake: Callable[[], None],
        rate: float,
        now: Callable[[], datetime],
        real: Callable[[], datetime],
        spent: Callable[[], int] = lambda: 0,
        follow: Follow = lambda _: nullcontext(),
        jitter: Callable[[], float] = random.random,
        medium: Medium = Medium.TEAMS,
        judge: Judge = verdict,
    ) -> None:
        self._database = database
        self._courier = courier
        self._judge = judge
        self._find = find
        self._draw = draw
        self._follow = follow
        self._now = now
        self._real = real
        self._keeps_slots = rate <= MOST
        self._claims = Claims(
            database=database, medium=medium, rate=rate, now=now, real=real, spent=spent
        )
        self._settler = Settler(
            database=database,
            claims=self._claims,
            not_reached=not_reached,
            watcher=watcher,
            wake=wake,
            now=now,
            jitter=jitter,
        )
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._claiming = asyncio.Lock()
        self._in_flight = 0
        self._landed = asyncio.Event()
        self._carrying: set[asyncio.Task[None]] = set()
        self._closing = False

    async def run(self) -> timedelta | None:
        """Begin everything that is due; say after how long the next falls due.

        It does not wait for answers, so that what is promised meanwhile need not wait either.
        """
        while not self._closing:
            room = min(BATCH, IN_FLIGHT - self._in_flight)
            if room < BATCH // 2:
                await self._landing()
                continue
            async with self._claiming:
                claim = await self._claims.next(at_most=room)
                self._carry_away(claim.batch)
            if claim.look_again is None:
                return await self._claims.next_due()
            if claim.look_again > A_WHILE:
                return claim.look_again
            await asyncio.sleep(claim.look_again.total_seconds())
        return None

    @property
    def busy(self) -> bool:
        return bool(self._carrying) or self._settler.busy

    async def idle(self) -> None:
        """Wait until everything that was begun is answered and written down."""
        while self._carrying:
            await asyncio.wait(self._carrying)  # gather would not let done ones be discarded
        await self._settler.settled()

    async def close(self) -> None:
        """Begin nothing more; what is under way is ended, a claim that is being made too."""
        self._closing = True
        self._landed.set()
        async with self._claiming:
            pass
        await self.idle()

    async def _landing(self) -> None:
        self._landed.clear()
        await self._landed.wait()

    def _carry_away(self, claimed: Sequence[tuple[Delivery, datetime]]) -> None:
        batch = [each for each in claimed if not self._settler.has_been_taken(each[0])]
        if not batch:
            return
        self._in_flight += len(batch)
        task = asyncio.create_task(self._carry(batch))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)

    async def _carry(self, batch: Sequence[tuple[Delivery, datetime]]) -> None:
        try:
            with self._follow(len(batch)):
                letters = await self._letters([delivery for delivery, _ in batch])
                waiting = iter([each for each in batch if each[0].id in letters])
                await asyncio.gather(
                    *(self._send_all(waiting, letters) for _ in range(min(AT_ONCE, len(letters))))
                )
        except Exception:
            log.exception("a batch failed; what is left of it falls due after its lease")
        finally:
            self._in_flight -= len(batch)
            self._landed.set()

    async def _send_all(
        self, waiting: Iterator[tuple[Delivery, datetime]], letters: Mapping[int, Letter[To]]
    ) -> None:
        """Send one after the other, beside others who take from the same."""
        async with self._at_once:
            for delivery, slot in waiting:
                await self._send(delivery, slot, letters[delivery.id])

    async def _send(self, delivery: Delivery, slot: datetime, letter: Letter[To]) -> None:
        written, address = letter
        begun = await self._turn(slot)
        if begun is None:
            wait = max(timedelta(), self._claims.paused_until - self._real())
            self._note(delivery, Unbegun(until=self._now() + wait), begun_at=slot)
            return
        result: Result
        try:
            result = Taken(activity=await self._courier.deliver(written, to=address))
        except NotDelivered as problem:
            log.warning("notice %s not delivered: %s", delivery.id, problem)
            result = self._judge(problem.status, problem.code, problem.retry_after)
        except Exception:
            log.exception("notice %s failed; it falls due after its lease", delivery.id)
            return
        if isinstance(result, Throttled | StopAll):
            self._claims.hold_on()
        self._note(delivery, result, begun_at=begun)

    async def _turn(self, slot: datetime) -> datetime | None:
        """Wait for the slot; None when all have to wait, or when it has become too late for it."""
        latest = slot + AT_LATEST
        while True:
            now = self._real()
            if now < slot:
                await asyncio.sleep((slot - now).total_seconds())
                now = self._real()
            if now < self._claims.paused_until or now > latest:
                return None
            if not self._keeps_slots or now - slot <= TOO_LATE:
                return now
            found = await self._claims.slot()
            if isinstance(found, timedelta):
                wait = min(found, latest - now)  # a pause may be an hour, and this holds others up
                await asyncio.sleep(max(A_MOMENT, wait.total_seconds()))
            else:
                slot = found

    async def _letters(self, deliveries: Sequence[Delivery]) -> dict[int, Letter[To]]:
        """Draw and address a batch; if that fails, one by one, so that each fails alone."""
        try:
            return await self._drawn(deliveries)
        except Exception:
            if len(deliveries) == 1:
                log.exception(
                    "notice %s cannot be drawn; it falls due after its lease", deliveries[0].id
                )
                return {}
        singly = [await self._letters([delivery]) for delivery in deliveries]
        return dict(ChainMap(*singly))

    async def _drawn(self, deliveries: Sequence[Delivery]) -> dict[int, Letter[To]]:
        async with self._database.transaction() as tx:
            drawn = await self._draw(tx, deliveries)
            addresses = await self._find(tx, deliveries)
        written: dict[int, bytes] = {}
        letters: dict[int, Letter[To]] = {}
        for delivery, shown in zip(deliveries, drawn, strict=True):
            address = addresses.get(delivery.notice.lane)
            if shown is None:
                self._note(delivery, Unneeded())
            elif address is None:
                self._note(delivery, NO_ADDRESS)
            else:
                if id(shown) not in written:
                    written[id(shown)] = self._courier.write(shown)
                letters[delivery.id] = written[id(shown)], address
        return letters

    def _note(
        self, delivery: Delivery, result: Result, *, begun_at: datetime | None = None
    ) -> None:
        self._settler.note(
            Outcome(
                delivery=delivery,
                result=result,
                at=self._now(),
                begun_at=begun_at or self._real(),
            )
        )


NO_ADDRESS = Unreachable(state=DeliveryState.APP_MISSING, why="no_address")
