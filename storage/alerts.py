"""Alerts, who is alerted, and what they answer."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alerts import (
    OVER,
    Alert,
    AlertState,
    Audience,
    Level,
    Recipient,
    Reply,
    Situation,
    Via,
    Why,
)
from domain.errors import RuleBroken
from domain.notices import Tier
from domain.people import AreaCode, Authority, PersonId
from domain.year_plan_json import as_json, of_json
from storage import conflicts
from storage.counters import Counters
from storage.readiness_rows import alert_recipients, alert_replies, alerts

IS_OPEN = alerts.c.state.not_in(sorted(OVER))
_BEGINNING = ("id", "year", "number", "drill", "activated_by", "activated_at")
_RECIPIENT = alert_recipients.c
_ADD = conflicts.insert(alert_recipients).on_conflict_do_nothing()


class Alerts:
    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self._connection = connection
        self._counters = counters

    async def next_number(self, year: int) -> int:
        """Give the next number of the year: drills are counted with the others."""
        return await self._counters.next("alerts", str(year))

    async def add(self, alert: Alert) -> bool:
        """Remember an alert; False when this one was activated before."""
        added = await self._connection.execute(
            conflicts.insert(alerts)
            .values(alert_values(alert))
            .on_conflict_do_nothing(index_elements=[alerts.c.id])
            .returning(alerts.c.id)
        )
        return added.one_or_none() is not None

    async def find(self, id: UUID) -> Alert | None:
        return await self._one(select(alerts).where(alerts.c.id == id))

    async def hold(self, id: UUID) -> Alert | None:
        """Find an alert that nobody else can change before this transaction has ended.

        Whoever holds an alert and a ladder holds the alert first, and writes in the log last.
        What refers to the alert is written meanwhile by who holds a ladder alone: they would
        wait for each other else. So we never change what it is referred to by.
        """
        held = select(alerts).where(alerts.c.id == id).with_for_update(key_share=True)
        return await self._one(held)

    async def by_number(self, year: int, number: int) -> Alert | None:
        return await self._one(
            select(alerts).where(alerts.c.year == year, alerts.c.number == number)
        )

    async def open(self, *, drill: bool, since: datetime | None = None) -> list[Alert]:
        """List what is open, the newest first: what is real, or drills; never both (BER-63).

        :param since: leave out what was activated before then.
        """
        chosen = [] if since is None else [alerts.c.activated_at >= since]
        return await self._all(IS_OPEN, alerts.c.drill == drill, *chosen)

    async def all_open(self) -> list[UUID]:
        """Name all that is open, drills with it: for what is done to each by itself."""
        rows = await self._connection.scalars(
            select(alerts.c.id).where(IS_OPEN).order_by(alerts.c.activated_at, alerts.c.id)
        )
        return [*rows]

    async def activated(self, *, drill: bool, since: datetime, before: datetime) -> list[Alert]:
        """List what was activated in a period, the newest first, open or not."""
        return await self._all(
            alerts.c.drill == drill,
            alerts.c.activated_at >= since,
            alerts.c.activated_at < before,
        )

    async def open_to(self, person: PersonId, *, drill: bool) -> list[Alert]:
        """List the open alerts that this person is among the recipients of (BER-20, BER-52)."""
        mine = select(_RECIPIENT.alert).where(_RECIPIENT.person == person)
        return await self._all(IS_OPEN, alerts.c.drill == drill, alerts.c.id.in_(mine))

    async def ending(self, *, before: datetime, left_by: datetime) -> list[UUID]:
        """Name the open alerts whose period ends before then, or has ended (BER-56).

        :param left_by: with them those that have no period, and left so long ago.
        """
        endless = alerts.c.period_end.is_(None) & (alerts.c.leaves_at <= left_by)
        rows = await self._connection.scalars(
            select(alerts.c.id)
            .where(IS_OPEN, (alerts.c.period_end <= before) | endless)
            .order_by(alerts.c.period_end, alerts.c.id)
        )
        return [*rows]

    async def over(self, *, before: datetime) -> list[Alert]:
        """List what was closed before then and is not erased yet (BER-54)."""
        return await self._all(
            alerts.c.state.in_(sorted(OVER)),
            alerts.c.closed_at < before,
            alerts.c.erased_at.is_(None),
        )

    async def to_erase(self, *, before: datetime) -> list[UUID]:
        """Name the same, for what is done to each by itself; the one closed first comes first."""
        rows = await self._connection.scalars(
            select(alerts.c.id)
            .where(
                alerts.c.state.in_(sorted(OVER)),
                alerts.c.closed_at < before,
                alerts.c.erased_at.is_(None),
            )
            .order_by(alerts.c.closed_at, alerts.c.id)
        )
        return [*rows]

    async def save(self, alert: Alert) -> Alert:
        """Store the next version, or refuse if someone stored it first.

        Its number, who activated it, and whether it is a drill stay as they were.

        :raises RuleBroken: `alert.moved_on`
        """
        following = replace(alert, version=alert.version + 1)
        values = alert_values(following)
        saved = await self._connection.execute(
            update(alerts)
            .where(alerts.c.id == alert.id, alerts.c.version == alert.version)
            .values({name: each for name, each in values.items() if name not in _BEGINNING})
        )
        if saved.rowcount != 1:
            raise RuleBroken("alert.moved_on")
        return following

    async def _one(self, chosen: Select[Any]) -> Alert | None:
        row = (await self._connection.execute(chosen)).one_or_none()
        return None if row is None else _alert(row)

    async def _all(self, *conditions: ColumnElement[bool]) -> list[Alert]:
        rows = await self._connection.execute(
            select(alerts).where(*conditions).order_by(alerts.c.activated_at.desc(), alerts.c.id)
        )
        return [_alert(row) for row in rows]


class Recipients:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, recipients: Sequence[Recipient]) -> Collection[PersonId]:
        """Alert people; say who was not among them before. Each is there once (BER-11)."""
        before = {
            (row.alert, row.person)
            for row in await self._connection.execute(
                select(_RECIPIENT.alert, _RECIPIENT.person).where(
                    _RECIPIENT.alert.in_({each.alert for each in recipients})
                )
            )
        }
        new = [each for each in recipients if (each.alert, each.person) not in before]
        if new:
            await self._connection.execute(_ADD, [_recipient_values(each) for each in new])
        return frozenset(each.person for each in new)

    async def of(self, alert: UUID, *, authority: Authority | None = None) -> list[Recipient]:
        """List who is alerted, the leaders first, in the order they were added."""
        chosen = select(alert_recipients).where(_RECIPIENT.alert == alert)
        if authority is not None:
            chosen = chosen.where(_RECIPIENT.authority == authority)
        rows = await self._connection.execute(
            chosen.order_by(_RECIPIENT.tier, _RECIPIENT.added_at, _RECIPIENT.person)
        )
        return [_recipient(row) for row in rows]

    async def find(self, alert: UUID, person: PersonId) -> Recipient | None:
        rows = await self._connection.execute(
            select(alert_recipients).where(_RECIPIENT.alert == alert, _RECIPIENT.person == person)
        )
        row = rows.one_or_none()
        return None if row is None else _recipient(row)

    async def answer(
        self,
        alert: UUID,
        person: PersonId,
        reply: Reply,
        *,
        via: Via,
        by: PersonId,
        now: datetime,
    ) -> bool:
        """Note an answer; False when it is the answer already, or nobody asked this person.

        Hold the ladder of their authority first: what it decides follows from this.

        :param by: who says so: the person, or who confirmed it on their behalf (BER-21).
        """
        answered = await self._connection.execute(
            update(alert_recipients)
            .where(_RECIPIENT.alert == alert, _RECIPIENT.person == person)
            .where(_RECIPIENT.reply.is_distinct_from(reply.value))
            .values(reply=reply, replied_at=now, via=via, via_person=by)
        )
        if answered.rowcount != 1:
            return False
        await self._connection.execute(
            insert(alert_replies).values(
                alert=alert, person=person, reply=reply, at=now, via=via, via_person=by
            )
        )
        return True

    async def answers(self, alert: UUID) -> list[tuple[PersonId, Reply, datetime]]:
        """List all that was ever answered, in the order it came (BER-67)."""
        rows = await self._connection.execute(
            select(alert_replies)
            .where(alert_replies.c.alert == alert)
            .order_by(alert_replies.c.at, alert_replies.c.id)
        )
        return [(PersonId(row.person), Reply(row.reply), row.at) for row in rows]


def alert_values(alert: Alert) -> dict[str, object]:
    """Give the columns of an alert."""
    kept = {
        "situation": asdict(alert.situation),
        "audience": as_json(alert.audience),
        "areas": tuple(sorted(alert.audience.areas)),
    }
    return {
        column.name: kept[column.name] if column.name in kept else getattr(alert, column.name)
        for column in alerts.c
    }


def _alert(row: Row[Any]) -> Alert:
    values = {column.name: getattr(row, column.name) for column in alerts.c}
    del values["areas"]
    return Alert(
        **{
            **values,
            "level": Level(row.level),
            "situation": Situation(**row.situation),
            "audience": of_json(row.audience, Audience),
            "state": AlertState(row.state),
        }
    )


def _recipient_values(recipient: Recipient) -> dict[str, object]:
    values = {column.name: getattr(recipient, column.name) for column in _RECIPIENT}
    return {**values, "areas": tuple(sorted(recipient.areas))}


def _recipient(row: Row[Any]) -> Recipient:
    values = {column.name: getattr(row, column.name) for column in _RECIPIENT}
    return Recipient(
        **{
            **values,
            "authority": Authority(row.authority),
            "areas": frozenset(AreaCode(each) for each in row.areas),
            "tier": Tier(row.tier),
            "why": Why(row.why),
            "reply": None if row.reply is None else Reply(row.reply),
            "via": None if row.via is None else Via(row.via),
        }
    )
