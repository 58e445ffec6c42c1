"""Chores: work for each night or week, done once whatever the number of replicas."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.periods import Period, Recurring
from storage.database import Database, Transaction

LOOK_EVERY: Final = timedelta(minutes=1)
RUNS_AT_MOST: Final = timedelta(minutes=4)
LEASE: Final = RUNS_AT_MOST + timedelta(minutes=1)  # so that nobody takes over what still runs
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)
MISSED_AFTER: Final = timedelta(minutes=10)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Work that falls due once per period.

    `run` hears which period it is for and what time it is. It must do no harm when it is done
    again, for a process may die after the work and before that is noted. A period is not made up
    for when it has been due for longer than `matters_for`.
    """

    name: str
    when: Recurring
    matters_for: timedelta
    run: Callable[[Period, datetime], Awaitable[None]]


class Chores:
    """Does what is due, and only the latest period of it, however long we were away.

    Which replica does it is decided by the unique key of `job_runs`. Who dies is taken over when
    the lease has passed; who fails is tried again after a pause that grows. What fell due before
    a chore was first known here is nobody's: a new house sends no report of the week before.
    """

    def __init__(
        self,
        chores: Sequence[Chore],
        *,
        database: Database,
        now: Callable[[], datetime],
        at_most: timedelta = RUNS_AT_MOST,
    ) -> None:
        self._chores = chores
        self._database = database
        self._now = now
        self._at_most = at_most
        self._settled: dict[str, Period] = {}  # so that we need not ask again every minute

    async def run(self) -> None:
        """Do whatever is due, side by side; the trouble of one never becomes another's."""
        now = self._now()
        latest = {chore.name: chore.when.latest(now) for chore in self._chores}
        await self._ask_what_is_done(latest)
        async with asyncio.TaskGroup() as group:
            for chore in self._chores:
                period = latest[chore.name]
                if self._settled.get(chore.name) != period:
                    group.create_task(self._attend(chore, period, now), name=chore.name)

    async def overdue(self, tx: Transaction, now: datetime) -> Mapping[str, Period]:
        """Name the chores that should have been done by now, still matter, and are not done."""
        return {
            chore.name: period
            for chore in self._chores
            if MISSED_AFTER < now - (period := chore.when.latest(now)).due_at <= chore.matters_for
            and not await tx.job_runs.is_done(chore.name, period.key)
        }

    async def _ask_what_is_done(self, latest: Mapping[str, Period]) -> None:
        """Ask once for all of them: as a rule others, or we before a restart, have done it."""
        asked = {
            name: each.key for name, each in latest.items() if self._settled.get(name) != each
        }
        if not asked:
            return
        try:
            async with self._database.transaction() as tx:
                done = await tx.job_runs.done_of(asked)
        except Exception:
            log.exception("no word on what is done; each chore asks for itself")
            return
        self._settled.update((name, latest[name]) for name in done)

    async def _attend(self, chore: Chore, period: Period, now: datetime) -> None:
        try:
            claims = await self._take_on(chore, period, now)
            if claims is not None:
                await self._do(chore, period, claims)
        except Exception:
            log.exception("chore %s: no word on %s; it is looked at again", chore.name, period.key)

    async def _take_on(self, chore: Chore, period: Period, now: datetime) -> int | None:
        """Claim a period; None when there is nothing to do, or another replica does it."""
        async with self._database.transaction() as tx:
            settled = await _is_settled(tx, chore, period, now)
            claims = None if settled else await _claim(tx, chore, period, now)
        if settled:
            self._settled[chore.name] = period
        return claims

    async def _do(self, chore: Chore, period: Period, claims: int) -> None:
        try:
            async with asyncio.timeout(self._at_most.total_seconds()):
                await chore.run(period, self._now())
        except Exception:
            pause = pause_after(claims)
            log.exception("chore %s failed for %s; again in %s", chore.name, period.key, pause)
            async with self._database.transaction() as tx:
                await tx.job_runs.postpone(
                    chore.name, period.key, claims=claims, until=self._now() + pause
                )
            return
        async with self._database.transaction() as tx:
            await tx.job_runs.finish(chore.name, period.key, claims=claims, now=self._now())
        self._settled[chore.name] = period
        log.info("chore %s is done for %s", chore.name, period.key)


def pause_after(claims: int) -> timedelta:
    """Wait a minute after the first failure, then two, four … at most an hour."""
    return min(FIRST_PAUSE * (1 << min(claims - 1, 16)), LONGEST_PAUSE)


async def _is_settled(tx: Transaction, chore: Chore, period: Period, now: datetime) -> bool:
    """Whether nothing is left to do: it is done, came before our time, or matters no more."""
    if await tx.job_runs.last_done(chore.name) is None:
        claims = await _claim(tx, chore, period, now)
        if claims is not None:
            await tx.job_runs.finish(chore.name, period.key, claims=claims, now=now)
        return True
    if await tx.job_runs.is_done(chore.name, period.key):
        return True
    if late := now - period.due_at > chore.matters_for:
        log.warning("chore %s: %s was missed and matters no more", chore.name, period.key)
    return late


async def _claim(tx: Transaction, chore: Chore, period: Period, now: datetime) -> int | None:
    return await tx.job_runs.claim(
        chore.name, period.key, due_at=period.due_at, now=now, lease=LEASE
    )
