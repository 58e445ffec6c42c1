"""The audit trail: who did what about which, and why; a chain that only grows (AC-AUD)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Executable, bindparam, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import PersonId
from domain.trail import ABOUT_TRAIL, BEGINNING, ChainKey, Event, Head, Link, link, read
from storage.audit_before import digest_of_before
from storage.audit_rows import audit_chain, audit_keys
from storage.chain_keys import ChainKeys

_LAST = select(audit_chain).order_by(audit_chain.c.seq.desc()).limit(1)
_LATEST = _LAST.where(audit_chain.c.about == bindparam("about_"))
# SQLite's transactions have the lock from their beginning (storage/sqlite.py).
_HEADS: Mapping[str, Executable] = {
    "postgresql": text("SELECT seq, mac, key_version FROM data.audit_head()"),
    "sqlite": select(
        select(audit_chain.c.seq).order_by(audit_chain.c.seq.desc()).limit(1).scalar_subquery(),
        select(audit_chain.c.mac).order_by(audit_chain.c.seq.desc()).limit(1).scalar_subquery(),
        select(func.max(audit_keys.c.version)).scalar_subquery(),
    ),
}
_ADD = insert(audit_chain)


BEGAN = "audit.begin"
OVERSIGHT = "oversight"


class TrailBroken(Exception):
    """The chain has no end to add to: nothing can be audited, so nothing may be done."""


class Audit:
    """One transaction's events; they reach the chain together, last before the commit."""

    def __init__(self, connection: AsyncConnection, keys: ChainKeys) -> None:
        self._connection = connection
        self._keys = keys
        self._events: list[Event] = []

    async def record(
        self,
        *,
        at: datetime,
        actor: PersonId | None,
        action: str,
        about: str,
        result: str,
        purpose: str,
    ) -> None:
        """Add an event in the same transaction as what it tells of; it can never be changed."""
        self._events.append(
            Event(at=at, actor=actor, action=action, about=about, result=result, purpose=purpose)
        )

    async def flush(self) -> None:
        """Write what was recorded. The chain is locked from here to the end of the transaction.

        That is why it comes last: nobody waits for the lock while they hold it (AC-AUD-03).

        :raises TrailBroken: when the chain is gone; then the whole transaction fails (AC-AUD-01).
        """
        if not self._events:
            return
        head, version = await self.lock()
        if head is None:
            head, key = BEGINNING, await self._begin(version)
        else:
            key = await self._keys.of(version)
        await self.chain(key, after=head)

    async def chain(self, key: ChainKey, *, after: Head) -> None:
        """Add what was recorded to the end of the chain, which is locked."""
        links: list[Link] = []
        for event in self._events:
            links.append(link(event, after=links[-1].head if links else after, key=key))
        await self._connection.execute(_ADD, [asdict(each) for each in links])
        self._events.clear()

    async def lock(self) -> tuple[Head | None, int]:
        """Lock the chain; return its end, and which key closes new links, 0 for none yet."""
        found = await self._connection.execute(_HEADS[self._connection.dialect.name])
        seq, mac, version = found.one()
        return (None if seq is None else Head(seq=seq, mac=mac)), version or 0

    async def begin(self, *, at: datetime) -> None:
        """Let the chain begin with what was audited before there was one.

        Its first event holds the number of those lines and their digest.
        """
        result = await digest_of_before(self._connection)
        self._events.insert(
            0,
            Event(
                at=at,
                actor=None,
                action=BEGAN,
                about=ABOUT_TRAIL,
                result=result,
                purpose=OVERSIGHT,
            ),
        )

    async def stands(self) -> bool:
        """Tell whether the chain ends as we ended it, or has not begun (AC-BAK-03)."""
        last = await self.last()
        if last is None:
            return not await self._keys.all()
        keys = await self._keys.all()
        return last.key_version in keys and keys[last.key_version].closed(last)

    async def _begin(self, version: int) -> ChainKey:
        """Begin the chain with the first event there is; a chain that was there is gone."""
        if version:
            raise TrailBroken("the audit chain is gone")
        await self.begin(at=self._events[0].at)
        return await self._keys.begin()

    async def last(self) -> Link | None:
        """Return the last link, without a lock."""
        row = (await self._connection.execute(_LAST)).mappings().one_or_none()
        return None if row is None else Link(**row)

    async def of(self, about: str) -> list[Event]:
        """Return everything audited about something, the oldest first (ACC-3)."""
        found = await self._connection.scalars(
            select(audit_chain.c.event)
            .where(audit_chain.c.about == about)
            .order_by(audit_chain.c.seq)
        )
        return [read(event).event for event in found]

    async def latest(self, about: str) -> Event | None:
        """Return what was audited last about something."""
        row = (await self._connection.execute(_LATEST, {"about_": about})).one_or_none()
        return None if row is None else read(row.event).event

    async def after(self, seq: int, *, at_most: int) -> list[Link]:
        """Return the next links, in order."""
        rows = await self._connection.execute(
            select(audit_chain)
            .where(audit_chain.c.seq > seq)
            .order_by(audit_chain.c.seq)
            .limit(at_most)
        )
        return [Link(**row) for row in rows.mappings()]
