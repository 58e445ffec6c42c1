"""Towns for many stories: people move in once, and every story has a copy of that."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import update

from localteams.store import Store
from storage.rows import metadata
from tests.support.databases import Databases
from tests.support.town import Town, a_town, nobody_in

ADDRESSES = [each for each in metadata.sorted_tables if "service_url" in each.c]


@dataclass(kw_only=True)
class Towns:
    """Gives every story a town of its own, in which everybody has the app already.

    :param folder: where the chats of the first town are kept.
    """

    databases: Databases
    folder: Path
    _first: str = field(default="", init=False)

    @asynccontextmanager
    async def another(self) -> AsyncIterator[Town]:
        """Start a bot and a stand-in on a copy of the first town's database and chats."""
        if not self._first:
            self._first = await self._settled()
        url = self.databases.copy(self._first)
        async with nobody_in(url) as town:
            Store(self._chats, town.teams.world).load()
            await _moves(town)
            yield town
        self.databases.back(url)

    @property
    def _chats(self) -> Path:
        return self.folder / "chats.json"

    async def _settled(self) -> str:
        """Let everybody move in; give the URL of the database that they leave."""
        url = self.databases.migrated()
        async with a_town(url) as town:
            await town.settles()
            Store(self._chats, town.teams.world).save()
        return url


async def _moves(town: Town) -> None:
    """Write down that this town's Teams listens at another port than the first one's."""
    async with town.remembers() as tx:
        for table in ADDRESSES:
            await tx.connection.execute(update(table).values(service_url=town.teams.service_url))
