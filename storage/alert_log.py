"""The log of each alert, which only grows; what was decided; and roles that are offered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alert_log import AlertDecision, DecisionKind, LogEntry, LogKind
from domain.alert_roles import AlertRole, Offer
from domain.escalation import Reason
from domain.people import Authority, PersonId
from storage import conflicts
from storage.counters import Counters
from storage.readiness_rows import alert_decisions, alert_log, alert_offers


class AlertLog:
    """There is no way to change or remove a line (BER-44), and triggers say the same."""

    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self._connection = connection
        self._counters = counters

    async def add(self, entry: LogEntry) -> LogEntry:
        """Write a line and give it with its number: one more than the line before it.

        From then on, until this transaction has ended, nobody else writes in this log: write
        in it last.
        """
        number = await self._counters.next("alert_log", str(entry.alert))
        numbered = replace(entry, number=number)
        await self._connection.execute(insert(alert_log).values(_values(numbered)))
        return numbered

    async def of(self, alert: UUID, *, after: int = 0) -> list[LogEntry]:
        """List the lines in order.

        :param after: leave out the lines up to this number.
        """
        rows = await self._connection.execute(
            select(alert_log)
            .where(alert_log.c.alert == alert, alert_log.c.number > after)
            .order_by(alert_log.c.number)
        )
        return [_entry(row) for row in rows]

    async def find(self, alert: UUID, number: int) -> LogEntry | None:
        rows = await self._connection.execute(
            select(alert_log).where(alert_log.c.alert == alert, alert_log.c.number == number)
        )
        row = rows.one_or_none()
        return None if row is None else _entry(row)


class AlertDecisions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, decision: AlertDecision) -> bool:
        """Keep a decision; False when it was kept under this id before."""
        values = {column.name: getattr(decision, column.name) for column in alert_decisions.c}
        added = await self._connection.execute(
            conflicts.insert(alert_decisions)
            .values(values)
            .on_conflict_do_nothing()
            .returning(alert_decisions.c.id)
        )
        return added.one_or_none() is not None

    async def of(self, alert: UUID) -> list[AlertDecision]:
        rows = await self._connection.execute(
            select(alert_decisions)
            .where(alert_decisions.c.alert == alert)
            .order_by(alert_decisions.c.at, alert_decisions.c.id)
        )
        return [
            AlertDecision(**{**row, "kind": DecisionKind(row["kind"])}) for row in rows.mappings()
        ]


class AlertOffers:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def offer(self, offer: Offer) -> None:
        """Ask somebody to take a role over; whoever was asked before is asked no more."""
        new = conflicts.insert(alert_offers).values(_offer_values(offer))
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[alert_offers.c.alert, alert_offers.c.role],
                set_={name: new.excluded[name] for name in ("to", "by", "at")},
            )
        )

    async def of(self, alert: UUID) -> Mapping[AlertRole, Offer]:
        rows = await self._connection.execute(
            select(alert_offers).where(alert_offers.c.alert == alert)
        )
        return {
            AlertRole(row["role"]): Offer(**{**row, "role": AlertRole(row["role"])})
            for row in rows.mappings()
        }

    async def close(self, offer: Offer) -> bool:
        """Take an offer away: taken, declined or withdrawn; False when it stands no more."""
        closed = await self._connection.execute(
            delete(alert_offers).where(
                *(alert_offers.c[name] == each for name, each in _offer_values(offer).items())
            )
        )
        return closed.rowcount == 1


def _offer_values(offer: Offer) -> dict[str, object]:
    return {column.name: getattr(offer, column.name) for column in alert_offers.c}


def _values(entry: LogEntry) -> dict[str, object]:
    return {
        **{column.name: getattr(entry, column.name) for column in alert_log.c},
        "facts": dict(entry.facts),
        "people": list(entry.people),
        "late": None if entry.late is None else entry.late.total_seconds(),
    }


def _entry(row: Row[Any]) -> LogEntry:
    values = {column.name: getattr(row, column.name) for column in alert_log.c}
    return LogEntry(
        **{
            **values,
            "kind": LogKind(row.kind),
            "authority": None if row.authority is None else Authority(row.authority),
            "people": tuple(PersonId(each) for each in row.people),
            "reason": None if row.reason is None else Reason(row.reason),
            "late": None if row.late is None else timedelta(seconds=row.late),
        }
    )
