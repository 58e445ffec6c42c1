"""The pages of an action plan: the plan, its measures, and one of them."""

from uuid import UUID

from cards import action_plans, measures
from cards.alerts import about_alert
from cards.delivery import Button, Part, said
from cards.measures import Placed
from cards.plan_states import decided
from cards.shown import Shown
from dialogs.turns import Turn
from domain.parties import Party
from domain.plan_measures import Measure
from domain.plan_periods import has_own_period
from domain.plan_readers import named
from storage.database import Transaction
from usecases.read_action_plan import PlanSeen, becomes, number_of, see_measure, see_plan
from usecases.see_alert import AlertSeen

MOST_PAGES = 20
PAGES = tuple(str(each) for each in range(1, MOST_PAGES + 1))


def placed(seen: PlanSeen, measure: Measure) -> Placed:
    return Placed(
        measure=measure,
        plan=seen.plan,
        number=number_of(seen.plan, measure.id),
        reference=seen.reference,
        names=seen.names,
    )


async def plan_page(tx: Transaction, turn: Turn, id: UUID, *, top: str = "") -> Shown:
    """Show a plan as it stands, and what this person can do with it.

    :param top: the key of what is said first: what was just done.
    :raises RuleBroken: `actionplan.not_found`
    """
    seen = await see_plan(tx, id=id, by=turn.person, now=turn.at)
    alert = seen.alert
    last = decided(seen.plan)
    back: list[Button] = (
        [(turn.say("button.alert.open"), "alert.open", about_alert(alert))] if alert else []
    )
    becoming = (
        {"actionplan.becomes"} if seen.access.leads and await becomes(tx, seen.plan) else set()
    )
    return action_plans.page(
        [placed(seen, each) for each in seen.plan.measures],
        seen.plan,
        reference=seen.reference,
        ways=_ways(seen) | becoming,
        back=[*back, (turn.say("button.measure.mine"), "measure.mine", {})],
        now=turn.at,
        say=turn.say,
        top=turn.say(top) if top else "",
        decided_by=seen.names.get(last.by, "") if last else "",
    )


def _ways(seen: PlanSeen) -> set[str]:
    access, plan = seen.access, seen.plan
    begins = access.is_open and access.leads and plan.released_at is None
    ends = access.leads and has_own_period(plan)
    ways = {
        "actionplan.release": begins and plan.period_end is not None,
        "actionplan.period": begins,
        "planend.extend": ends,
        "planend.close": ends,
        "measure.list": True,
        "actionplan.share": access.leads,
        "measure.add": access.is_open and bool(access.parties),
        "measure.assign": access.is_open and bool(access.parties),
        "measure.shift": access.is_open and bool(access.parties),
    }
    return {verb for verb, offered in ways.items() if offered}


async def list_page(
    tx: Transaction, turn: Turn, id: UUID, *, page: int = 1, problem: str = ""
) -> Shown:
    """Show a page of a plan's measures.

    :raises RuleBroken: `actionplan.not_found`
    """
    seen = await see_plan(tx, id=id, by=turn.person, now=turn.at)
    return action_plans.listed(
        [placed(seen, each) for each in seen.plan.measures],
        seen.plan,
        number=page,
        reference=seen.reference,
        ways=_ways(seen),
        now=turn.at,
        say=turn.say,
        problem=turn.say(problem) if problem else "",
    )


async def measure_page(tx: Transaction, turn: Turn, id: UUID, *, top: str = "") -> Shown:
    """Show one measure, and what this person can do with it.

    :param top: what is said first, in words.
    :raises RuleBroken: `measure.not_found`
    """
    seen, measure = await see_measure(tx, id=id, by=turn.person, now=turn.at)
    here = {**action_plans.about_plan(seen.plan), "page": "1"}
    return measures.page(
        placed(seen, measure),
        ways=_measure_ways(seen, measure),
        back=(turn.say("button.measure.list"), "measure.list", here),
        now=turn.at,
        say=turn.say,
        top=top,
    )


def _measure_ways(seen: PlanSeen, measure: Measure) -> set[str]:
    access = seen.access
    ticks = access.is_open and measure.waits and access.ticks(measure)
    edits = access.is_open and access.edits(measure.party)
    ways = {
        "measure.start": ticks and not measure.is_under_way,
        "measure.done": ticks,
        "measure.unable": ticks and measure.owner == access.by.id,
        "measure.change": edits and measure.waits,
        "measure.drop": edits and measure.waits,
        "measure.take_back": edits and not measure.waits,
    }
    return {verb for verb, offered in ways.items() if offered}


async def on_the_alert(_: Transaction, turn: Turn, seen: AlertSeen) -> list[Part]:
    """Say on an alert's page how far its plan is, to who may read all of it."""
    if seen.plan is None or not reads_plan(seen):
        return []
    return [said(action_plans.summed(seen.plan, now=turn.at, say=turn.say))]


def reads_plan(seen: AlertSeen) -> bool:
    """Whether an alert has a plan that this person takes part in; opening it asks again."""
    if seen.plan is None or not seen.by.s115_covered:
        return False
    of_a_party = Party(seen.by.authority.value) in seen.plan.parties and _has_a_part(seen)
    return seen.in_secretariat or of_a_party or seen.by.id in named(seen.plan, seen.alert)


def _has_a_part(seen: AlertSeen) -> bool:
    """Whether somebody was alerted or leads there; the steering group is sent what it reads."""
    return seen.own is not None or not seen.steers


def lacks_plan(seen: AlertSeen) -> bool:
    """Whether this person can make the alert's plan in one tap."""
    alert, by = seen.alert, seen.by
    of_a_party = by.authority in alert.audience.authorities and _has_a_part(seen)
    takes_part = of_a_party or seen.in_secretariat or alert.coordinator == by.id
    return takes_part and seen.acts and seen.is_open and seen.plan is None
