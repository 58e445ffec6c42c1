"""Remembers whose Teams the app was put into, and why it could not be."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.installing import Install, Installed
from domain.people import PersonId
from storage import conflicts
from storage.app_install_rows import app_installs
from storage.delivery_rows import addresses
from storage.rows import people

_T = app_installs.c


class AppInstalls:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def due(self, *, now: datetime, at_most: int) -> Sequence[tuple[PersonId, str]]:
        """Name whom we never had a chat with and may try now, by their Entra ids too.

        Who removed the app is left in peace: that is an answer.
        """
        rows = await self._connection.execute(
            select(people.c.id, people.c.aad_id)
            .outerjoin(addresses, addresses.c.person == people.c.id)
            .outerjoin(app_installs, _T.person == people.c.id)
            .where(
                people.c.active,
                addresses.c.person.is_(None),
                or_(_T.person.is_(None), _T.next_at <= now),
            )
            .order_by(people.c.id)
            .limit(at_most)
        )
        return [(PersonId(row.id), row.aad_id) for row in rows]

    async def put(self, installed: Installed) -> None:
        values = asdict(installed)
        await self._connection.execute(
            conflicts.insert(app_installs)
            .values(values)
            .on_conflict_do_update(index_elements=[_T.person], set_=values)
        )

    async def outcomes(self) -> Mapping[PersonId, Install]:
        """Say what came of it for whom it was tried."""
        rows = await self._connection.execute(select(_T.person, _T.outcome))
        return {PersonId(person): Install(outcome) for person, outcome in rows}

    async def ask_again(self, *, now: datetime) -> int:
        """Let it be tried again now for all whom it was tried for and who have no chat yet."""
        without = select(people.c.id).outerjoin(addresses, addresses.c.person == people.c.id)
        waiting = without.where(people.c.active, addresses.c.person.is_(None))
        asked = await self._connection.execute(
            update(app_installs).where(_T.person.in_(waiting)).values(next_at=now)
        )
        return asked.rowcount
