"""Who may do what with a plan in Valby: Lars leads it and owns all of his authority's measures."""

from dataclasses import replace
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alerts import Level
from domain.parties import Party
from tests.integration.usecases.alarming import ALERT
from tests.support.action_plans import the
from tests.support.acts import Staged, act
from tests.support.acts_alerts import sent
from tests.support.town import LARS, Town
from usecases.carry_out_measure import complete_measure
from usecases.read_action_plan import number_of
from usecases.run_action_plan import release_plan

REFERENCE = "R2026-0001"
PARTIES = ("leader", "secretariat", "steward", "head")


async def without_a_plan(town: Town) -> Staged:
    alert = await sent(town)
    return Staged(carried={"alert": str(alert.id), "version": alert.version}, number=REFERENCE)


async def on_the_alert(town: Town) -> Staged:
    alert = await sent(town, level=Level.FULL)
    return Staged(carried={"alert": str(alert.id), "version": alert.version}, number=REFERENCE)


async def planned(town: Town) -> Staged:
    await sent(town, level=Level.FULL)
    return _with_the_plan(await _plan(town))


async def with_a_page(town: Town) -> Staged:
    staged = await planned(town)
    return replace(staged, carried={**staged.carried, "page": "1"})


async def running(town: Town) -> Staged:
    """Let the plan run; carry a measure that waits for Lars."""
    await _runs(town)
    return await _with_a_measure(town, "M12")


async def ended(town: Town) -> Staged:
    """Let Lars have done it."""
    staged = await running(town)
    async with town.remembers() as tx:
        await complete_measure(
            tx, id=UUID(str(staged.carried["measure"])), seen=0, by=LARS, now=town.hour.now
        )
    return await _with_a_measure(town, "M12")


async def _plan(town: Town) -> ActionPlan:
    async with town.remembers() as tx:
        [plan] = await tx.action_plans.of_alert(ALERT)
    return plan


async def _runs(town: Town) -> None:
    await sent(town, level=Level.FULL)
    plan = await _plan(town)
    async with town.remembers() as tx:
        await release_plan(tx, id=plan.id, by=LARS, now=town.hour.now)


def _with_the_plan(plan: ActionPlan) -> Staged:
    return Staged(carried={"actionplan": str(plan.id), "version": plan.version}, number=REFERENCE)


async def _with_a_measure(town: Town, kind: str) -> Staged:
    plan = await _plan(town)
    measure = the(plan, kind, Party.BUF)
    return Staged(
        carried={"measure": str(measure.id), "version": measure.version},
        number=f"{REFERENCE} {number_of(plan, measure.id)}",
    )


ACTS = {
    "actionplan.of": act(on_the_alert, *PARTIES, "leader of SSP+"),
    "actionplan.make": act(without_a_plan, *PARTIES),
    "actionplan.pick": act(without_a_plan, *PARTIES),
    "actionplan.open": act(planned, *PARTIES),
    "actionplan.period": act(planned, *PARTIES),
    "actionplan.release": act(planned, *PARTIES),
    "measure.list": act(with_a_page, *PARTIES),
    "measure.pick": act(planned, *PARTIES, number="1"),
    "measure.add": act(planned, *PARTIES),
    "measure.assign": act(planned, *PARTIES),
    "measure.shift": act(planned, *PARTIES),
    "measure.open": act(running, *PARTIES),
    "measure.start": act(running, *PARTIES),
    "measure.done": act(running, *PARTIES),
    "measure.unable": act(running, "leader"),
    "measure.change": act(running, *PARTIES),
    "measure.drop": act(running, *PARTIES),
    "measure.take_back": act(ended, *PARTIES),
}
