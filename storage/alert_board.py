"""The board, counted by the database: five questions, however many alerts and people (BER-66)."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alert_board import AuthorityStands, BoardLine, PlanStands
from domain.alerts import AlertState, Level, Reply
from domain.delivery import DeliveryState, Tally
from domain.notices import NoticeKind
from domain.people import AreaCode, Authority, PersonId
from domain.plan_measures import WAITING, MeasureState
from storage.action_plan_rows import action_plans, measures
from storage.alerts import IS_OPEN
from storage.delivery_rows import outbox
from storage.escalations import climbed_of
from storage.outbox import IS_OPEN as IS_WAITING
from storage.readiness_rows import alert_recipients, alerts, escalations

_LINE = (
    alerts.c.id,
    alerts.c.year,
    alerts.c.number,
    alerts.c.level,
    alerts.c.title,
    alerts.c.areas,
    alerts.c.state,
    alerts.c.activated_at,
    alerts.c.period_end,
    alerts.c.paused_until,
    alerts.c.coordinator,
)
_REPLIES = (None, *Reply)
# Written out, so that both engines see that their partial index is for it.
_FIRST = (
    outbox.c.round == literal_column("1"),
    outbox.c.medium == literal_column("'teams'"),
    outbox.c.tier <= literal_column("2"),
)


class AlertBoard:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lines(self, *, kind: NoticeKind, drill: bool, now: datetime) -> list[BoardLine]:
        """Say how it stands with every open alert, the newest first.

        :param kind: of the notice by which alerts are sent.
        :param drill: what is real, or drills; never both (BER-63).
        """
        rows = await self._connection.execute(
            select(*_LINE)
            .where(IS_OPEN, alerts.c.drill == drill)
            .order_by(alerts.c.activated_at.desc(), alerts.c.id)
        )
        authorities = await self._authorities(drill=drill)
        delivery = await self._delivery(kind, outbox.c.about.in_(_open(drill=drill)), now=now)
        plans = await self._plans(drill=drill, now=now)
        return [
            BoardLine(
                id=row.id,
                reference=f"R{row.year}-{row.number:04}",
                level=Level(row.level),
                drill=drill,
                title=row.title,
                areas=frozenset(AreaCode(each) for each in row.areas),
                state=AlertState(row.state),
                activated_at=row.activated_at,
                period_end=row.period_end,
                paused_until=row.paused_until,
                coordinator=PersonId(row.coordinator),
                authorities=tuple(
                    stands for each in Authority if (stands := authorities[row.id].get(each))
                ),
                delivery=+delivery[row.id],  # states that nobody is in are left out
                plan=plans.get(row.id),
            )
            for row in rows
        ]

    async def _authorities(
        self, *, drill: bool
    ) -> Mapping[UUID, dict[Authority, AuthorityStands]]:
        """Count answers in an index, and lay the ladders beside them."""
        rows = await self._connection.execute(_counts(drill=drill))
        found: defaultdict[UUID, dict[Authority, AuthorityStands]] = defaultdict(dict)
        for row in rows:
            authority = Authority(row.authority)
            found[row.alert][authority] = AuthorityStands(
                authority=authority,
                replies={each: count for each in _REPLIES if (count := getattr(row, _name(each)))},
                joining=row.joins,
            )
        ladders = await self._connection.execute(
            select(escalations).where(escalations.c.alert.in_(_open(drill=drill)))
        )
        for row in ladders:
            climbed = climbed_of(row)
            stands = found[row.alert].get(
                climbed.authority, AuthorityStands(authority=climbed.authority, replies={})
            )
            found[row.alert][climbed.authority] = replace(
                stands, required=row.required, climbed=climbed
            )
        return found

    async def delivery(self, alert: UUID, *, kind: NoticeKind, now: datetime) -> Tally:
        """Say how many of those who were alerted are in each state, as a line does (BER-13)."""
        counted = await self._delivery(kind, outbox.c.about == alert, now=now)
        return +counted[alert]

    async def _delivery(
        self, kind: NoticeKind, chosen: ColumnElement[bool], *, now: datetime
    ) -> Mapping[UUID, Counter[DeliveryState]]:
        """Count in an index; then count apart what nobody answers for any more."""
        counts = await self._connection.execute(
            select(outbox.c.about, outbox.c.state, func.count())
            .where(*_FIRST, outbox.c.kind == kind, chosen)
            .group_by(outbox.c.about, outbox.c.state)
        )
        found: defaultdict[UUID, Counter[DeliveryState]] = defaultdict(Counter)
        for about, name, count in counts:
            found[about][DeliveryState(name)] = count
        lapsed = await self._connection.execute(
            select(outbox.c.about, func.count())
            .where(IS_WAITING, *_FIRST, outbox.c.kind == kind)
            .where(outbox.c.state == DeliveryState.SENDING, outbox.c.next_at <= now)
            .group_by(outbox.c.about)
        )
        for about, count in lapsed:
            found[about][DeliveryState.SENDING] -= count
            found[about][DeliveryState.UNRESOLVED] += count
        return found

    async def _plans(self, *, drill: bool, now: datetime) -> Mapping[UUID, PlanStands]:
        """Count the measures of each alert's latest plan."""
        plan, c = action_plans.c, measures.c
        waits = c.state.in_(sorted(WAITING))
        counts = await self._connection.execute(
            select(
                plan.alert,
                plan.id,
                plan.period_end,
                c.state,
                func.count(c.id).label("measures"),
                func.sum(case((waits & (c.due_at < now), 1), else_=0)).label("overdue"),
                func.min(case((waits, c.due_at))).label("next_due_at"),
            )
            .join(measures, c.plan == plan.id, isouter=True)
            .where(plan.alert.in_(_open(drill=drill)))
            .group_by(plan.alert, plan.id, plan.period_end, plan.made_at, c.state)
            .order_by(plan.made_at, plan.id)
        )
        found: dict[UUID, PlanStands] = {}
        for row in counts:
            found[row.alert] = _added(found.get(row.alert), row)
        return found


