"""When jobs run: every so often, sooner if they ask, at once when somebody wakes them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

LOOK_EVERY: Final = timedelta(seconds=15)
JITTER: Final = timedelta(seconds=1)  # so that replicas do not all ask at the same moment

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something done without anyone asking.

    `when` is how often. What is due is always in the database, so a run too many does no harm
    and a missed one is made up for by the next. A run may say how soon it wants to be followed
    by another; never later than `when`. Work for each night or week is a chore
    (scheduler/chores.py).
    """

    name: str
    when: timedelta
    run: Callable[[], Awaitable[timedelta | None]]


class Timetable:
    """Runs each job at its time, and never twice at once.

    Nothing is kept in an APScheduler job store: every replica has the same timetable, and the
    database decides which of them gets the work.

    :param now: the clock of the machine, which APScheduler goes by too.
    :param look_every: how often to look whether that clock was set back.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        look_every: timedelta = LOOK_EVERY,
    ) -> None:
        self._jobs = {job.name: job for job in jobs}
        self._now = now
        self._look_every = look_every
        self._running: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._looking: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Set the jobs up on the running loop; each begins at once."""
        for job in self._jobs.values():
            self._scheduler.add_job(
                self._tick,
                IntervalTrigger(
                    seconds=job.when.total_seconds(), jitter=JITTER.total_seconds(), timezone=UTC
                ),
                args=[job.name],
                id=job.name,
                coalesce=True,
                misfire_grace_time=None,
            )
        self._scheduler.start()
        self._look(self._now())
        self.wake_all()

    def wake(self, name: str) -> None:
        """Run a job at once. One that is running will run once more, having missed our cause."""
        self._woken.add(name)
        if name not in self._running:
            self._running[name] = asyncio.create_task(self._run(self._jobs[name]), name=name)

    def wake_all(self) -> None:
        """Run every job at once, for instance because the clock was moved."""
        for name in self._jobs:
            self.wake(name)

    @property
    def busy(self) -> bool:
        return bool(self._running)

    async def idle(self) -> None:
        """Wait until no job is running."""
        while self._running:
            await asyncio.gather(*self._running.values())

    async def stop(self) -> None:
        """Start nothing more, and wait for what is running to end."""
        if self._looking is not None:
            self._looking.cancel()
        self._scheduler.shutdown(wait=False)
        self._woken.clear()
        await asyncio.gather(*self._running.values())

    def _look(self, before: datetime) -> None:
        """Look whether the clock was set back: APScheduler would wait for the old hour."""
        now = self._now()
        if now < before:
            log.warning("the clock was set back", extra={"by_s": (before - now).total_seconds()})
            for name in self._jobs:
                self._scheduler.modify_job(name, next_run_time=now)
        loop = asyncio.get_running_loop()
        self._looking = loop.call_later(self._look_every.total_seconds(), self._look, now)

    async def _tick(self, name: str) -> None:
        self.wake(name)

    async def _run(self, job: Job) -> None:
        try:
            while job.name in self._woken:
                self._woken.discard(job.name)
                self._again(job, after=await _run_once(job))
        finally:
            del self._running[job.name]

    def _again(self, job: Job, *, after: timedelta | None) -> None:
        """Bring the next tick forward; a timetable that was stopped has none."""
        planned = self._scheduler.get_job(job.name)
        if after is None or planned is None:
            return
        wanted = self._now() + after
        if wanted < planned.next_run_time:
            planned.modify(next_run_time=wanted)


async def _run_once(job: Job) -> timedelta | None:
    try:
        return await job.run()
    except Exception:
        log.exception("job %s failed; it runs again at its next tick", job.name)
        return None
