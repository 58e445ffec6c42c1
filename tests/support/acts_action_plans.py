"""Who may do what with a plan in Valby: Lars leads it and owns all of his authority's measures."""

from dataclasses import replace
from uuid import UUID

from domain.action_plans import ActionPlan
from domain.alerts import Alert, Level
from domain.parties import Party
from tests.integration.usecases.alarming import ORDER
from tests.support.action_plans import the
from tests.support.acts import Staged, act
from tests.support.acts_alerts import LARS_ONLY, with_an_alert
from tests.support.town import LARS, Town
from usecases.activate_alert import activate_alert
from usecases.carry_out_measure import complete_measure
from usecases.read_action_plan import number_of
from usecases.run_action_plan import release_plan

ALERT = UUID("a1000000-0000-4000-8000-0000000000a5")  # its own: others end theirs
PARTIES = ("leader", "secretariat", "steward", "head")


async def without_a_plan(town: Town) -> Staged:
    return with_an_alert(await _sent(town, level=Level.COORDINATION))


async def on_the_alert(town: Town) -> Staged:
    return with_an_alert(await _sent(town))


async def planned(town: Town) -> Staged:
    alert = await _sent(town)
    plan = await _plan(town)
    carried = {"actionplan": str(plan.id), "version": plan.version}
    return Staged(carried=carried, number=alert.reference)


async def with_a_page(town: Town) -> Staged:
    staged = await planned(town)
    return replace(staged, carried={**staged.carried, "page": "1"})


async def running(town: Town) -> Staged:
    """Let the plan run; carry a measure that waits for Lars."""
    await _sent(town)
    plan = await _plan(town)
    async with town.remembers() as tx:
        await release_plan(tx, id=plan.id, by=LARS, now=town.hour.now)
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


async def _sent(town: Town, *, level: Level = Level.FULL) -> Alert:
    """Let Lars alert himself and the Secretariat."""
    order = replace(ORDER, id=ALERT, level=level, audience=LARS_ONLY, another=True)
    async with town.remembers() as tx:
        return await activate_alert(tx, order, by=LARS, now=town.hour.now)


async def _with_a_measure(town: Town, kind: str) -> Staged:
    plan = await _plan(town)
    measure = the(plan, kind, Party.BUF)
    async with town.remembers() as tx:
        alert = await tx.alerts.find(ALERT)
    assert alert is not None
    return Staged(
        carried={"measure": str(measure.id), "version": measure.version},
        number=f"{alert.reference} {number_of(plan, measure.id)}",
    )


ACTS = {
    "actionplan.of": act(on_the_alert, *PARTIES, "leader of SSP+"),
    "actionplan.make": act(without_a_plan, *PARTIES),
    "actionplan.pick": act(without_a_plan, *PARTIES),
    "actionplan.open": act(planned, *PARTIES),
    "actionplan.period": act(planned, *PARTIES),
    "actionplan.release": act(planned, *PARTIES),
    "actionplan.share": act(planned, *PARTIES),
    "measure.list": act(with_a_page, *PARTIES),
    "measure.pick": act(planned, *PARTIES, number="1"),
    "measure.add": act(planned, *PARTIES),
    "measure.assign": act(planned, *PARTIES),
    "measure.shift": act(planned, *PARTIES),
    "measure.open": act(running, *PARTIES),
    "measure.start": act(running, *PARTIES),
    "measure.done": act(running, *PARTIES),
    "measure.unable": act(running, *PARTIES),
    "measure.change": act(running, *PARTIES),
    "measure.drop": act(running, *PARTIES),
    "measure.take_back": act(ended, *PARTIES),
}
