"""Which reminders of measures were sent, so that none is sent twice (BER-34)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.action_plans import ActionPlan
from domain.measure_reminders import Reminder, ReminderKind
from storage import conflicts
from storage.action_plan_rows import measure_reminders, measures


class MeasureReminders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, plans: Iterable[ActionPlan]) -> frozenset[Reminder]:
        """List the reminders that were sent of these plans (BER-34)."""
        rows = await self._connection.execute(
            select(measures.c.plan, measure_reminders)
            .join(measures, measures.c.id == measure_reminders.c.measure)
            .where(measures.c.plan.in_([each.id for each in plans]))
        )
        return frozenset(
            Reminder(
                plan=row.plan,
                measure=row.measure,
                kind=ReminderKind(row.kind),
                due_at=row.due_at,
            )
            for row in rows
        )

    async def note(self, reminders: Iterable[Reminder], *, now: datetime) -> frozenset[Reminder]:
        """Note reminders as sent; give those that nobody had sent: send them, and no others."""
        sent = set()
        for each in reminders:
            added = await self._connection.execute(
                conflicts.insert(measure_reminders)
                .values(measure=each.measure, kind=each.kind, due_at=each.due_at, at=now)
                .on_conflict_do_nothing()
                .returning(measure_reminders.c.measure)
            )
            if added.one_or_none() is not None:
                sent.add(each)
        return frozenset(sent)
