"""Unfinished forms, sealed, one per person, form and object."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.drafts import Draft
from domain.errors import RuleBroken
from domain.people import PersonId
from storage.conflicts import insert
from storage.contents import packed, unpacked
from storage.keys import Keys
from storage.rows import DATA, draft_starts, drafts
from storage.sealing import Key, Place
from storage.vault import Shredded

_STARTS_KEPT = timedelta(days=1)  # long enough to count an hour's beginnings (AC-IN-05)

_NOTHING = UUID(int=0)  # what a form is about that is about nothing: no two of those are alike
_OF_OWNER = (
    select(drafts)
    .where(drafts.c.owner == bindparam("owner_"), drafts.c.expires_at > bindparam("now_"))
    .order_by(drafts.c.listens.desc(), drafts.c.began_at.desc())
)
_SAVE = (
    update(drafts)
    .where(drafts.c.id == bindparam("id_"), drafts.c.revision == bindparam("was_"))
    .values(
        step=bindparam("step_"),
        body=bindparam("body_"),
        listens=bindparam("listens_"),
        revision=bindparam("becomes_"),
    )
)


class Drafts:
    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def of(self, owner: PersonId, *, now: datetime) -> Draft | None:
        """Return the person's draft that listens, or else the newest."""
        return next(iter(await self.all_of(owner, now=now)), None)

    async def all_of(self, owner: PersonId, *, now: datetime) -> list[Draft]:
        """List the person's drafts, but for what has expired or whose key is gone.

        The one that listens comes first, then the newest.
        """
        rows = await self._connection.execute(_OF_OWNER, {"owner_": owner, "now_": now})
        found: list[Draft] = []
        for row in rows.all():
            with suppress(Shredded):
                found.append(_draft(row, await self._keys.of(str(row.id))))
        return found

    async def begin(self, draft: Draft, *, counts: bool = True) -> Draft:
        """Store a new draft and make its data key.

        :param counts: among those that somebody begins in an hour (AC-IN-05).
        :raises RuleBroken: `draft.already_open` when the person has one of the same form about
            the same object that can be read.
        """
        others = await self.all_of(draft.owner, now=draft.began_at)
        if any((each.flow, each.about) == (draft.flow, draft.about) for each in others):
            raise RuleBroken("draft.already_open")
        await self._clear_away(draft.owner, now=draft.began_at)
        if draft.listens:
            await self.hush(draft.owner)
        key = await self._keys.make(str(draft.id))
        stored = await self._connection.scalar(
            insert(drafts)
            .values(
                id=draft.id,
                owner=draft.owner,
                flow=draft.flow,
                about=draft.about or _NOTHING,
                step=draft.step,
                revision=draft.revision,
                listens=draft.listens,
                began_at=draft.began_at,
                expires_at=draft.expires_at,
                body=key.seal(packed(draft.body), _place(draft.id)),
            )
            .on_conflict_do_nothing(index_elements=[drafts.c.owner, drafts.c.flow, drafts.c.about])
            .returning(drafts.c.id)
        )
        if stored is None:
            raise RuleBroken("draft.already_open")
        if counts:
            await self._note_start(draft)
        return draft

    async def _note_start(self, draft: Draft) -> None:
        await self._connection.execute(
            delete(draft_starts).where(
                draft_starts.c.owner == draft.owner,
                draft_starts.c.at < draft.began_at - _STARTS_KEPT,
            )
        )
        await self._connection.execute(
            plain_insert(draft_starts).values(id=draft.id, owner=draft.owner, at=draft.began_at)
        )

    async def hush(self, owner: PersonId) -> None:
        """Let none of the person's drafts listen."""
        await self._connection.execute(
            update(drafts).where(drafts.c.owner == owner, drafts.c.listens).values(listens=False)
        )

    async def save(self, draft: Draft) -> Draft:
        """Store the next revision, or refuse if someone stored it first.

        :raises RuleBroken: `draft.moved_on`.
        """
        try:
            key = await self._keys.of(str(draft.id))
        except Shredded:
            raise RuleBroken("draft.moved_on") from None
        saved = await self._connection.execute(
            _SAVE,
            {
                "id_": draft.id,
                "was_": draft.revision,
                "becomes_": draft.revision + 1,
                "listens_": draft.listens,
                "step_": draft.step,
                "body_": key.seal(packed(draft.body), _place(draft.id)),
            },
        )
        if saved.rowcount != 1:
            raise RuleBroken("draft.moved_on")
        return replace(draft, revision=draft.revision + 1)

    async def close(self, draft: Draft, *, keep_key: bool) -> None:
        """End a draft: sent (its concern goes on under the same key) or wiped for good.

        :raises RuleBroken: `draft.moved_on` when someone stored another revision.
        """
        closed = await self._connection.execute(
            delete(drafts).where(drafts.c.id == draft.id, drafts.c.revision == draft.revision)
        )
        if closed.rowcount != 1:
            raise RuleBroken("draft.moved_on")
        if not keep_key:
            await self._keys.destroy(str(draft.id))

    async def expired(self, *, now: datetime) -> list[tuple[UUID, PersonId]]:
        """List the drafts whose time is over, with their owners."""
        rows = await self._connection.execute(
            select(drafts.c.id, drafts.c.owner)
            .where(drafts.c.expires_at <= now)
            .order_by(drafts.c.expires_at)
        )
        return [(row.id, PersonId(row.owner)) for row in rows]

    async def forget(self, id: UUID) -> None:
        """Wipe a draft and destroy its key (AC-DATA-07); nothing happens when it is gone."""
        gone = await self._connection.execute(delete(drafts).where(drafts.c.id == id))
        if gone.rowcount:
            await self._keys.destroy(str(id))

    async def _clear_away(self, owner: PersonId, *, now: datetime) -> None:
        """Forget what is left of a draft that has expired, or lost its key."""
        left = await self._connection.execute(
            select(drafts.c.id, drafts.c.expires_at).where(drafts.c.owner == owner)
        )
        for row in left:
            if row.expires_at <= now or not await self._keys.has(str(row.id)):
                await self.forget(row.id)

    async def begun_since(self, owner: PersonId, *, since: datetime) -> int:
        """Count the drafts a person began, also those that ended; the last day is known."""
        counted = await self._connection.execute(
            select(func.count())
            .select_from(draft_starts)
            .where(draft_starts.c.owner == owner, draft_starts.c.at >= since)
        )
        return counted.scalar_one()


def _place(id: UUID) -> Place:
    return Place(DATA, "drafts", str(id), "body")


def _draft(row: Row[Any], key: Key) -> Draft:
    return Draft(
        id=row.id,
        owner=PersonId(row.owner),
        flow=row.flow,
        step=row.step,
        revision=row.revision,
        began_at=row.began_at,
        about=row.about if row.about != _NOTHING else None,
        listens=row.listens,
        body=unpacked(key.open(row.body, _place(row.id))),
    )
