"""Claim what is due: as much as the shared pace and each conversation's limits allow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import pacing
from domain.delivery import Delivery
from domain.notices import Medium
from domain.pacing import CLOCKS_DIFFER, HORIZON, LANE_WINDOW, Pace
from storage.database import Database, Transaction

A_MOMENT = timedelta(seconds=1)
LEASE = timedelta(seconds=10)  # longer than a send may take, the wait for its slot included
BEGINS_WITHIN = 2 * HORIZON  # of the claim; a conversation counts it as begun then, not sooner


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one claim gave: deliveries with the instant at which each may begin.

    `look_again` says after how long there may be more; None when nothing is due.
    """

    batch: Sequence[tuple[Delivery, datetime]]
    look_again: timedelta | None


class Claims:
    """Takes slots from the pace of all replicas, and notices to send in them.

    :param rate: messages a second to begin with and to climb back to.
    :param now: the hour that notices fall due by; `real` is the clock that Teams counts by.
    :param spent: how many calls went out since it was last asked, without asking here.
    """

    def __init__(
        self,
        *,
        database: Database,
        medium: Medium,
        rate: float,
        now: Callable[[], datetime],
        real: Callable[[], datetime],
        spent: Callable[[], int],
    ) -> None:
        self._database = database
        self._medium = medium
        self._rate = rate
        self._now = now
        self._real = real
        self._spent = spent
        self._taken = 0
        self._paused_until = self._held_until = datetime.min.replace(tzinfo=real().tzinfo)

    def count(self, taken: int) -> None:
        """Count messages that Teams took; the pace hears of them at the next claim."""
        self._taken += taken

    async def next(self, *, at_most: int) -> Claim:
        """Claim what may begin within the next moments."""
        async with self._database.transaction() as tx:
            pace = await self._hold(tx)
            _, slots = pacing.slots(pace, wanted=at_most, most=self._rate, now=self._real())
            if not slots:
                await tx.pace.keep(self._medium, pace)
                return Claim(batch=(), look_again=self._until_free(pace))
            claimed = await tx.outbox.claim(
                now=self._now(),
                lease=LEASE,
                at_most=len(slots),
                begun_at=self._real() + BEGINS_WITHIN,
                medium=self._medium,
            )
            allowed = await self._in_their_lanes(tx, claimed)
            pace, slots = pacing.slots(
                pace, wanted=len(allowed), most=self._rate, now=self._real()
            )
            await tx.pace.keep(self._medium, pace)
        return Claim(
            batch=list(zip(allowed, slots, strict=True)),
            look_again=max(timedelta(), self._until_free(pace)) if claimed else None,
        )

    async def slot(self) -> datetime | timedelta:
        """Take one slot for a message that missed its own; or say how long to wait for one."""
        async with self._database.transaction() as tx:
            pace = await self._hold(tx)
            pace, slots = pacing.slots(pace, wanted=1, most=self._rate, now=self._real())
            await tx.pace.keep(self._medium, pace)
        return slots[0] if slots else self._until_free(pace)

    async def fall_back(
        self,
        tx: Transaction,
        *,
        begun_at: datetime,
        retry_after: timedelta | None,
        jitter: float,
    ) -> timedelta:
        """Slow all replicas down, because Teams refused a message; say how long all wait."""
        now = self._real()
        pace = await self._hold(tx)
        pace = pacing.throttled(
            pace, begun_at=begun_at, retry_after=retry_after, jitter=jitter, now=now
        )
        pace = pacing.counted(pace, turned_away=1, now=now)
        await tx.pace.keep(self._medium, pace)
        self._held_until = self._paused_until = pace.paused_until
        return pace.paused_until - now

    async def stop(self, tx: Transaction, *, wait: timedelta) -> None:
        """Let no replica send for so long."""
        pace = pacing.stopped(await self._hold(tx), until=self._real() + wait)
        await tx.pace.keep(self._medium, pace)
        self._held_until = self._paused_until = pace.paused_until

    def hold_on(self) -> None:
        """Begin nothing more here for a moment; by then the pace says for how long.

        What another claim reads meanwhile does not end it: the refusal is not written down yet.
        """
        self._held_until = self._real() + A_MOMENT

    @property
    def paused_until(self) -> datetime:
        return max(self._held_until, self._paused_until)

    async def next_due(self) -> timedelta | None:
        """Say after how long the next notice falls due."""
        async with self._database.transaction() as tx:
            due = await tx.outbox.next_due(medium=self._medium)
        return None if due is None else max(timedelta(), due - self._now())

    async def _hold(self, tx: Transaction) -> Pace:
        """Hold the pace, with what went out since then taken into account."""
        now = self._real()
        pace = await tx.pace.hold(self._medium, rate=self._rate, now=now)
        pace = pacing.believed(pace, now=now)
        self._paused_until = pace.paused_until
        taken, self._taken = self._taken, 0
        pace = pacing.counted(pace, taken=taken, now=now)
        spent = self._spent()
        return pacing.spent(pace, count=spent, most=self._rate, now=now) if spent else pace

    async def _in_their_lanes(
        self, tx: Transaction, claimed: Sequence[Delivery]
    ) -> Sequence[Delivery]:
        """Keep what its conversation can take now; the rest waits until it can (fairness)."""
        now = self._real()
        lanes = {delivery.notice.lane for delivery in claimed}
        begun = {
            lane: list(times)
            for lane, times in (
                await tx.outbox.begun(
                    lanes,
                    since=now - LANE_WINDOW,
                    before=now + CLOCKS_DIFFER,
                    but=(delivery.id for delivery in claimed),
                )
            ).items()
        }
        allowed: list[Delivery] = []
        early: list[tuple[Delivery, datetime]] = []
        for delivery in claimed:
            times = begun.setdefault(delivery.notice.lane, [])
            free_at = pacing.lane_free_at(times, now=now)
            times.append(free_at + BEGINS_WITHIN)
            if free_at > now:
                early.append((delivery, self._now() + (free_at - now)))
            else:
                allowed.append(delivery)
        await tx.outbox.release_all(early)
        for lane, until in {delivery.notice.lane: until for delivery, until in early}.items():
            await tx.outbox.put_off(lane, medium=self._medium, now=self._now(), until=until)
        return allowed

    def _until_free(self, pace: Pace) -> timedelta:
        """Wait for the pause to end, or for half the horizon to be free again."""
        now = self._real()
        return max(pace.paused_until - now, pace.next_free_at - now - HORIZON / 2)
