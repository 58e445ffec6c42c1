"""Erase what an alert says of anybody, and keep what it counts (BER-54)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.alerts import Alert
from storage.action_plan_rows import (
    action_plans,
    evaluations,
    learnings,
    measure_reminders,
    measures,
    plan_versions,
    sharings,
)
from storage.alerts import alert_values
from storage.delivery_rows import call_list, outbox
from storage.erasing import recall
from storage.life_rows import shown_cards
from storage.readiness_rows import (
    alert_decisions,
    alert_log,
    alert_offers,
    alert_recipients,
    alert_redraws,
    alert_replies,
    alert_snapshots,
    alerts,
    attendances,
    escalations,
    readiness_meetings,
    situation_reports,
)

NOBODY = ""
# What goes, by the alert it belongs to. What a trigger keeps goes because `erased_at` is set.
_OF_ALERT = (
    *(alert_recipients, alert_replies, alert_redraws, escalations, alert_snapshots),
    *(alert_offers, alert_decisions, situation_reports, readiness_meetings, sharings, alert_log),
)
# What stays, and what is emptied in it; free words, and who did it.
_EMPTIED: tuple[tuple[Column[Any], dict[str, object]], ...] = (
    (evaluations.c.alert, {"answers": [], "owner": NOBODY, "done_by": None}),
    (learnings.c.alert, {"words": "", "owner": NOBODY, "given_by": NOBODY}),
)
_IN_PLANS: dict[str, object] = {
    "title": "",
    "made_by": None,
    "verdict": None,
    "decisions": [],
}
_IN_MEASURES: dict[str, object] = {
    **dict.fromkeys(("owner", "substitute", "ended_by")),
    **dict.fromkeys(("target_group", "place", "note", "reason"), ""),
}


class AlertEraser:
    """Lets triggers know first that it is being erased: only then does the log go."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def erase(self, erased: Alert, *, now: datetime) -> None:
        """Remove who was told, asked and answered, and what was written; keep counts and times.

        Its plans' measures by kind and state stay, and its evaluation's figures.

        :param erased: the alert as it is to be from now on: `domain.alert_states.erased`.
        :raises IntegrityError: when its log is not in the journal.
        """
        alert = erased.id
        values = {**alert_values(erased), "version": erased.version + 1}
        await self._connection.execute(update(alerts).where(alerts.c.id == alert).values(values))
        plans = await self._ids(action_plans.c.id, action_plans.c.alert, [alert])
        meetings = await self._ids(readiness_meetings.c.id, readiness_meetings.c.alert, [alert])
        learned = await self._ids(learnings.c.id, learnings.c.alert, [alert])
        await self._untell([alert, *meetings, *learned], now=now)
        await self._empty(plans, now=now)
        await self._delete(attendances.c.meeting, meetings)
        for table in _OF_ALERT:
            await self._delete(table.c.alert, [alert])
        for column, values in _EMPTIED:
            await self._connection.execute(
                update(column.table).where(column == alert).values(values)
            )

    async def erase_plan(self, plan: UUID, *, now: datetime) -> None:
        """Remove who was to do what in a plan of no alert, and what was written.

        :raises IntegrityError: when it is of an alert: then it goes with that.
        """
        await self._connection.execute(
            update(action_plans)
            .where(action_plans.c.id == plan)
            .values(erased_at=now, version=action_plans.c.version + 1)
        )
        await self._empty([plan], now=now)

    async def _empty(self, plans: Sequence[UUID], *, now: datetime) -> None:
        """Empty plans; what a trigger keeps goes because they or their alert are being erased."""
        tasks = await self._ids(measures.c.id, measures.c.plan, plans)
        await self._untell([*plans, *tasks], now=now)
        await self._delete(measure_reminders.c.measure, tasks)
        await self._delete(plan_versions.c.plan, plans)
        await self._delete(sharings.c.plan, plans)
        for column, values in ((action_plans.c.id, _IN_PLANS), (measures.c.plan, _IN_MEASURES)):
            await self._connection.execute(
                update(column.table).where(column.in_(plans)).values(values)
            )

    async def _untell(self, about: Sequence[UUID], *, now: datetime) -> None:
        """Take back what was told of these, and forget that it was."""
        await recall(self._connection, about, now=now)
        for column in (outbox.c.about, call_list.c.about, shown_cards.c.matter):
            await self._delete(column, about)

    async def _delete(self, column: Column[Any], ids: Sequence[UUID]) -> None:
        await self._connection.execute(delete(column.table).where(column.in_(ids)))

    async def _ids(self, wanted: Column[UUID], by: Column[Any], ids: Sequence[UUID]) -> list[UUID]:
        return [*await self._connection.scalars(select(wanted).where(by.in_(ids)))]
