"""Read a finished version of a plan, as much of it as one may (BER-47, BER-48, BER-55)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from domain.access import Action
from domain.action_plans import ActionPlan, PlanVersion
from domain.alert_sharings import ShareKind
from domain.alerts import Alert
from domain.errors import RuleBroken
from domain.people import Person, PersonId
from domain.plan_editions import as_of
from domain.plan_lists import LIST_TIERS
from domain.plan_readers import named, tier_of
from domain.plan_templates import PlanTier
from domain.roles import Role, roles, standing
from storage.database import Transaction
from usecases import permit


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReader:
    """Who somebody is to a plan.

    :param tier: how much of it they may read.
    :param number: the version they may read; 0 where none is finished.
    :param held: what they are to its alert.
    """

    plan: ActionPlan
    alert: Alert | None
    by: Person
    tier: PlanTier
    number: int
    held: frozenset[Role]

    @property
    def reference(self) -> str:
        return self.plan.template if self.alert is None else self.alert.reference

    @property
    def steers(self) -> bool:
        return Role.SGM in self.held

    @property
    def in_secretariat(self) -> bool:
        return bool(self.held & {Role.SEK, Role.STEW, Role.HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlan:
    """A version of a plan, exactly as it was finished.

    :param said: the plan as that version says it; `reader.plan` is the plan as it is now.
    """

    reader: PlanReader
    said: ActionPlan
    version: PlanVersion
    names: Mapping[PersonId, str] = field(repr=False)


async def plan_reader(tx: Transaction, id: UUID, by: Person, *, hold: bool = False) -> PlanReader:
    """Find a plan, and say how much of it somebody may read.

    Whoever may by who they are, reads the newest version; whoever was only sent one, reads that.

    :raises RuleBroken: `shared_plan.not_found`, the same where it is missing or out of reach
    """
    plan = await (tx.action_plans.hold(id) if hold else tx.action_plans.find(id))
    if plan is None:
        raise not_found(id)
    alert, held = await _held(tx, plan, by)
    tier = tier_of(plan, alert=alert, person=by, held=held)
    if tier is not None:
        return PlanReader(
            plan=plan, alert=alert, by=by, tier=tier, number=len(plan.versions), held=held
        )
    number, tier = max(  # the newest; of two tiers the one without names is the fuller
        (
            (each.number, each.tier)
            for each in await tx.sharings.of_plan(plan.id)
            if each.kind is ShareKind.PLAN and each.person == by.id
            if each.number is not None and each.tier in LIST_TIERS
        ),
        default=(0, None),
    )
    if tier is None:
        raise not_found(id)
    return PlanReader(plan=plan, alert=alert, by=by, tier=tier, number=number, held=held)


def not_found(id: UUID) -> RuleBroken:
    """Make the refusal of who may not do what they ask with a plan: as if there was none."""
    return RuleBroken("shared_plan.not_found", about=str(id))


async def read_version(tx: Transaction, *, id: UUID, by: Person) -> ReadPlan:
    """Read the version of a plan that somebody may read.

    :raises RuleBroken: `shared_plan.not_found`; `shared_plan.no_version` before one is finished
    """
    return await version_for(tx, await plan_reader(tx, id, by))


async def version_for(tx: Transaction, reader: PlanReader) -> ReadPlan:
    """Give a reader their version, exactly as it was kept.

    :raises RuleBroken: `shared_plan.no_version`
    """
    kept = await tx.action_plans.shown(reader.plan.id, reader.number)
    if kept is None:
        raise RuleBroken("shared_plan.no_version")
    said = as_of(reader.plan, reader.number, kept)
    return ReadPlan(
        reader=reader,
        said=said,
        version=reader.plan.versions[reader.number - 1],
        names=await _names(tx, said, reader.tier),
    )


async def _held(
    tx: Transaction, plan: ActionPlan, by: Person
) -> tuple[Alert | None, frozenset[Role]]:
    actor = await permit.actor_of(tx, by)
    if plan.alert is None:
        return None, standing(actor)
    alert = await tx.alerts.find(plan.alert)
    try:
        found, matter, actor = await permit.alert(tx, by, Action.READ_ALERT, plan.alert)
    except RuleBroken:
        return alert, frozenset()
    return found, roles(actor, matter)


async def _names(tx: Transaction, plan: ActionPlan, tier: PlanTier) -> Mapping[PersonId, str]:
    """Name who is in it, for who reads it in full; nobody else is given a name."""
    if tier is not PlanTier.FULL:
        return {}
    verdict = [] if plan.verdict is None else [plan.verdict.by]
    made = [] if plan.made_by is None else [plan.made_by]
    people = await tx.people.of_ids({*named(plan), *verdict, *made})
    return {who: person.name for who, person in people.items()}
