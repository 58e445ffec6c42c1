"""A replica that dies at a chosen step: after it, nothing of it happens any more."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from graph.calendar import Calendar
from graph.calls import Call, Came
from graph.client import Graph
from storage.database import Database, Transaction
from storage.vault import Vault


class Killed(Exception):
    """The process is gone."""


class Life:
    """Counts what a replica does; at step `dies_at` it is over, before or after doing it."""

    def __init__(self) -> None:
        self.dies_at: int | None = None
        self.steps = 0

    def lives_for(self, steps: int) -> None:
        self.dies_at, self.steps = steps, 0

    def lives_on(self) -> None:
        self.dies_at, self.steps = None, 0

    @property
    def is_over(self) -> bool:
        return self.dies_at is not None and self.steps > self.dies_at

    def goes_on(self) -> None:
        """:raises Killed: when it does not."""
        self.steps += 1
        if self.is_over:
            raise Killed


class MortalDatabase(Database):
    """Dies before a transaction begins, or just before it is committed."""

    def __init__(self, url: str, vault: Vault, life: Life) -> None:
        super().__init__(url, vault)
        self._life = life

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        self._life.goes_on()
        async with super().transaction() as tx:
            yield tx
            self._life.goes_on()


class MortalCalendar(Calendar):
    """Dies before a call, or when it is done and the answer is not yet read."""

    def __init__(self, graph: Graph, *, mailbox: str, life: Life) -> None:
        super().__init__(graph, mailbox=mailbox)
        self._life = life

    async def do(self, calls: Sequence[Call]) -> list[Came]:
        if not calls:
            return []
        self._life.goes_on()
        came = await super().do(calls)
        self._life.goes_on()
        return came
