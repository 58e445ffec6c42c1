"""Raise the level of an alert: from co-ordination to full effort, with a plan (BER-10)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert, AlertState, Level
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases.climb_ladder import write_down
from usecases.correct_alert import telling
from usecases.make_action_plan import drafted, made_of
from usecases.permit_alert import hold_alert, record
from usecases.read_readiness import readiness_catalogue
from usecases.read_roster import read_roster
from usecases.tell_alerted import addressed, tell


async def raise_level(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Alert:
    """Make it a full effort: who has it hears so, and a plan is made if there is none.

    Its ladders and its quorum are those of level 2, and stay as they were frozen (BER-29). An
    orientation froze none: for that, a new alert is activated. Raised twice, it is raised once.

    :raises RuleBroken: `alert.not_found`, `.not_yours`, `.over`, `.not_left`, `.no_ladder`
        (`reference`); `alert.no_template`
    """
    alert = await hold_alert(tx, by, id)
    if alert.level is Level.FULL:
        return alert
    if not alert.is_open:
        raise RuleBroken("alert.over")
    if now < alert.leaves_at:
        raise RuleBroken("alert.not_left")
    if alert.level is Level.ORIENTATION:
        raise RuleBroken("alert.no_ladder", reference=alert.reference)
    planning = AlertState.PLANNING if alert.state is AlertState.ACTIVATED else alert.state
    raised = await tx.alerts.save(replace(alert, level=Level.FULL, state=planning))
    planned = await _planned(tx, raised, by=by, now=now)
    number = telling(await tx.alert_log.of(id))
    told = await addressed(tx, alert, now=now)
    await tell(tx, raised, told, kind=NoticeKind.ALERT_CORRECTED, round=number, now=now)
    await tx.alert_log.add(
        LogEntry(
            alert=id,
            kind=LogKind.LEVEL,
            at=now,
            by=by.id,
            facts={
                "what": "raised",
                "from": str(alert.level.value),
                "to": str(raised.level.value),
                "number": str(number),
                "told": str(len(told)),
            },
        )
    )
    await write_down(tx, planned)
    await record(tx, raised, "alert.raise_level", by=by, now=now)
    return raised


async def _planned(
    tx: Transaction, alert: Alert, *, by: Person, now: datetime
) -> Sequence[LogEntry]:
    """Make the plan that a full effort has from the beginning, whoever raised it (BER-33)."""
    if await tx.action_plans.of_alert(alert.id):
        return []
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    template = catalogue.templates.get(alert.template)
    if template is None:
        raise RuleBroken("alert.no_template")
    plan = drafted(
        alert,
        template,
        catalogue=catalogue,
        roster=await read_roster(tx),
        by=by.id,
        now=now,
    )
    await tx.action_plans.add(plan)
    return [made_of(plan, alert)]