def _open(*, drill: bool) -> Select[UUID]:
    return select(alerts.c.id).where(IS_OPEN, alerts.c.drill == drill)


def _counts(*, drill: bool) -> Select[*tuple[Any, ...]]:
    """Count in the order of the index, and lay what belongs to one authority side by side."""
    c = alert_recipients.c
    counts = (
        select(c.alert, c.authority, c.quorum, c.reply, func.count().label("people"))
        .where(c.alert.in_(_open(drill=drill)))
        .group_by(c.alert, c.authority, c.quorum, c.reply)
        .subquery()
    )
    of = counts.c
    joins = of.quorum & (of.reply == Reply.JOINING)
    return select(
        of.alert,
        of.authority,
        _sum(joins, of.people).label("joins"),
        *(
            _sum(of.reply.is_not_distinct_from(each), of.people).label(_name(each))
            for each in _REPLIES
        ),
    ).group_by(of.alert, of.authority)


def _sum(chosen: ColumnElement[bool], counts: ColumnElement[int]) -> ColumnElement[int]:
    """Add up counts as a count: PostgreSQL would make a decimal of them."""
    return cast(func.sum(case((chosen, counts), else_=0)), Integer)


def _name(reply: Reply | None) -> str:
    return "silent" if reply is None else reply.value


def _added(stands: PlanStands | None, row: Row[Any]) -> PlanStands:
    """Add what is in one state to what was counted; a newer plan takes an older one's place."""
    if stands is None or stands.id != row.id:
        stands = PlanStands(
            id=row.id, measures={}, overdue=0, next_due_at=None, period_end=row.period_end
        )
    if row.state is None:
        return stands
    due = [each for each in (stands.next_due_at, row.next_due_at) if each is not None]
    return replace(
        stands,
        measures={**stands.measures, MeasureState(row.state): row.measures},
        overdue=stands.overdue + row.overdue,
        next_due_at=min(due, default=None),
    )
