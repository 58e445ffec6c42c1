"""The small town's people in a tenant of Microsoft 365, and the follower that reads of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.directory import Difference, DifferenceKind
from domain.directory_changes import Decision, DirectoryState
from domain.people import Committee, Person
from graph.directory import Directory
from localgraph.server import LocalGraph, running
from scheduler.follow_directory import DirectoryFollower
from storage.database import Database
from tests.support.graph_here import graph_at
from tests.support.town import EVERYBODY, MONDAY_NOON, ORGANISATION, PLUS_GROUP, VALBY_GROUP

GROUPS = {
    VALBY_GROUP.code: "b0000000-0000-4000-8000-000000000005",
    PLUS_GROUP.code: "b0000000-0000-4000-8000-000000000025",
}
GUESTS = frozenset({"KP", "KFO"})
LATER = timedelta(hours=3)  # after the longest pause


class Door:
    """Lets requests through at once; or keeps them, as a slow network does."""

    def __init__(self) -> None:
        self._open, self._knocked = asyncio.Event(), asyncio.Event()
        self._open.set()

    async def __call__(self) -> None:
        self._knocked.set()
        await self._open.wait()

    def closes(self) -> None:
        self._open.clear()
        self._knocked.clear()

    def opens(self) -> None:
        self._open.set()

    async def knocked(self) -> None:
        """Wait until a request has come this far."""
        await asyncio.wait_for(self._knocked.wait(), timeout=10)


@dataclass(kw_only=True)
class EntraTown:
    """A tenant, the register of a town, and what reads the one into the other."""

    graph: LocalGraph
    database: Database
    hour: Callable[[], datetime]
    follower: DirectoryFollower
    door: Door

    async def asks(self) -> None:
        """Have a reading asked for, as each morning."""
        async with self.database.transaction() as tx:
            await tx.directory.ask(by=None, now=self.hour())

    async def reads(self) -> None:
        """Ask, and let what was asked for be done."""
        await self.asks()
        await self.follower.run()

    async def fails_to_read(self) -> str:
        """Ask for a reading that comes to nothing; give the code of why."""
        await self.reads()
        trouble = (await self.state()).trouble
        assert trouble is not None
        return trouble

    async def links(self, *committees: Committee) -> None:
        """Let committees have their groups, as a data steward does."""
        async with self.database.transaction() as tx:
            for each in committees:
                group = GROUPS[each.code]
                await tx.directory.link(each.code, group, by=None, now=self.hour())

    def leaves(self, committee: Committee, *people: Person) -> None:
        """Let an administrator take people out of a committee's group."""
        for person in people:
            self.graph.directory.leave(GROUPS[committee.code], person.aad_id)

    def comes(self, committee: Committee, *people: Person) -> None:
        for person in people:
            self.graph.directory.join(GROUPS[committee.code], person.aad_id)

    async def found(self, decision: Decision = Decision.WAITING) -> list[Difference]:
        async with self.database.transaction() as tx:
            return [each.difference for each in await tx.directory.found(decision)]

    async def kinds(
        self, decision: Decision = Decision.WAITING
    ) -> list[tuple[DifferenceKind, str]]:
        """Name what is different, and about whom."""
        return [(each.kind, each.person or each.aad_id) for each in await self.found(decision)]

    async def state(self) -> DirectoryState:
        async with self.database.transaction() as tx:
            return await tx.directory.state()

    async def person(self, person: Person) -> Person:
        async with self.database.transaction() as tx:
            return await tx.people.get(person.id)

    async def seats(self, person: Person) -> list[str]:
        async with self.database.transaction() as tx:
            return [each.committee for each in await tx.organisation.memberships_of(person.id)]


@asynccontextmanager
async def an_entra(
    database: Database, *, hour: Callable[[], datetime] = lambda: MONDAY_NOON
) -> AsyncIterator[EntraTown]:
    """Start the stand-in with everybody of the town in it, and the groups of two committees.

    Whoever sits in one of the two is in its group; police and probation are guests. Everything
    that was asked of it is held against Microsoft's contract at the end.
    """
    seated = {
        code: [each.person for each in ORGANISATION.memberships if each.committee == code]
        for code in GROUPS
    }
    door = Door()
    async with running(LocalGraph(mailboxes=(), now=hour, latency=door)) as graph:
        for person in EVERYBODY:
            guest = person.authority in GUESTS
            graph.directory.add_person(person.aad_id, person.name, person.email, guest=guest)
        ids = {each.id: each.aad_id for each in EVERYBODY}
        for code, group in GROUPS.items():
            graph.directory.add_group(group, code, [ids[each] for each in seated[code]])
        async with graph_at(graph.base_url) as client:
            follower = DirectoryFollower(database, Directory(client), now=hour)
            yield EntraTown(
                graph=graph, database=database, hour=hour, follower=follower, door=door
            )
        assert graph.log.wrong == []
