"""The steps by which an alert in the town comes to its end, as people take them."""

from dataclasses import replace
from datetime import timedelta

from domain.plan_cadence import NOBODY_REPORTS
from tests.support.alert_town import NUMBER, in_readiness, sends
from tests.support.chat import Chat
from tests.support.town import DORTE, LARS, Town
from usecases.run_action_plan import release_plan, set_period

DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
PERIOD = 14 * DAY
BECAUSE = "Der har været roligt i en uge"


async def runs(town: Town, *, quiet: bool = False, **answers: str) -> Chat:
    """Let Lars alert all leaders of Valby, and put a plan in force for a fortnight.

    :param quiet: nobody is reminded of measures or asked for reports, however long it lasts.
    """
    await in_readiness(town)
    lars = town.chat(LARS)
    await sends(lars, level="3", **answers)
    await town.passes(A_MINUTE)
    async with town.remembers() as tx:
        drills, real = await tx.alerts.open(drill=True), await tx.alerts.open(drill=False)
        [alert] = [*drills, *real]
        [plan] = await tx.action_plans.of_alert(alert.id)
        now = town.hour.now
        await set_period(tx, id=plan.id, period_end=now + PERIOD, by=LARS, now=now)
        released = await release_plan(tx, id=plan.id, by=LARS, now=now)
        if quiet:
            silent = replace(
                released,
                cadence=NOBODY_REPORTS,
                reminders=False,
                version=released.version + 1,
            )
            await tx.action_plans.save(silent, was=released)
    return lars


async def later(town: Town, time: timedelta) -> None:
    """Let time pass, and what fell due arrive: not all at once to somebody who gets much."""
    await town.passes(time - A_MINUTE)
    await town.passes(A_MINUTE)


async def closes(town: Town) -> str:
    """Let Dorte hand on what is left, and close it; give what she reads."""
    dorte = town.chat(DORTE)
    async with town.remembers() as tx:
        [alert] = [*await tx.alerts.open(drill=True), *await tx.alerts.open(drill=False)]
        [plan] = await tx.action_plans.of_alert(alert.id)
    left = ",".join(str(each.id) for each in plan.measures if each.waits)
    await dorte.types(f"giv videre {NUMBER}")
    await dorte.presses("form.next", measures=left, to="daily", because="Gadeplan Valby")
    await dorte.types(f"luk {NUMBER}")
    return await dorte.presses("form.next", normal="1,2,3", close_down="1", because=BECAUSE)
