"""How it stands with what was sent: counted without lies, acknowledged once (BER-13, BER-26)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import NOT_REACHED, OPEN, DeliveryState, Standing, Tally
from domain.notices import Medium, Notice, NoticeKind, Tier
from domain.people import PersonId
from storage.delivery_rows import outbox
from storage.outbox import IS_OPEN, notice_of

_S = DeliveryState
_CAN_BE_ACKNOWLEDGED = outbox.c.state.in_(sorted({_S.DELIVERED} | OPEN | NOT_REACHED)) | (
    (outbox.c.state == _S.CANCELLED) & outbox.c.repeated  # it may have arrived before that
)

_ACKNOWLEDGE = (
    update(outbox)
    .where(
        outbox.c.about == bindparam("about_"),
        outbox.c.kind == bindparam("kind_"),
        outbox.c.person == bindparam("person_"),
        _CAN_BE_ACKNOWLEDGED,
    )
    .values(
        state=_S.ACKNOWLEDGED,
        acknowledged_at=bindparam("now_"),
        acknowledged_via=bindparam("via_"),
    )
    .returning(outbox.c.medium)
)


class Standings:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def tally(self, about: UUID, *, kind: NoticeKind, now: datetime) -> Tally:
        """Count the recipients of a send in Teams, each in exactly one state."""
        state = _state(now)
        rows = await self._connection.execute(
            select(state, func.count()).where(*_send(about, kind)).group_by(state)
        )
        return {_S(name): count for name, count in rows}

    async def each(self, about: UUID, *, kind: NoticeKind, now: datetime) -> Sequence[Standing]:
        """Return how it stands with each recipient of a send in Teams."""
        rows = await self._connection.execute(
            select(
                outbox.c.person,
                _state(now).label("state"),
                outbox.c.repeated,
                outbox.c.ended_at,
                outbox.c.acknowledged_at,
                outbox.c.acknowledged_via,
            )
            .where(*_send(about, kind), outbox.c.person.is_not(None))
            .order_by(outbox.c.tier, outbox.c.id)
        )
        return [
            Standing(
                person=PersonId(row.person),
                state=_S(row.state),
                repeated=row.repeated,
                ended_at=row.ended_at,
                acknowledged_at=row.acknowledged_at,
                acknowledged_via=row.acknowledged_via,
            )
            for row in rows
        ]

    async def acknowledge(
        self,
        about: UUID,
        *,
        kind: NoticeKind,
        person: PersonId,
        now: datetime,
        via: PersonId | None = None,
    ) -> bool:
        """Note that a person has it; True the first time. Nothing more of it is sent to them.

        :param via: who confirmed it on their behalf, by telephone for instance (BER-21).
        """
        noted = await self._connection.execute(
            _ACKNOWLEDGE,
            {"about_": about, "kind_": kind, "person_": person, "now_": now, "via_": via},
        )
        return Medium.TEAMS in {row.medium for row in noted}

    async def cancel(
        self, about: UUID, *, kind: NoticeKind, now: datetime, why: str | None = None
    ) -> int:
        """Leave unsent what has not been sent of it; return how many that were.

        :param why: by this it can be sent after all.
        """
        cancelled = await self._connection.execute(
            update(outbox)
            .where(outbox.c.about == about, outbox.c.kind == kind)
            .where(_state(now).in_((_S.READY, _S.UNRESOLVED)))
            .values(
                state=_S.CANCELLED,
                ended_at=now,
                why=why,
                repeated=outbox.c.repeated | (outbox.c.state == _S.UNRESOLVED),
            )
            .returning(outbox.c.id)
        )
        return len(cancelled.all())

    async def send_after_all(self, about: UUID, *, cancelled_for: str, now: datetime) -> None:
        """Send what was cancelled for this reason: no earlier than it was due."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.about == about)
            .where(outbox.c.state == _S.CANCELLED, outbox.c.why == cancelled_for)
            .values(
                state=_S.READY,
                ended_at=None,
                why=None,
                next_at=case((outbox.c.due_at > now, outbox.c.due_at), else_=now),
            )
        )

    async def waiting_alerts(self, *, now: datetime) -> Sequence[Notice]:
        """Return the alerts that are due and have not reached Teams yet (BER-06, BER-79)."""
        rows = await self._connection.execute(
            select(outbox).where(
                IS_OPEN,
                outbox.c.due_at <= now,
                outbox.c.tier <= Tier.ALERT,
                outbox.c.medium == Medium.TEAMS,
            )
        )
        return [notice_of(row) for row in rows]

    async def overdue(self, *, before: datetime) -> tuple[int, datetime | None]:
        """Count what was due before then and has not been ended; and when the oldest was due.

        Word of such a trouble does not count: else it would tell of nothing but itself.
        """
        row = (
            await self._connection.execute(
                select(func.count(), func.min(outbox.c.due_at)).where(
                    IS_OPEN,
                    outbox.c.due_at < before,
                    outbox.c.kind != NoticeKind.DELIVERY_TROUBLE,
                )
            )
        ).one()
        return row[0], row[1]

    async def depth(self, *, now: datetime) -> Sequence[tuple[DeliveryState, Tier, int]]:
        """Count what is due and has not been ended, by state and tier."""
        state = _state(now)
        rows = await self._connection.execute(
            select(state, outbox.c.tier, func.count())
            .where(IS_OPEN, outbox.c.due_at <= now)
            .group_by(state, outbox.c.tier)
        )
        return [(_S(name), Tier(tier), count) for name, tier, count in rows]


def _state(now: datetime) -> ColumnElement[Any]:
    """Say the state: what nobody answers for any more is unresolved."""
    lapsed = (outbox.c.state == _S.SENDING) & (outbox.c.next_at <= now)
    return case((lapsed, _S.UNRESOLVED), else_=outbox.c.state)


def _send(about: UUID, kind: NoticeKind) -> tuple[ColumnElement[bool], ...]:
    return (
        outbox.c.about == about,
        outbox.c.kind == kind,
        outbox.c.medium == Medium.TEAMS,
    )
