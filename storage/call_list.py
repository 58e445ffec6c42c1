"""The ringeliste: who must be telephoned, because no message reaches them (BER-16)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import DeliveryState
from domain.people import PersonId
from domain.reachability import ToCall
from storage.conflicts import insert
from storage.delivery_rows import call_list

_REACHED = (
    update(call_list)
    .where(call_list.c.person == bindparam("person_"), call_list.c.reached_at.is_(None))
    .values(reached_at=bindparam("now_"), reached_by=bindparam("by_"))
    .returning(call_list.c.about)
)
_REACHED_ABOUT = _REACHED.where(call_list.c.about == bindparam("about_"))


class CallList:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, person: PersonId, *, about: UUID, why: DeliveryState, now: datetime
    ) -> None:
        """Put somebody on the list; who is on it about this keeps their place."""
        await self._connection.execute(
            insert(call_list)
            .values(person=person, about=about, why=why, since=now)
            .on_conflict_do_update(
                index_elements=[call_list.c.person, call_list.c.about], set_={"why": why}
            )
        )

    async def drop(self, about: UUID) -> None:
        """Telephone nobody any more about a matter that is none; who was reached stays noted."""
        await self._connection.execute(
            delete(call_list).where(call_list.c.about == about, call_list.c.reached_at.is_(None))
        )

    async def waiting(self) -> Sequence[ToCall]:
        """List who has not been reached yet, once per matter, the longest waiting first."""
        rows = await self._connection.execute(
            select(call_list)
            .where(call_list.c.reached_at.is_(None))
            .order_by(call_list.c.since, call_list.c.person, call_list.c.about)
        )
        return [
            ToCall(
                person=PersonId(row.person),
                about=row.about,
                why=DeliveryState(row.why),
                since=row.since,
            )
            for row in rows
        ]

    async def matters(self, person: PersonId, *, about: UUID | None = None) -> Sequence[UUID]:
        """Name what somebody has not been reached about yet, of one matter or all."""
        of_this = [] if about is None else [call_list.c.about == about]
        matters = await self._connection.scalars(
            select(call_list.c.about)
            .where(call_list.c.person == person, call_list.c.reached_at.is_(None), *of_this)
            .order_by(call_list.c.since, call_list.c.about)
        )
        return matters.all()

    async def reached(
        self, person: PersonId, *, by: PersonId, now: datetime, about: UUID | None = None
    ) -> Sequence[UUID]:
        """Note that somebody has been reached, about one matter or all; return which."""
        rows = await self._connection.execute(
            _REACHED if about is None else _REACHED_ABOUT,
            {"person_": person, "now_": now, "by_": by, "about_": about},
        )
        return [row.about for row in rows]
