"""Make an alert's action plan of a template, in one step; it does not run yet (BER-33)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from domain.access import Action
from domain.action_plans import ActionPlan, Owner, plan_from
from domain.alert_audience import members
from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert, AlertState
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.errors import RuleBroken
from domain.leadership import Roster
from domain.parties import Party
from domain.people import AreaCode, Person, PersonId
from domain.plan_lists import STEERING_GROUP
from domain.plan_owners import default_owners
from domain.plan_readers import SECRETARIAT, TAKES_PART
from domain.plan_templates import Catalogue, Template, practised
from domain.roles import Role, roles
from storage.database import Transaction
from usecases import permit
from usecases.climb_ladder import write_down
from usecases.permit_alert import hold_alert, record
from usecases.read_readiness import readiness_catalogue
from usecases.read_roster import read_roster
from usecases.tell_alerted import tell_steering


async def make_plan(
    tx: Transaction, *, alert: UUID, template: str = "", by: Person, now: datetime
) -> ActionPlan:
    """Make the plan of an alert that has none; pressed twice, it is the same plan.

    Where the template says so the steering group is told at once, not when the plan is finished;
    who was told when the alert left is told no more (BER-46).

    :param template: the alert's own, unless somebody chose another.
    :raises RuleBroken: as `hold_for_a_plan`; `alert.over`, `alert.no_template`
    """
    held = await hold_for_a_plan(tx, by, alert)
    made = await tx.action_plans.of_alert(alert)
    if made:
        return made[0]
    if not held.is_open:
        raise RuleBroken("alert.over")
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    chosen = catalogue.templates.get(template or held.template)
    if chosen is None or not chosen.in_use:
        raise RuleBroken("alert.no_template")
    roster = await read_roster(tx)
    plan = drafted(held, chosen, catalogue=catalogue, roster=roster, by=by.id, now=now)
    await tx.action_plans.add(plan)
    if held.state is AlertState.ACTIVATED:
        await tx.alerts.save(replace(held, state=AlertState.PLANNING))
    await record(tx, held, "alert.make_plan", by=by, now=now)
    lines = [made_of(plan, held)]
    if chosen.at_once:
        group = members(STEERING_GROUP, roster)
        alerted = [each.person for each in await tx.recipients.of(held.id)]
        lines += await tell_steering(tx, held, group, alerted=alerted, by=by, now=now)
    await write_down(tx, lines)
    return plan


async def hold_for_a_plan(tx: Transaction, by: Person, id: UUID) -> Alert:
    """Hold an alert for who acts on it, and will take part in its plan: nobody else reads that.

    :raises RuleBroken: as `hold_alert`
    """
    alert = await hold_alert(tx, by, id)
    _, matter, actor = await permit.alert(tx, by, Action.READ_ALERT, id)
    if not takes_part(alert, by, roles(actor, matter)):
        raise RuleBroken("alert.not_found", about=str(id))
    return alert


def takes_part(alert: Alert, person: Person, held: frozenset[Role]) -> bool:
    """Whether somebody would take part in an alert's plan (BER-55)."""
    of_a_party = person.authority in alert.audience.authorities
    return (
        alert.coordinator == person.id
        or bool(held & SECRETARIAT)
        or (of_a_party and bool(held & TAKES_PART))
    )


def drafted(
    alert: Alert,
    template: Template,
    *,
    catalogue: Catalogue,
    roster: Roster,
    by: PersonId,
    rehearses: str = "",
    now: datetime,
) -> ActionPlan:
    """Make a plan of a template; the Secretariat and the authorities alerted take part in it.

    :param rehearses: what a drill of a whole plan practises; the first it can, if nobody chose.
    """
    template = practised(template, catalogue, code=rehearses)
    areas = alert.audience.areas
    return plan_from(
        template,
        id=uuid4(),
        title=alert.title,
        kinds=catalogue.measures,
        owners=owners_there(roster, areas=areas, first=by),
        areas=areas,
        starts_at=now,
        parties=[
            each
            for each in Party
            if each is Party.SEK or each.authority in alert.audience.authorities
        ],
        alert=alert.id,
        drill=alert.drill,
        by=by,
        now=now,
        new_id=uuid4,
    )


def owners_there(
    roster: Roster, *, areas: frozenset[AreaCode], first: PersonId | None = None
) -> Mapping[Party, Owner]:
    """Name each party's owner and substitute; of the Secretariat whoever began it, if they do."""
    return default_owners(
        roster,
        areas=areas,
        secretariat=sorted(of_the_secretariat(roster), key=lambda each: (each != first, each)),
    )


def of_the_secretariat(roster: Roster) -> list[PersonId]:
    return [each.id for each in roster.people.values() if each.offices & OF_THE_SECRETARIAT]


def made_of(plan: ActionPlan, alert: Alert) -> LogEntry:
    """Write down that a plan was made, and of what."""
    return LogEntry(
        alert=alert.id,
        kind=LogKind.PLAN,
        at=plan.made_at,
        by=plan.made_by,
        facts={"template": plan.template_label, "measures": str(len(plan.measures))},
    )
