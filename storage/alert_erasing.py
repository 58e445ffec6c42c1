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
    (action_plans.c.alert, {"title": "", "made_by": None, "verdict": None}),
    (evaluations.c.alert, {"answers": [], "owner": NOBODY, "done_by": None}),
    (learnings.c.alert, {"words": "", "owner": NOBODY, "given_by": NOBODY}),
)
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
        tasks = await self._ids(measures.c.id, measures.c.plan, plans)
        meetings = await self._ids(readiness_meetings.c.id, readiness_meetings.c.alert, [alert])
        learned = await self._ids(learnings.c.id, learnings.c.alert, [alert])
        about = [alert, *plans, *tasks, *meetings, *learned]
        await recall(self._connection, about, now=now)
        for column, ids in (
            (outbox.c.about, about),
            (call_list.c.about, about),
            (shown_cards.c.matter, about),
            (measure_reminders.c.measure, tasks),
            (plan_versions.c.plan, plans),
            (attendances.c.meeting, meetings),
            *((table.c.alert, [alert]) for table in _OF_ALERT),
        ):
            await self._connection.execute(delete(column.table).where(column.in_(ids)))
        for column, values in _EMPTIED:
            await self._connection.execute(
                update(column.table).where(column == alert).values(values)
            )
        await self._connection.execute(
            update(measures).where(measures.c.plan.in_(plans)).values(_IN_MEASURES)
        )

    async def _ids(self, wanted: Column[UUID], by: Column[Any], ids: Sequence[UUID]) -> list[UUID]:
        return [*await self._connection.scalars(select(wanted).where(by.in_(ids)))]
