"""Replicas that share their chores through one database, and a clock that is moved by hand."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta

from domain.periods import Daily, Period, Recurring, Weekday, Weekly
from scheduler.chores import Chore, Chores
from storage.database import Database
from tests.support.post import Killed

NIGHTLY, WEEKLY, EVENING = "nightly", "weekly", "evening"
WHEN: Mapping[str, Recurring] = {
    NIGHTLY: Daily(
        at=time(2, 30)
    ),  # the half hour that is missing in spring and doubled in autumn
    WEEKLY: Weekly(day=Weekday.MONDAY, at=time(7)),
    EVENING: Daily(at=time(22)),
}
MATTERS_FOR = timedelta(hours=20)


class Household:
    """What the replicas do is written in one diary, each time it is done.

    Trouble planned for a chore is used up in order, before it does its work or afterwards; so
    are the events it is held up by.
    """

    def __init__(self, databases: Sequence[Database], *, now: datetime) -> None:
        self._databases = databases
        self.now = now
        self.diary: list[tuple[str, str]] = []
        self.trouble: dict[str, list[BaseException]] = {}
        self.afterwards: dict[str, list[BaseException]] = {}
        self.held: dict[str, list[asyncio.Event]] = {}
        self.begun = asyncio.Event()
        self.deaths = 0
        self.replicas = [self.replica(number) for number in range(len(databases))]

    def replica(self, number: int, *, at_most: timedelta = timedelta(minutes=1)) -> Chores:
        """Start anew, as a process does that knows nothing of what was before."""
        chores = [
            Chore(name=name, when=when, matters_for=MATTERS_FOR, run=self._work(name))
            for name, when in WHEN.items()
        ]
        return Chores(
            chores, database=self._databases[number], now=lambda: self.now, at_most=at_most
        )

    async def look(self) -> None:
        """Let every replica look, one after the other; who dies of it is started anew."""
        for number, replica in enumerate(self.replicas):
            with suppress(BaseExceptionGroup):
                await replica.run()
                continue
            self.deaths += 1
            self.replicas[number] = self.replica(number)

    async def overdue(self) -> Mapping[str, Period]:
        async with self._databases[0].transaction() as tx:
            return await self.replicas[0].overdue(tx, self.now)

    def done(self, name: str) -> list[str]:
        return [key for done, key in self.diary if done == name]

    def _work(self, name: str) -> Callable[[Period, datetime], Awaitable[None]]:
        async def work(period: Period, _: datetime) -> None:
            if planned := self.trouble.get(name):
                raise planned.pop(0)
            self.diary.append((name, period.key))
            if planned := self.afterwards.get(name):
                raise planned.pop(0)
            if held := self.held.get(name):
                self.begun.set()
                await held.pop(0).wait()

        return work


def killed(*, times: int = 1) -> list[BaseException]:
    return [Killed() for _ in range(times)]
