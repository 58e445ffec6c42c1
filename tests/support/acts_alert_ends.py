"""Who may do what about the end of an alert in Valby, whose plan Lars has let run."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from domain.alert_ending import Leftover
from domain.alerts import Alert, Level
from domain.dates import local_date
from domain.evaluations import Learning
from domain.exports import ExportKind
from domain.people import Membership, Seat
from tests.integration.usecases.alarming import STEERING
from tests.support.acts import Staged, act
from tests.support.acts_alerts import A_MINUTE, LEADS, sent, with_an_alert
from tests.support.town import DORTE, EVA, LARS, ORGANISATION, Town
from usecases.end_alert import Ending, end_alert
from usecases.evaluate_alert import answer_evaluation
from usecases.export_alert import ask_for_alert_paper
from usecases.extend_period import Extension, extend_period
from usecases.hand_on_measures import hand_on_measures
from usecases.learn import add_learning
from usecases.run_action_plan import release_plan, set_period

DAY = timedelta(days=1)
PERIOD = 14 * DAY
BECAUSE = "Der har været roligt i en uge"
LEARNED = "Nattevagten skal med i ringelisten"
STEERS = replace(
    ORGANISATION,
    committees=(*ORGANISATION.committees, STEERING),
    memberships=(
        *ORGANISATION.memberships,
        Membership(committee=STEERING.code, person=EVA.id, slot="SG.1", seat=Seat.CHAIR),
    ),
)


async def _now(town: Town, id: UUID) -> Alert:
    async with town.remembers() as tx:
        found = await tx.alerts.find(id)
    assert found is not None
    return found


async def runs(town: Town, *, drill: bool = False) -> Alert:
    """Let Lars alert himself and the Secretariat, and put a plan in force for a fortnight."""
    alert = await sent(town, level=Level.FULL, drill=drill)
    await town.passes(A_MINUTE)
    async with town.remembers() as tx:
        [plan] = await tx.action_plans.of_alert(alert.id)
        now = town.hour.now
        await set_period(tx, id=plan.id, period_end=now + PERIOD, by=LARS, now=now)
        await release_plan(tx, id=plan.id, by=LARS, now=now)
    return await _now(town, alert.id)


async def hands_on(town: Town, id: UUID) -> Alert:
    """Let Dorte hand on all that is left of it."""
    async with town.remembers() as tx:
        [plan] = await tx.action_plans.of_alert(id)
        await hand_on_measures(
            tx,
            id=id,
            by=DORTE,
            measures=[each.id for each in plan.measures],
            to=Leftover.DAILY,
            words="Gadeplan Valby",
            now=town.hour.now,
        )
    return await _now(town, id)


async def closes(town: Town, id: UUID) -> Alert:
    """Close it, when what was left of it is handed on."""
    seen = await hands_on(town, id)
    async with town.remembers() as tx:
        await end_alert(
            tx,
            id=id,
            by=LARS,
            ending=Ending(because=BECAUSE),
            seen=seen.version,
            now=town.hour.now,
        )
    return await _now(town, id)


async def learns(town: Town, alert: UUID) -> Learning:
    async with town.remembers() as tx:
        return await add_learning(
            tx,
            id=uuid4(),
            alert=alert,
            words=LEARNED,
            owner=DORTE.id,
            due_on=local_date(town.hour.now + 7 * DAY),
            template="H1",
            by=LARS,
            now=town.hour.now,
        )


async def in_force(town: Town) -> Staged:
    return with_an_alert(await runs(town))


async def handed_on(town: Town) -> Staged:
    return with_an_alert(await hands_on(town, (await runs(town)).id))


async def asked(town: Town) -> Staged:
    """Eva sits in the steering group that is asked."""
    await town.reorganises(STEERS)
    return await asked_of_steering(town)


async def asked_of_steering(town: Town) -> Staged:
    """Dorte asks the steering group, whoever sits in it, for three months more."""
    alert = await runs(town)
    async with town.remembers() as tx:
        await extend_period(
            tx,
            alert=alert.id,
            wanted=Extension(id=uuid4(), until=town.hour.now + 100 * DAY, because=BECAUSE),
            by=DORTE,
            seen=alert.version,
            now=town.hour.now,
        )
    return with_an_alert(await _now(town, alert.id))


async def closed(town: Town) -> Staged:
    return with_an_alert(await closes(town, (await runs(town)).id))


async def exported(town: Town) -> Staged:
    """Dorte has taken out the log of what is closed."""
    alert = await closes(town, (await runs(town)).id)
    async with town.remembers() as tx:
        await ask_for_alert_paper(
            tx, alert=alert.id, kind=ExportKind.ALERT_LOG_PDF, by=DORTE, now=town.hour.now
        )
    return with_an_alert(alert)


async def answered(town: Town) -> Staged:
    """Somebody has written in its evaluation."""
    seen = await closes(town, (await runs(town)).id)
    async with town.remembers() as tx:
        await answer_evaluation(
            tx,
            id=seen.id,
            by=LARS,
            answers={1: "Det gik hurtigt"},
            seen=seen.version,
            now=town.hour.now,
        )
    return with_an_alert(await _now(town, seen.id))


async def a_lesson(town: Town) -> Staged:
    """Something was learned, and Dorte sees to it."""
    carried = (await answered(town)).carried
    learning = await learns(town, UUID(str(carried["alert"])))
    return Staged(carried={"learning": str(learning.id)})


ACTS = {
    "alertend.page": act(in_force, *LEADS),
    "alertend.extend": act(in_force, *LEADS),
    "alertend.normalise": act(in_force, *LEADS),
    "alertend.hand_on": act(in_force, *LEADS),
    "alertend.close": act(in_force, *LEADS),
    "alertend.agree": act(asked, "facilitator elsewhere"),
    "alertend.refuse": act(asked, "facilitator elsewhere"),
    "alertend.reopen": act(closed, *LEADS),
    "alertend.file": act(closed, *LEADS),
    "evaluation.open": act(closed, *LEADS),
    "evaluation.answer": act(closed, *LEADS),
    "evaluation.finish": act(answered, *LEADS),
    "learning.begin": act(closed, *LEADS),
    "learning.done": act(a_lesson, *LEADS),
    "learning.drop": act(a_lesson, *LEADS),
}
