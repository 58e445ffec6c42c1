"""Who may do what about the end of a plan in Valby that the calendar grew, and that runs."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from cards.action_plans import about_plan
from domain.action_plans import ActionPlan
from tests.support.action_plans import plan
from tests.support.acts import Staged, act
from tests.support.acts_alert_ends import BECAUSE, STEERS
from tests.support.acts_sharing import SECRETARIAT
from tests.support.town import DORTE, Town
from usecases.end_plan import extend_plan
from usecases.extend_period import Extension
from usecases.run_action_plan import release_plan, set_period

DAY = timedelta(days=1)
PERIOD = 7 * DAY
LONG = 120 * DAY  # more than three months is for the steering group


async def runs(town: Town) -> ActionPlan:
    """Let Dorte put one in force for a week; each time another."""
    now = town.hour.now
    grown = replace(plan("B5", starts_at=now), id=uuid4(), row=uuid4(), made_by=None)
    measures = tuple(replace(each, id=uuid4()) for each in grown.measures)
    async with town.remembers() as tx:
        await tx.action_plans.add(replace(grown, measures=measures, alert=None))
        await set_period(tx, id=grown.id, period_end=now + PERIOD, by=DORTE, now=now)
        return await release_plan(tx, id=grown.id, by=DORTE, now=now)


async def in_force(town: Town) -> Staged:
    return Staged(carried=about_plan(await runs(town)))


async def asked(town: Town) -> Staged:
    """Eva sits in the steering group that is asked."""
    await town.reorganises(STEERS)
    return await asked_of_steering(town)


async def asked_of_steering(town: Town) -> Staged:
    """Dorte asks the steering group, whoever sits in it, for months more."""
    running = await runs(town)
    now = town.hour.now
    async with town.remembers() as tx:
        wanted = Extension(id=uuid4(), until=now + LONG, because=BECAUSE)
        await extend_plan(tx, id=running.id, wanted=wanted, by=DORTE, now=now)
    return Staged(carried=about_plan(await _now(town, running.id)))


async def _now(town: Town, id: UUID) -> ActionPlan:
    async with town.remembers() as tx:
        found = await tx.action_plans.find(id)
    assert found is not None
    return found


ACTS = {
    "planend.extend": act(in_force, *SECRETARIAT),
    "planend.close": act(in_force, *SECRETARIAT),
    "planend.agree": act(asked, "facilitator elsewhere"),
    "planend.refuse": act(asked, "facilitator elsewhere"),
}
