"""Look at an action plan, at one of its measures, and at one's own (BER-33, BER-36)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.people import Person, PersonId
from domain.plan_measures import Measure
from storage.database import Transaction
from usecases.permit_action_plan import PlanAccess, find_measure, find_plan
from usecases.read_alert import may_read
from usecases.read_readiness import readiness_catalogue

NOBODY = PersonId("")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSeen:
    """A plan as one person sees it now, with the names in it."""

    access: PlanAccess
    people: Mapping[PersonId, Person] = field(repr=False)
    now: datetime

    @property
    def plan(self) -> ActionPlan:
        return self.access.plan

    @property
    def alert(self) -> Alert | None:
        return self.access.alert

    @property
    def reference(self) -> str:
        """The number it is typed by; of what the calendar grew, its template's code."""
        return self.alert.reference if self.alert else self.plan.template

    @property
    def names(self) -> Mapping[PersonId, str]:
        return {who: each.name for who, each in self.people.items()}


async def see_plan(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> PlanSeen:
    """Look at a plan.

    :raises RuleBroken: `actionplan.not_found`
    """
    return await _seen(tx, await find_plan(tx, by, id), now=now)


async def becomes(tx: Transaction, plan: ActionPlan) -> str:
    """Name the template of the alert, if what was planned for goes wrong; empty for none.

    One that is out of use is none, and so is a plan that an alert has already.
    """
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    of = catalogue.templates.get(plan.template)
    then = catalogue.templates.get(of.becomes) if of and plan.alert is None else None
    return then.code if then and then.in_use else ""


async def plan_of(tx: Transaction, *, alert: UUID, by: Person) -> ActionPlan | None:
    """Find the plan of an alert somebody may read, if it has one.

    :raises RuleBroken: `alert.not_found`
    """
    await may_read(tx, by, alert)
    return next(iter(await tx.action_plans.of_alert(alert)), None)


async def see_measure(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[PlanSeen, Measure]:
    """Look at a measure.

    :raises RuleBroken: `measure.not_found`
    """
    access, measure = await find_measure(tx, by, id)
    return await _seen(tx, access, now=now), measure


def numbered(plan: ActionPlan, number: int) -> Measure | None:
    """Find a measure by its number, which it keeps: the place it was put in the plan."""
    return plan.measures[number - 1] if 0 < number <= len(plan.measures) else None


def number_of(plan: ActionPlan, measure: UUID) -> int:
    """Give the number a measure is typed by."""
    return [each.id for each in plan.measures].index(measure) + 1


async def my_measures(
    tx: Transaction, *, by: Person, now: datetime
) -> list[tuple[PlanSeen, Measure]]:
    """List what waits for somebody in plans that run, what is due first; drills come last."""
    found = [
        (plan, measure)
        for drill in (False, True)
        for plan in await tx.action_plans.running(drill=drill)
        for measure in plan.measures
        if measure.waits and measure.owner == by.id
    ]
    seen = dict[UUID, PlanSeen]()
    for plan, _ in found:
        if plan.id not in seen:
            try:
                seen[plan.id] = await see_plan(tx, id=plan.id, by=by, now=now)
            except RuleBroken:
                continue
    mine = [(seen[plan.id], measure) for plan, measure in found if plan.id in seen]
    return sorted(mine, key=lambda each: (each[0].plan.drill, each[1].due_at))


async def _seen(tx: Transaction, access: PlanAccess, *, now: datetime) -> PlanSeen:
    plan = access.plan
    named = {
        person
        for each in plan.measures
        for person in (each.owner, each.substitute, each.ended_by)
        if person is not None
    }
    named |= {each.by for each in plan.decisions} | {plan.made_by or NOBODY}
    people = await tx.people.of_ids(named - {NOBODY})
    return PlanSeen(access=access, people=people, now=now)
