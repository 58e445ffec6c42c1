"""What somebody must hear and has not heard yet."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import Delivery
from domain.notices import Notice, NoticeKind, Tier
from domain.people import CommitteeCode, PersonId
from storage.conflicts import insert
from storage.delivery_rows import outbox

_WAITING, _DONE, _DROPPED, _GIVEN_UP = "waiting", "done", "dropped", "given up"

_ADD = insert(outbox).on_conflict_do_nothing(index_elements=[outbox.c.dedupe_key])
_DUE = (
    select(outbox.c.id)
    .where(outbox.c.state == _WAITING, outbox.c.next_at <= bindparam("now_"))
    .order_by(outbox.c.tier, outbox.c.next_at, outbox.c.id)
    .limit(bindparam("at_most_"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(select(_DUE.c.id)))
    .values(next_at=bindparam("until_"), attempts=outbox.c.attempts + 1)
    .returning(outbox)
)
_END = update(outbox).where(outbox.c.id == bindparam("id_"), outbox.c.state == _WAITING)
_OURS = _END.where(outbox.c.attempts == bindparam("attempts_"))  # nobody claimed it after us


class Outbox:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.added = False

    async def add(self, notices: Sequence[Notice]) -> None:
        """Promise to tell; what has been promised before is not promised twice."""
        if notices:
            self.added = True
            await self._connection.execute(_ADD, [_values(notice) for notice in notices])

    async def claim(self, *, now: datetime, lease: timedelta, at_most: int) -> list[Delivery]:
        """Take on what is due, the most pressing tier first, so that no other replica does.

        A claim lasts for the lease. If we die before the delivery is ended, the notice simply
        falls due again.
        """
        rows = await self._connection.execute(
            _CLAIM, {"now_": now, "until_": now + lease, "at_most_": at_most}
        )
        claimed = sorted(rows, key=lambda row: (row.tier, row.due_at, row.id))
        return [_delivery(row) for row in claimed]

    async def settle(self, delivery: Delivery, *, now: datetime, activity_id: str | None) -> None:
        """Note that it was delivered, and as which activity."""
        await self.settle_all([(delivery, activity_id)], now=now)

    async def settle_all(
        self, delivered: Iterable[tuple[Delivery, str | None]], *, now: datetime
    ) -> None:
        """Note many deliveries at once, each with the activity it became."""
        values = [
            {"id_": delivery.id, "now_": now, "activity_": activity_id}
            for delivery, activity_id in delivered
        ]
        if values:
            await self._connection.execute(
                _END.values(
                    state=_DONE, ended_at=bindparam("now_"), activity_id=bindparam("activity_")
                ),
                values,
            )

    async def postpone(self, delivery: Delivery, *, until: datetime, why: str) -> None:
        """Try again later, unless another replica has taken it on since."""
        await self._connection.execute(
            _OURS.values(next_at=until, why=why),
            {"id_": delivery.id, "attempts_": delivery.attempts},
        )

    async def give_up(self, delivery: Delivery, *, now: datetime, why: str) -> None:
        """Stop trying, unless another replica has taken it on since."""
        await self._connection.execute(
            _OURS.values(state=_GIVEN_UP, ended_at=now, why=why),
            {"id_": delivery.id, "attempts_": delivery.attempts},
        )

    async def drop(self, delivery: Delivery, *, now: datetime) -> None:
        """Leave it unsent: nobody needs to hear it any more."""
        await self._connection.execute(
            _END.values(state=_DROPPED, ended_at=now), {"id_": delivery.id}
        )

    async def next_due(self) -> datetime | None:
        """Return when the next notice falls due, claimed ones at the end of their lease."""
        due: datetime | None = await self._connection.scalar(
            select(func.min(outbox.c.next_at)).where(outbox.c.state == _WAITING)
        )
        return due


def _values(notice: Notice) -> dict[str, object]:
    return {
        "dedupe_key": notice.dedupe_key,
        "kind": notice.kind,
        "about": notice.about,
        "person": notice.person,
        "channel": notice.channel,
        "tier": notice.tier,
        "round": notice.round,
        "due_at": notice.due_at,
        "state": _WAITING,
        "next_at": notice.due_at,
        "attempts": 0,
    }


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        notice=Notice(
            kind=NoticeKind(row.kind),
            about=row.about,
            due_at=row.due_at,
            person=None if row.person is None else PersonId(row.person),
            channel=None if row.channel is None else CommitteeCode(row.channel),
            tier=Tier(row.tier),
            round=row.round,
        ),
        attempts=row.attempts,
    )
