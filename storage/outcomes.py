"""What became of the young people in SSP+; what they did, and when, is sealed (PLUS-7)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import RuleBroken
from domain.outcomes import Answer, Outcome, Started, Status
from domain.people import CommitteeCode
from storage.case_rows import cases
from storage.conflicts import insert
from storage.contents import packed, unpacked
from storage.keys import Keys
from storage.plan_rows import outcomes
from storage.rows import DATA
from storage.sealing import Envelope, Place
from storage.vault import Shredded

_FIND = select(outcomes, cases.c.subject).join(cases, cases.c.id == outcomes.c.case)


class Outcomes:
    """Sealed with the key of the person; when that is destroyed, so is what became of them."""

    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def enrol(self, outcome: Outcome, *, subject: UUID) -> bool:
        """Note that SSP+ has begun with a case; False when that was noted before."""
        added = await self._connection.scalar(
            insert(outcomes)
            .values(await self._values(outcome, subject))
            .on_conflict_do_nothing(index_elements=[outcomes.c.case])
            .returning(outcomes.c.case)
        )
        return added is not None

    async def of_case(self, case: UUID) -> Outcome | None:
        """Find what is known of a case.

        :raises Shredded: when the person's key has been destroyed.
        """
        rows = await self._connection.execute(_FIND.where(outcomes.c.case == case))
        row = rows.one_or_none()
        return None if row is None else await self._open(row)

    async def enrolled(self, ids: Collection[UUID]) -> set[UUID]:
        """Name those of these cases that SSP+ has begun with, without opening anything."""
        found = await self._connection.scalars(
            select(outcomes.c.case).where(outcomes.c.case.in_(ids))
        )
        return set(found)

    async def in_groups(self, groups: Collection[CommitteeCode]) -> list[Outcome]:
        """List what is known of the cases these groups have or had, ended ones too."""
        return await self._known(_FIND.where(cases.c.group.in_(groups)))

    async def all(self) -> list[Outcome]:
        """List everything that can still be read."""
        return await self._known(_FIND)

    async def save(self, outcome: Outcome) -> Outcome:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `outcome.moved_on`.
        """
        following = replace(outcome, version=outcome.version + 1)
        subject = await self._connection.scalar(
            select(cases.c.subject).where(cases.c.id == outcome.case)
        )
        saved = await self._connection.execute(
            update(outcomes)
            .where(outcomes.c.case == outcome.case, outcomes.c.version == outcome.version)
            .values(await self._values(following, subject))
        )
        if saved.rowcount != 1:
            raise RuleBroken("outcome.moved_on")
        return following

    async def _known(self, chosen: Select[Any]) -> list[Outcome]:
        found: list[Outcome] = []
        for row in await self._connection.execute(chosen.order_by(outcomes.c.case)):
            try:
                found.append(await self._open(row))
            except Shredded:
                continue  # forgotten; what statistics need of it are facts (STAT-4)
        return found

    async def _values(self, outcome: Outcome, subject: UUID | None) -> dict[str, object]:
        return {
            "case": outcome.case,
            "first_processed_on": outcome.first_processed_on,
            "content": await self._sealed(outcome, subject),
            "version": outcome.version,
        }

    async def _sealed(self, outcome: Outcome, subject: UUID | None) -> Envelope:
        key = await self._keys.of(str(subject))
        started_on = outcome.started_on
        words = {
            "started_12m": outcome.started_12m,
            "started_on": None if started_on is None else started_on.isoformat(),
            "started_type": outcome.started_type,
            "status_24m": outcome.status_24m,
            "reconvicted_24m": outcome.reconvicted_24m,
        }
        return key.seal(packed(words), _place(outcome.case))

    async def _open(self, row: Row[Any]) -> Outcome:
        key = await self._keys.of(str(row.subject))
        known = unpacked(key.open(row.content, _place(row.case)))
        said = {name: str(value) for name, value in known.items() if value is not None}
        return Outcome(
            case=row.case,
            first_processed_on=row.first_processed_on,
            started_12m=Answer(said["started_12m"]) if "started_12m" in said else None,
            started_on=date.fromisoformat(said["started_on"]) if "started_on" in said else None,
            started_type=Started(said["started_type"]) if "started_type" in said else None,
            status_24m=Status(said["status_24m"]) if "status_24m" in said else None,
            reconvicted_24m=(
                Answer(said["reconvicted_24m"]) if "reconvicted_24m" in said else None
            ),
            version=row.version,
        )


def _place(case: UUID) -> Place:
    return Place(DATA, "outcomes", str(case), "content")
