"""Read Entra when somebody asks or the day begins, and carry out what is few or agreed to."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from domain.directory import Account
from domain.directory_changes import Changes, Decision, pause_after
from domain.directory_few import FEW, Few
from domain.microsoft import PASSING
from graph.calls import GraphTrouble
from graph.directory import MOST_GROUPS
from graph.troubles import amiss
from storage.database import Database
from usecases.apply_directory import apply_difference
from usecases.follow_directory import Told, members_to_be, plan_reading, take_over

LOOK_EVERY: Final = timedelta(seconds=15)
LEASE: Final = timedelta(minutes=10)
MOST_AT_A_TIME: Final = 50

log = logging.getLogger(__name__)


class Entra(Protocol):
    """Where groups and accounts are read: Graph, or a sheet of paper in a test."""

    async def changes(self, groups: list[str], *, link: str = "") -> Changes: ...

    async def accounts(self, ids: Iterable[str]) -> tuple[dict[str, Account], frozenset[str]]: ...


class _TooLate(Exception):
    """Somebody else has read it, or the groups are other ones by now."""


class DirectoryFollower:
    """Follows Entra: one replica reads at a time, and nothing is half taken over."""

    def __init__(
        self,
        database: Database,
        entra: Entra,
        *,
        now: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
        few: Few = FEW,
    ) -> None:
        self._database = database
        self._entra = entra
        self._now = now
        self._wake = wake
        self._few = few

    async def run(self) -> None:
        """Read where that is asked for, then carry out what is to be done.

        What Microsoft 365 refuses is noted; an administrator is told by whoever hears of every
        call (scheduler/note_microsoft.py).
        """
        async with self._database.transaction() as tx:
            tries = await tx.directory.take_on(now=self._now(), lease=LEASE)
        try:
            if tries is not None:
                await self._read(tries)
        finally:
            if await self._carry_out() or tries is not None:
                self._wake()

    async def _read(self, tries: int) -> None:
        try:
            await self._take_over(tries)
        except _TooLate:
            await self._fail(tries, None, again_at=self._now())
        except GraphTrouble as trouble:
            pause = pause_after(tries, asked=trouble.retry_after)
            again_at = self._now() + pause if amiss(trouble) in PASSING else None
            log.warning("the directory was not read", extra={"why": trouble.code})
            await self._fail(tries, trouble.code, again_at=again_at)

    async def _take_over(self, tries: int) -> None:
        async with self._database.transaction() as tx:
            plan = await plan_reading(tx, most_groups=MOST_GROUPS)
        changes = [
            await self._entra.changes([*each.groups], link=each.link) for each in plan.readings
        ]
        async with self._database.transaction() as tx:
            members = await members_to_be(tx, plan, changes)
        accounts, missing = await self._entra.accounts(plan.known | members)
        seen = Told(changes=changes, accounts=accounts, missing=missing)
        async with self._database.transaction() as tx:
            now = self._now()
            if not await take_over(tx, plan, seen, tries=tries, now=now, few=self._few):
                raise _TooLate
        log.info("the directory was read", extra={"groups": len(plan.links)})

    async def _fail(self, tries: int, trouble: str | None, *, again_at: datetime | None) -> None:
        async with self._database.transaction() as tx:
            await tx.directory.fail(
                tries=tries, trouble=trouble, again_at=again_at, now=self._now()
            )

    async def _carry_out(self) -> int:
        """Carry out what is agreed to, each by itself: the trouble of one is nobody else's."""
        async with self._database.transaction() as tx:
            agreed = await tx.directory.found(Decision.AGREED)
        for each in agreed[:MOST_AT_A_TIME]:
            await self._apply(each.difference.id)
        return len(agreed)

    async def _apply(self, id: UUID) -> None:
        try:
            async with self._database.transaction() as tx:
                await apply_difference(tx, id=id, now=self._now())
        except Exception:
            log.exception("difference %s was not carried out; a data steward looks at it", id)
            async with self._database.transaction() as tx:
                await tx.directory.carried_out(id, Decision.WAITING)


async def ask_directory(database: Database, *, now: datetime) -> None:
    """Ask for the day's reading; the follower does it within moments."""
    async with database.transaction() as tx:
        await tx.directory.ask(by=None, now=now)
