"""What somebody must hear and has not heard yet: claimed in batches, settled in batches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, case, func, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.delivery import OPEN, Delivery, DeliveryState
from domain.notices import Medium, Notice, NoticeKind, Tier
from domain.people import CommitteeCode, PersonId
from storage.columns import Instant
from storage.conflicts import insert
from storage.delivery_rows import outbox

_S = DeliveryState
# Written out, so that both engines see that their partial index is for it.
IS_OPEN = outbox.c.state.in_([literal_column(f"'{state}'") for state in sorted(OPEN)])
_NOTICE = (
    outbox.c.kind,
    outbox.c.about,
    outbox.c.due_at,
    outbox.c.person,
    outbox.c.channel,
    outbox.c.tier,
    outbox.c.round,
    outbox.c.medium,
)

_ADD = insert(outbox).on_conflict_do_nothing(index_elements=[outbox.c.dedupe_key])
_DUE = (
    select(outbox.c.id)
    .where(IS_OPEN)
    .where(outbox.c.next_at <= bindparam("now_"), outbox.c.medium == bindparam("medium_"))
    .order_by(outbox.c.tier, outbox.c.next_at, outbox.c.id)
    .limit(bindparam("at_most_"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(select(_DUE.c.id)))
    .values(
        state=_S.SENDING,
        next_at=bindparam("until_"),
        begun_at=bindparam("begun_"),
        claims=outbox.c.claims + 1,
        attempts=outbox.c.attempts + 1,
        repeated=or_(outbox.c.repeated, outbox.c.state != _S.READY),
    )
    .returning(outbox.c.id, *_NOTICE, outbox.c.claims, outbox.c.attempts, outbox.c.repeated)
)
_BEGUN = select(outbox.c.lane, outbox.c.begun_at).where(
    outbox.c.lane.in_(bindparam("lanes_", expanding=True)),
    outbox.c.begun_at > bindparam("since_"),
    outbox.c.begun_at < bindparam("before_"),
    outbox.c.id.not_in(bindparam("but_", expanding=True)),
)
_PUT_OFF = (
    update(outbox)
    .where(outbox.c.lane == bindparam("lane_"), outbox.c.medium == bindparam("medium_"))
    .where(outbox.c.state.in_((_S.READY, _S.UNRESOLVED)), outbox.c.next_at <= bindparam("now_"))
    .values(next_at=bindparam("until_"))
)
_OURS = update(outbox).where(
    outbox.c.id == bindparam("id_"),
    outbox.c.claims == bindparam("claims_"),  # nobody claimed it after us
    outbox.c.state == _S.SENDING,
)
_POSTPONE = _OURS.values(
    state=bindparam("state_"), next_at=bindparam("until_"), why=bindparam("why_")
)
_RELEASE = _OURS.values(
    state=_S.READY, next_at=bindparam("until_"), attempts=outbox.c.attempts - 1, begun_at=None
)
_END = _OURS.values(state=bindparam("state_"), ended_at=bindparam("now_"), why=bindparam("why_"))
# What Teams took is delivered, whoever has claimed it since; an answer to it counts for more.
_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("id_"))
    .values(
        state=case((IS_OPEN, _S.DELIVERED), else_=outbox.c.state),
        ended_at=func.coalesce(outbox.c.ended_at, bindparam("now_", type_=Instant)),
        activity_id=bindparam("activity_"),
    )
)


class Outbox:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.added = False

    async def add(self, notices: Sequence[Notice]) -> None:
        """Promise to tell; what has been promised before is not promised twice."""
        if notices:
            self.added = True
            await self._connection.execute(_ADD, [_values(notice) for notice in notices])

    async def claim(
        self,
        *,
        now: datetime,
        lease: timedelta,
        at_most: int,
        begun_at: datetime | None = None,
        medium: Medium = Medium.TEAMS,
    ) -> list[Delivery]:
        """Take on what is due, the most pressing tier first, so that no other replica does.

        A claim lasts for the lease. If we die before the delivery is ended, it is unresolved:
        whoever claims it then knows that it is repeated.

        :param begun_at: when the sending begins by the true clock.
        """
        rows = await self._connection.execute(
            _CLAIM,
            {
                "now_": now,
                "until_": now + lease,
                "at_most_": at_most,
                "begun_": begun_at or now,
                "medium_": medium,
            },
        )
        claimed = sorted(rows, key=lambda row: (row.tier, row.due_at, row.id))
        return [_delivery(row) for row in claimed]

    async def begun(
        self, lanes: Iterable[str], *, since: datetime, before: datetime, but: Iterable[int]
    ) -> Mapping[str, Sequence[datetime]]:
        """Return when the latest messages to these conversations had begun, in order.

        :param but: these are left out.
        """
        rows = await self._connection.execute(
            _BEGUN, {"lanes_": list(lanes), "since_": since, "before_": before, "but_": list(but)}
        )
        begun: defaultdict[str, list[datetime]] = defaultdict(list)
        for lane, at in rows:
            begun[lane].append(at)
        return {lane: sorted(times) for lane, times in begun.items()}

    async def put_off(self, lane: str, *, medium: Medium, now: datetime, until: datetime) -> None:
        """Let all that waits for a conversation wait until it can take more."""
        await self._connection.execute(
            _PUT_OFF, {"lane_": lane, "medium_": medium, "now_": now, "until_": until}
        )

    async def settle_all(self, delivered: Iterable[tuple[Delivery, str, datetime]]) -> None:
        """Note many deliveries at once, each with the activity it became, and when."""
        await self._all(
            _SETTLE,
            [
                {"id_": delivery.id, "now_": at, "activity_": activity_id}
                for delivery, activity_id, at in delivered
            ],
        )

    async def postpone_all(
        self, postponed: Iterable[tuple[Delivery, datetime]], *, why: str, unclear: bool = False
    ) -> None:
        """Try again later, each then, unless another replica has taken it on since.

        :param unclear: it may have arrived, and says so when it is repeated.
        """
        state = _S.UNRESOLVED if unclear else _S.READY
        await self._all(
            _POSTPONE,
            [
                {**_ours(delivery), "state_": state, "until_": until, "why_": why}
                for delivery, until in postponed
            ],
        )

    async def release_all(self, released: Iterable[tuple[Delivery, datetime]]) -> None:
        """Give back what had not begun: it is due then, and nothing has been tried."""
        await self._all(
            _RELEASE, [{**_ours(delivery), "until_": until} for delivery, until in released]
        )

    async def end(
        self, delivery: Delivery, state: DeliveryState, *, now: datetime, why: str | None = None
    ) -> bool:
        """Stop trying; False where that is no longer ours to say, and nothing follows from it.

        Another replica may have taken it on since, or its receiver may have acknowledged it.
        """
        ended = await self._connection.execute(
            _END, {**_ours(delivery), "state_": state, "now_": now, "why_": why}
        )
        return ended.rowcount == 1

    async def hasten(self, about: UUID, kind: NoticeKind, *, now: datetime) -> None:
        """Let what is about to be told of it be told now."""
        self.added = True
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.about == about, outbox.c.kind == kind)
            .where(outbox.c.state == _S.READY, outbox.c.due_at > now)
            .values(due_at=now, next_at=now)
        )

    async def next_due(self, *, medium: Medium = Medium.TEAMS) -> datetime | None:
        """Return when the next notice falls due, claimed ones at the end of their lease."""
        due: datetime | None = await self._connection.scalar(
            select(func.min(outbox.c.next_at)).where(IS_OPEN, outbox.c.medium == medium)
        )
        return due

    async def _all(self, statement: object, values: list[dict[str, object]]) -> None:
        if values:
            await self._connection.execute(statement, values)  # type: ignore[call-overload]


def _ours(delivery: Delivery) -> dict[str, object]:
    return {"id_": delivery.id, "claims_": delivery.claims}


def _values(notice: Notice) -> dict[str, object]:
    return {
        "dedupe_key": notice.dedupe_key,
        "kind": notice.kind,
        "about": notice.about,
        "person": notice.person,
        "channel": notice.channel,
        "medium": notice.medium,
        "lane": notice.lane,
        "tier": notice.tier,
        "round": notice.round,
        "due_at": notice.due_at,
        "state": _S.READY,
        "next_at": notice.due_at,
        "claims": 0,
        "attempts": 0,
        "repeated": False,
    }


def notice_of(row: Row[Any]) -> Notice:
    return Notice(
        kind=NoticeKind(row.kind),
        about=row.about,
        due_at=row.due_at,
        person=None if row.person is None else PersonId(row.person),
        channel=None if row.channel is None else CommitteeCode(row.channel),
        tier=Tier(row.tier),
        round=row.round,
        medium=Medium(row.medium),
    )


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        notice=notice_of(row),
        attempts=row.attempts,
        claims=row.claims,
        repeated=row.repeated,
    )
