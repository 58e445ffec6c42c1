"""What is remembered of the directory: groups, who was seen in them, and what is different."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.directory import Difference, DifferenceKind
from domain.directory_changes import Decision, DirectoryState, Found, GroupLink
from domain.people import CommitteeCode, PersonId
from storage.conflicts import insert
from storage.directory_rows import (
    committee_groups,
    directory_differences,
    directory_reads,
    directory_state,
)

_ONLY: Final = 1  # the one row of the state
_IN_ORDER = (
    directory_differences.c.found_at,
    directory_differences.c.kind,
    directory_differences.c.name,
    directory_differences.c.id,
)


class DirectoryStore:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def links(self) -> list[GroupLink]:
        """List the committees that have a group, by code."""
        rows = await self._connection.execute(
            select(committee_groups).order_by(committee_groups.c.committee)
        )
        return [_link(row) for row in rows]

    async def link(
        self, committee: CommitteeCode, group: str, *, by: PersonId | None, now: datetime
    ) -> None:
        """Let a committee have this group; what was read so far is read anew."""
        said = {"group_id": group, "set_by": by, "set_at": now, "gone_at": None}
        new = insert(committee_groups).values(committee=committee, **said)
        await self._connection.execute(
            new.on_conflict_do_update(index_elements=[committee_groups.c.committee], set_=said)
        )
        await self._read_anew()

    async def unlink(self, committee: CommitteeCode) -> None:
        await self._connection.execute(
            delete(committee_groups).where(committee_groups.c.committee == committee)
        )
        await self._read_anew()

    async def mark(self, there: Collection[str], gone: Collection[str], now: datetime) -> None:
        """Note which groups Entra has, and which it has not; of the others nothing was heard."""
        own = committee_groups.c
        change = update(committee_groups)
        await self._connection.execute(
            change.where(own.group_id.in_(gone), own.gone_at.is_(None)).values(gone_at=now)
        )
        await self._connection.execute(
            change.where(own.group_id.in_(there), own.gone_at.is_not(None)).values(gone_at=None)
        )

    async def _read_anew(self) -> None:
        await self._connection.execute(delete(directory_reads))

    async def state(self) -> DirectoryState:
        """Tell how the last reading went, and whether one is asked for."""
        row = (await self._connection.execute(select(directory_state))).one_or_none()
        return DirectoryState() if row is None else _state(row)

    async def ask(self, *, by: PersonId | None, now: datetime) -> None:
        """Ask for a reading now; who asked first keeps being told of it."""
        new = insert(directory_state).values(
            id=_ONLY, asked_by=by, asked_at=now, tries=0, figures={}
        )
        own = directory_state.c
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[own.id],
                set_={
                    "asked_by": func.coalesce(own.asked_by, new.excluded.asked_by),
                    "asked_at": func.coalesce(own.asked_at, new.excluded.asked_at),
                    "next_at": None,
                },
                where=or_(own.next_at.is_(None), own.trouble.is_not(None)),
            )
        )

    async def take_on(self, *, now: datetime, lease: timedelta) -> int | None:
        """Take on the reading that is asked for; None when there is none, or others are at it.

        The number given tells this attempt from later ones.
        """
        own = directory_state.c
        tries: int | None = await self._connection.scalar(
            update(directory_state)
            .where(own.asked_at.is_not(None), or_(own.next_at.is_(None), own.next_at <= now))
            .values(next_at=now + lease, tries=own.tries + 1)
            .returning(own.tries)
        )
        return tries

    async def finish(self, *, tries: int, figures: dict[str, int], now: datetime) -> bool:
        """Note that it was read; false where another attempt has taken over."""
        own = directory_state.c
        done = await self._connection.execute(
            update(directory_state)
            .where(own.tries == tries, own.asked_at.is_not(None))
            .values(
                asked_by=None,
                asked_at=None,
                next_at=None,
                tries=0,
                read_at=now,
                trouble=None,
                trouble_at=None,
                figures=figures,
            )
        )
        return done.rowcount == 1

    async def fail(
        self, *, tries: int, trouble: str | None, again_at: datetime | None, now: datetime
    ) -> None:
        """Note why it could not be read, and when to try again; None to wait to be asked."""
        ended = {"asked_by": None, "asked_at": None, "tries": 0} if again_at is None else {}
        own = directory_state.c
        await self._connection.execute(
            update(directory_state)
            .where(own.tries == tries, own.asked_at.is_not(None))
            .values(trouble=trouble, trouble_at=now, next_at=again_at, **ended)
        )

    async def found(self, *decisions: Decision) -> list[Found]:
        """List the differences that are waiting, or whatever else, the oldest first."""
        own = directory_differences
        rows = await self._connection.execute(
            select(own).where(own.c.state.in_(decisions)).order_by(*_IN_ORDER)
        )
        return [_found(row) for row in rows]

    async def count(self) -> dict[Decision, int]:
        own = directory_differences.c
        rows = await self._connection.execute(select(own.state, func.count()).group_by(own.state))
        return {Decision(state): count for state, count in rows}

    async def hold(self, id: UUID) -> Found | None:
        """Find a difference; nobody else changes it before this transaction has ended."""
        own = directory_differences
        row = (
            await self._connection.execute(select(own).where(own.c.id == id).with_for_update())
        ).one_or_none()
        return None if row is None else _found(row)

    async def keep(
        self, found: Iterable[Difference], decision: Decision, *, now: datetime
    ) -> None:
        """Remember differences that are new; of those that are known nothing changes."""
        values = [{**_values(each), "state": decision, "found_at": now} for each in found]
        if values:
            await self._connection.execute(
                insert(directory_differences).on_conflict_do_nothing(), values
            )

    async def drop(self, ids: Collection[UUID]) -> None:
        """Forget differences that are none any more."""
        await self._connection.execute(
            delete(directory_differences).where(directory_differences.c.id.in_(ids))
        )

    async def decide(
        self, ids: Sequence[UUID], decision: Decision, *, by: PersonId | None, now: datetime
    ) -> None:
        await self._connection.execute(
            update(directory_differences)
            .where(directory_differences.c.id.in_(ids))
            .values(state=decision, decided_by=by, decided_at=now)
        )

    async def carried_out(self, id: UUID, decision: Decision = Decision.DONE) -> None:
        """Note that it was done, or that it waits for a steward after all."""
        await self._connection.execute(
            update(directory_differences)
            .where(directory_differences.c.id == id)
            .values(state=decision)
        )


def _link(row: Row[Any]) -> GroupLink:
    return GroupLink(
        committee=CommitteeCode(row.committee),
        group=row.group_id,
        set_by=None if row.set_by is None else PersonId(row.set_by),
        set_at=row.set_at,
        gone_at=row.gone_at,
    )


def _state(row: Row[Any]) -> DirectoryState:
    return DirectoryState(
        asked_by=None if row.asked_by is None else PersonId(row.asked_by),
        asked_at=row.asked_at,
        next_at=row.next_at,
        tries=row.tries,
        read_at=row.read_at,
        trouble=row.trouble,
        trouble_at=row.trouble_at,
        figures=row.figures,
    )


def _found(row: Row[Any]) -> Found:
    return Found(
        difference=Difference(
            kind=DifferenceKind(row.kind),
            aad_id=row.aad_id,
            person=None if row.person is None else PersonId(row.person),
            committees=tuple(CommitteeCode(each) for each in row.committees),
            name=row.name,
            was=row.was,
            becomes=row.becomes,
            guest=row.guest,
        ),
        decision=Decision(row.state),
        found_at=row.found_at,
        decided_by=None if row.decided_by is None else PersonId(row.decided_by),
        decided_at=row.decided_at,
    )


def _values(found: Difference) -> dict[str, Any]:
    return {
        "id": found.id,
        "kind": found.kind,
        "aad_id": found.aad_id,
        "person": found.person,
        "committees": found.committees,
        "name": found.name,
        "was": found.was,
        "becomes": found.becomes,
        "guest": found.guest,
    }
