"""When jobs run."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import utc_now
from scheduler.timetable import Job, Timetable

NEVER_IN_A_TEST = timedelta(days=1)


class Work:
    """A job's work: counts its runs, and can be held in the middle of one."""

    def __init__(self) -> None:
        self.runs = 0
        self.most_at_once = 0
        self._at_once = 0
        self._ran = asyncio.Condition()
        self.goes_on = asyncio.Event()
        self.goes_on.set()
        self.fails = False
        self.again: list[timedelta] = []

    async def run(self) -> timedelta | None:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        async with self._ran:
            self.runs += 1
            self._ran.notify_all()
        await self.goes_on.wait()
        self._at_once -= 1
        if self.fails:
            raise LookupError("nothing there")
        return self.again.pop(0) if self.again else None

    async def has_run(self, times: int) -> None:
        async with self._ran:
            await asyncio.wait_for(self._ran.wait_for(lambda: self.runs >= times), timeout=5)


def timetable(work: Work, when: timedelta = NEVER_IN_A_TEST) -> Timetable:
    return Timetable([Job(name="work", when=when, run=work.run)])


async def test_what_runs_every_so_often_runs_at_once_on_the_start() -> None:
    work = Work()
    table = timetable(work)
    table.start()
    await work.has_run(1)
    await table.stop()

    assert work.runs == 1


async def test_it_runs_again_when_its_time_comes() -> None:
    work = Work()
    table = timetable(work, timedelta(milliseconds=10))
    table.start()
    await work.has_run(3)
    await table.stop()

    assert work.most_at_once == 1


async def test_who_wants_to_run_again_soon_does_before_the_next_tick() -> None:
    work = Work()
    work.again = [timedelta(milliseconds=5), timedelta(0)]
    table = timetable(work)
    table.start()
    await work.has_run(3)
    await table.stop()

    assert (work.runs, work.most_at_once) == (3, 1)


async def test_who_wants_to_run_again_late_still_runs_at_the_next_tick() -> None:
    work = Work()
    work.again = [NEVER_IN_A_TEST] * 3
    table = timetable(work, timedelta(milliseconds=10))
    table.start()
    await work.has_run(3)
    await table.stop()

    assert work.runs >= 3


async def test_who_wants_to_run_again_when_all_is_being_stopped_does_not() -> None:
    work = Work()
    work.again = [timedelta(0)]
    work.goes_on.clear()
    table = timetable(work)
    table.start()
    await work.has_run(1)
    stopping = asyncio.create_task(table.stop())
    await asyncio.sleep(0)
    work.goes_on.set()
    await asyncio.wait_for(stopping, timeout=5)

    assert work.runs == 1


async def test_a_cause_that_comes_during_a_run_is_seen_by_another_run() -> None:
    work = Work()
    table = timetable(work)
    work.goes_on.clear()
    table.start()
    await work.has_run(1)
    for _ in range(5):
        table.wake("work")
    work.goes_on.set()
    await work.has_run(2)
    await table.stop()

    assert work.runs == 2
    assert work.most_at_once == 1


async def test_a_job_that_fails_is_logged_and_runs_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = Work()
    work.fails = True
    table = timetable(work)
    table.start()
    await work.has_run(1)
    table.wake("work")
    await work.has_run(2)
    await table.stop()

    assert "job work failed" in caplog.text


async def test_stopping_waits_for_what_is_running_and_starts_nothing_more() -> None:
    work = Work()
    table = timetable(work)
    work.goes_on.clear()
    table.start()
    await work.has_run(1)
    table.wake("work")
    stopping = asyncio.create_task(table.stop())
    await asyncio.sleep(0)
    assert not stopping.done()

    work.goes_on.set()
    await asyncio.wait_for(stopping, timeout=5)
    assert work.runs == 1


async def test_a_moved_clock_wakes_every_job() -> None:
    one, other = Work(), Work()
    table = Timetable(
        [
            Job(name="one", when=NEVER_IN_A_TEST, run=one.run),
            Job(name="other", when=NEVER_IN_A_TEST, run=other.run),
        ]
    )
    table.start()
    await one.has_run(1)
    await other.has_run(1)
    table.wake_all()
    await one.has_run(2)
    await other.has_run(2)
    await table.stop()

    assert (one.runs, other.runs) == (2, 2)


async def test_a_machine_clock_that_is_set_back_stops_no_job(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What was planned by the old hour would not come before the clock is there again."""
    work = Work()
    set_back = timedelta(0)
    table = Timetable(
        [Job(name="work", when=NEVER_IN_A_TEST, run=work.run)],
        now=lambda: utc_now() - set_back,
        look_every=timedelta(milliseconds=5),
    )
    table.start()
    await work.has_run(1)
    set_back = timedelta(hours=1)
    await work.has_run(2)
    await table.stop()

    assert work.runs == 2
    assert caplog.messages.count("the clock was set back") == 1
