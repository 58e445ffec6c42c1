"""Who may do what about sharing a plan in Valby: Grete sits in the steering group."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from domain.action_plans import ActionPlan
from domain.alerts import Level
from domain.people import Membership, Seat
from domain.plan_templates import PlanTier
from domain.plan_track import finish
from tests.integration.usecases.alarming import ALERT, ORDER, STEERING
from tests.support.acts import Act, Staged, act
from tests.support.acts_action_plans import PARTIES, on_the_alert
from tests.support.acts_alerts import LARS_ONLY, LEADS, left, sent
from tests.support.town import DORTE, GRETE, LARS, ORGANISATION, Town
from usecases.activate_alert import activate_alert
from usecases.finish_plan import finish_plan, to_steering_group
from usecases.plan_lists import WrittenList, keep_list

SECRETARIAT = ("secretariat", "steward", "head")
READS = (*PARTIES, "leader of SSP+")
STEERS = "manager"
A_DAY = timedelta(days=1)
WITH_STEERING = replace(
    ORGANISATION,
    committees=(*ORGANISATION.committees, STEERING),
    memberships=(
        *ORGANISATION.memberships,
        Membership(committee=STEERING.code, person=GRETE.id, slot="SG.1", seat=Seat.MEMBER),
    ),
)


async def drafted(town: Town) -> Staged:
    """A plan that nobody has finished."""
    await town.reorganises(WITH_STEERING)
    await sent(town, level=Level.FULL)
    return _carried(await _plan(town))


async def finished(town: Town) -> Staged:
    """Let Lars finish it."""
    await drafted(town)
    plan = await _plan(town)
    async with town.remembers() as tx:
        done = await finish_plan(tx, id=plan.id, seen=0, by=LARS, now=town.hour.now)
    return _carried(done)


async def before_the_group(town: Town) -> Staged:
    """Let Dorte ask the steering group to approve it."""
    await finished(town)
    plan, now = await _plan(town), town.hour.now
    async with town.remembers() as tx:
        asked = await to_steering_group(tx, id=plan.id, deadline=now + A_DAY, by=DORTE, now=now)
    return _carried(asked)


async def asked_of_yesterday(town: Town) -> Staged:
    """Another alert, whose plan was finished yesterday, and is before the steering group."""
    order = replace(ORDER, id=uuid4(), level=Level.FULL, audience=LARS_ONLY, another=True)
    now = town.hour.now
    async with town.remembers() as tx:
        if not any(each.code == STEERING.code for each in await tx.organisation.committees()):
            await tx.organisation.replace(WITH_STEERING)
        await tx.organisation.seat(WITH_STEERING.memberships[-1])
        alert = await activate_alert(tx, order, by=LARS, now=now)
        [made] = await tx.action_plans.of_alert(alert.id)
        plan = finish(made, by=LARS.id, now=now - A_DAY)
        await tx.action_plans.save(plan, was=made)
        asked = await to_steering_group(tx, id=plan.id, deadline=now + A_DAY, by=DORTE, now=now)
    return replace(_carried(asked), number=alert.reference)


async def listed(town: Town) -> Staged:
    """A list that Dorte has made."""
    written = WrittenList(
        id=uuid4(),
        seen=0,
        name="Boligforeninger",
        tier=PlanTier.EXTERNAL,
        committees=(),
        people="",
        outside="En boligforening",
    )
    async with town.remembers() as tx:
        kept = await keep_list(tx, written, by=DORTE, now=town.hour.now)
    return Staged(carried={"distribution_list": str(kept.id), "version": kept.version})


async def _plan(town: Town) -> ActionPlan:
    async with town.remembers() as tx:
        [plan] = await tx.action_plans.of_alert(ALERT)
    return plan


def _carried(plan: ActionPlan) -> Staged:
    return Staged(
        carried={"shared_plan": str(plan.id), "version": len(plan.versions)},
        number="R2026-0001",
    )


ACTS: Mapping[str, Act] = {
    "alertshare.of": act(on_the_alert, *READS),
    "alertshare.finish": act(drafted, *READS, STEERS),
    "alertshare.orient": act(finished, *SECRETARIAT),
    "alertshare.ask": act(finished, *SECRETARIAT),
    "alertshare.send": act(finished, *SECRETARIAT),
    "alertshare.text": act(finished, *SECRETARIAT),
    "alertshare.text_no_names": act(finished, *SECRETARIAT),
    "alertshare.outside": act(finished, *SECRETARIAT),
    "alertshare.pdf_no_names": act(finished, *SECRETARIAT, "leader of SSP+", STEERS),
    "alertshare.pdf_external": act(finished, *SECRETARIAT),
    "alertshare.pdf": act(finished, *READS, STEERS),
    "alertshare.open": act(finished, *READS, STEERS),
    "alertshare.list": act(finished, *PARTIES, STEERS),
    "alertshare.approve": act(before_the_group, STEERS),
    "alertshare.remark": act(before_the_group, STEERS),
    "alertshare.return": act(before_the_group, STEERS),
    "alertshare.list_open": act(listed, *SECRETARIAT),
    "alertshare.list_change": act(listed, *SECRETARIAT),
    "alertshare.list_retire": act(listed, *SECRETARIAT),
    "alertshare.brief": act(left, *LEADS),
    "alertshare.briefed": act(left, "leader"),
    "alertshare.remind": act(left, *LEADS),
    "alertshare.c3": act(left, *LEADS),
    "alertshare.c3_sent": act(left, *LEADS),
}
