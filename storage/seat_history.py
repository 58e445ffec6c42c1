"""Who was given which seat and who lost it, as rows that only ever are added."""

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import CommitteeCode, PersonId, Seat
from domain.seating import SeatChange
from storage.meeting_rows import seat_history

_FIELDS = tuple(each for each in seat_history.c if each is not seat_history.c.id)


class SeatHistory:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, changes: Sequence[SeatChange]) -> None:
        if changes:
            await self._connection.execute(
                insert(seat_history),
                [
                    {each.name: getattr(change, each.name) for each in _FIELDS}
                    for change in changes
                ],
            )

    async def of_committee(self, code: CommitteeCode, *, at_most: int) -> list[SeatChange]:
        """List what changed in a committee, the latest first."""
        rows = await self._connection.execute(
            select(*_FIELDS)
            .where(seat_history.c.committee == code)
            .order_by(seat_history.c.id.desc())
            .limit(at_most)
        )
        return [
            SeatChange(
                committee=CommitteeCode(row.committee),
                person=PersonId(row.person),
                slot=row.slot,
                seat=Seat(row.seat),
                given=row.given,
                by=None if row.by is None else PersonId(row.by),
                at=row.at,
            )
            for row in rows
        ]
