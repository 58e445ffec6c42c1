"""The only way to an action plan: for its parties, each with what is theirs (BER-38, BER-55)."""

from dataclasses import dataclass
from uuid import UUID

from domain.access import Action
from domain.action_plans import ActionPlan
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import Person
from domain.plan_measures import Measure, may_edit
from domain.plan_readers import SECRETARIAT, tier_of
from domain.plan_templates import PlanTier
from domain.roles import Actor, Role, roles, standing
from storage.database import Transaction
from usecases import permit
from usecases.permit import actor_of
from usecases.permit_alert import held_by


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAccess:
    """A plan, and what one person is to it.

    :param alert: none for a draft that the calendar grew.
    :param leads: whether they decide its period and let it run: its alert's coordinator, and
        who may activate readiness there.
    """

    plan: ActionPlan
    alert: Alert | None
    by: Person
    secretariat: bool
    leads: bool

    @property
    def is_open(self) -> bool:
        """Whether anything in it can still be changed."""
        return self.plan.closed_at is None if self.alert is None else self.alert.is_open

    def edits(self, party: Party) -> bool:
        """Whether they may change a party's measures: their own, or all (BER-38)."""
        return may_edit(party, authority=self.by.authority, secretariat=self.secretariat)

    def ticks(self, measure: Measure) -> bool:
        """Whether they may say what has become of a measure: its owner may too."""
        return measure.owner == self.by.id or self.edits(measure.party)

    @property
    def parties(self) -> tuple[Party, ...]:
        """Name the parties whose measures they may change."""
        return tuple(each for each in self.plan.parties if self.edits(each))


async def find_plan(tx: Transaction, by: Person, id: UUID) -> PlanAccess:
    """Find a plan for somebody who may read all of it: a party to it, and nobody else.

    :raises RuleBroken: `actionplan.not_found`, the same where it is missing or out of reach.
    """
    return await _access(tx, by, id, await tx.action_plans.find(id))


async def hold_plan(tx: Transaction, by: Person, id: UUID) -> PlanAccess:
    """Hold a plan that is to be changed, for a party to it.

    :raises RuleBroken: as `find_plan`; `alert.over`
    """
    return _running(await _access(tx, by, id, await tx.action_plans.hold(id)))


async def hold_plan_and_alert(tx: Transaction, by: Person, id: UUID) -> PlanAccess:
    """Hold a plan with its alert, for who leads it.

    :raises RuleBroken: as `hold_plan`
    """
    found = await tx.action_plans.find(id)
    if found is not None and found.alert is not None:
        await tx.alerts.hold(found.alert)
    access = await _access(tx, by, id, await tx.action_plans.hold(id))
    if not access.leads:
        raise _not_found(id)
    return _running(access)


async def find_measure(tx: Transaction, by: Person, id: UUID) -> tuple[PlanAccess, Measure]:
    """Find a measure for a party to its plan.

    :raises RuleBroken: `measure.not_found`
    """
    plan = await tx.action_plans.with_measure(id)
    return await _measure(tx, by, id, plan)


async def hold_measure(tx: Transaction, by: Person, id: UUID) -> tuple[PlanAccess, Measure]:
    """Hold a measure that is to be changed; who may, the caller asks.

    :raises RuleBroken: `measure.not_found`, `alert.over`
    """
    plan = await tx.action_plans.with_measure(id)
    held = await tx.action_plans.hold(plan.id) if plan else None
    access, measure = await _measure(tx, by, id, held)
    return _running(access), measure


def not_yours(measure: UUID) -> RuleBroken:
    """Make the refusal of what is not there, or not for this person."""
    return RuleBroken("measure.not_found", about=str(measure))


async def _measure(
    tx: Transaction, by: Person, id: UUID, plan: ActionPlan | None
) -> tuple[PlanAccess, Measure]:
    try:
        access = await _access(tx, by, plan.id if plan else id, plan)
    except RuleBroken:
        raise not_yours(id) from None
    return access, access.plan.measure(id)


async def _access(tx: Transaction, by: Person, id: UUID, plan: ActionPlan | None) -> PlanAccess:
    """Say what somebody is to a plan, when they may read all of it (BER-48, BER-55)."""
    actor = await actor_of(tx, by)
    if plan is None or plan.erased_at is not None:
        raise _not_found(id)
    alert, held = await _alert(tx, actor, plan)
    if tier_of(plan, alert=alert, person=by, held=held) is not PlanTier.FULL:
        raise _not_found(id)
    secretariat = bool(held & SECRETARIAT)
    leads = secretariat if alert is None else _leads(actor, alert)
    return PlanAccess(plan=plan, alert=alert, by=by, secretariat=secretariat, leads=leads)


async def _alert(
    tx: Transaction, actor: Actor, plan: ActionPlan
) -> tuple[Alert | None, frozenset[Role]]:
    if plan.alert is None:
        return None, standing(actor)
    try:
        alert, matter, _ = await permit.alert(tx, actor.person, Action.READ_ALERT, plan.alert)
    except RuleBroken:
        raise _not_found(plan.id) from None
    return alert, roles(actor, matter)


def _leads(actor: Actor, alert: Alert) -> bool:
    return alert.coordinator == actor.person.id or held_by(actor).covers(alert.audience.areas)


def _running(access: PlanAccess) -> PlanAccess:
    if not access.is_open:
        raise RuleBroken("alert.over" if access.alert else "planend.over")
    return access


def _not_found(id: UUID) -> RuleBroken:
    return RuleBroken("actionplan.not_found", about=str(id))
