"""Decide about a whole plan: its period, letting it run, many measures at once (BER-35)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alert_log import LogKind
from domain.alert_periods import is_too_long
from domain.alerts import Alert, AlertState
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.measure_notices import given
from domain.parties import Party
from domain.people import Person, PersonId
from domain.plan_moves import assign_all, passed_on, release, shift_all, until
from domain.plan_times import Relative
from storage.database import Transaction
from usecases.measure_log import keep, of_plan
from usecases.permit_action_plan import PlanAccess, hold_plan, hold_plan_and_alert
from usecases.permit_alert import record

RELEASED_FROM = frozenset({AlertState.ACTIVATED, AlertState.PLANNING})


async def set_period(
    tx: Transaction, *, id: UUID, period_end: datetime, by: Person, now: datetime
) -> ActionPlan:
    """Decide when a plan ends, before it runs; afterwards that is an extension (BER-57).

    :raises RuleBroken: `actionplan.not_found`, `alert.over`, `actionplan.released`,
        `actionplan.backwards`, `actionplan.too_long`
    """
    access = await hold_plan_and_alert(tx, by, id)
    if access.plan.released_at is not None:
        raise RuleBroken("actionplan.released")
    if period_end <= now:
        raise RuleBroken("actionplan.backwards")
    plan = _for_a_time(until(access.plan, period_end), now=now)
    line = of_plan(plan, "period", by=by, now=now, facts={"when": period_end.isoformat()})
    await keep(tx, plan, was=access.plan, line=line, by=by, now=now)
    return plan


async def release_plan(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> ActionPlan:
    """Let a plan run: its alert is in force until the period ends, and owners hear what is theirs.

    What is of somebody who is away today goes to who stands in for them. Pressed twice, it runs.

    :raises RuleBroken: `actionplan.not_found`, `alert.over`, `actionplan.no_period` (BER-56),
        `actionplan.too_long` where a template says so
    """
    access = await hold_plan_and_alert(tx, by, id)
    if access.plan.released_at is not None:
        return access.plan
    if access.plan.period_end is not None and access.plan.period_end <= now:
        raise RuleBroken("actionplan.no_period")
    away = await tx.absences.away(local_date(now))
    plan = _for_a_time(release(passed_on(access.plan, away=away), now=now), now=now)
    if access.alert is not None:
        await tx.alerts.save(_in_force(access.alert, plan))
        await record(tx, access.alert, "alert.release_plan", by=by, now=now)
    tells = given(plan, was=None, but=by.id, now=now)
    facts = {"when": plan.period_end.isoformat()} if plan.period_end else {}
    line = of_plan(
        plan,
        "released",
        by=by,
        now=now,
        kind=LogKind.RUNNING,
        facts=facts,
        people=_newly_asked(plan, access.plan),
    )
    await keep(tx, plan, was=access.plan, line=line, by=by, now=now, tells=tells)
    return plan


def _for_a_time(plan: ActionPlan, *, now: datetime) -> ActionPlan:
    """Let a first period pass; a longer one is an extension, which others decide (BER-57)."""
    since = max(plan.starts_at, now)
    if plan.period_end is not None and is_too_long(plan.period_end, since=since):
        raise RuleBroken("actionplan.too_long")
    return plan


def _newly_asked(plan: ActionPlan, was: ActionPlan) -> tuple[PersonId, ...]:
    """Name who stands in for somebody who is away, for the log."""
    before = {each.id: each.owner for each in was.measures}
    moved = {each.owner for each in plan.measures if each.owner and each.owner != before[each.id]}
    return tuple(sorted(moved))


def _in_force(alert: Alert, plan: ActionPlan) -> Alert:
    runs = alert.state in RELEASED_FROM
    state = AlertState.RUNNING if runs else alert.state
    return replace(alert, state=state, period_end=plan.period_end)


async def assign_measures(
    tx: Transaction,
    *,
    id: UUID,
    party: Party,
    owner: PersonId,
    substitute: PersonId | None,
    by: Person,
    now: datetime,
) -> ActionPlan:
    """Give all that waits of a party to one person (BER-35); they hear of it in one message.

    :raises RuleBroken: `actionplan.not_found`, `alert.over`
    """
    access = _editing(await hold_plan(tx, by, id), party)
    plan = assign_all(access.plan, party=party, owner=owner, substitute=substitute)
    line = of_plan(plan, "assigned", by=by, now=now, people=(owner,), facts={"party": party.value})
    await keep(tx, plan, was=access.plan, line=line, by=by, now=now)
    return plan


async def shift_measures(
    tx: Transaction,
    *,
    id: UUID,
    party: Party | None,
    shift: Relative,
    by: Person,
    now: datetime,
) -> ActionPlan:
    """Move the deadlines of all that waits: of a party, or of all by the Secretariat (BER-35).

    :raises RuleBroken: `actionplan.not_found`, `alert.over`
    """
    access = _editing(await hold_plan(tx, by, id), party)
    plan = shift_all(access.plan, by=shift, now=now, party=party)
    of = [party] if party else access.plan.parties
    facts = {"count": f"{shift.count:+}", "party": ", ".join(of)}
    line = of_plan(plan, f"shifted_{shift.unit.name.lower()}", by=by, now=now, facts=facts)
    await keep(tx, plan, was=access.plan, line=line, by=by, now=now)
    return plan


def _editing(access: PlanAccess, party: Party | None) -> PlanAccess:
    """Let pass who may change all that this is about (BER-38)."""
    allowed = access.secretariat if party is None else access.edits(party)
    if not allowed:
        raise RuleBroken("actionplan.not_found", about=str(access.plan.id))
    return access
