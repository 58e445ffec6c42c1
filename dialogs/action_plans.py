"""Action plans in the chat: `handleplan R2026-0001` opens one, and `sæt i drift` lets it run."""

from cards import action_plans as cards
from cards.alerts import about_alert
from cards.shown import Json, Shown
from dialogs import action_plan_forms as forms
from dialogs.alert_order import WHOLE_CITY
from dialogs.begin_alert import begin_alert
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.plan_pages import lacks_plan, plan_page, reads_plan
from dialogs.plan_sharing import sharing_page
from dialogs.presses import Aim, Verb
from dialogs.things_alert import ALERT
from dialogs.things_plan import PLAN
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.make_action_plan import make_plan
from usecases.permit_action_plan import find_plan
from usecases.read_action_plan import becomes
from usecases.read_shared_plan import plan_reader
from usecases.run_action_plan import release_plan
from usecases.see_alert import see_alert


async def _of(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    seen = await see_alert(tx, id=aim.id, by=turn.person, now=turn.at)
    data = about_alert(seen.alert)
    if seen.plan is None:
        return cards.none(seen.alert, data=data, leads=lacks_plan(seen), say=turn.say)
    if not reads_plan(seen):
        return cards.outside(seen.alert, data=data, say=turn.say)
    return await plan_page(tx, turn, seen.plan.id)


async def _make(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    plan = await make_plan(tx, alert=aim.id, by=turn.person, now=turn.at)
    return await plan_page(tx, turn, plan.id, top="action_plan.top.made")


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await plan_page(tx, turn, aim.id)


async def _share(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await find_plan(tx, turn.person, aim.id)
    return await sharing_page(tx, turn, await plan_reader(tx, aim.id, turn.person))


async def _release(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await release_plan(tx, id=aim.id, by=turn.person, now=turn.at)
    return await plan_page(tx, turn, aim.id, top="action_plan.top.released")


async def _becomes(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Activate readiness of what was planned for: template and areas are chosen beforehand."""
    access = await find_plan(tx, turn.person, aim.id)
    if not access.leads or access.plan.alert is not None:
        raise RuleBroken("actionplan.not_found", about=str(aim.id))
    areas: list[Json] = [str(each) for each in sorted(access.plan.areas)]
    chosen: dict[str, Json] = {"areas": areas or [WHOLE_CITY]}
    if template := await becomes(tx, access.plan):
        chosen["template"] = template
    return await begin_alert(tx, turn, chosen)


OFFER = Offer(
    verbs={
        "actionplan.of": Verb(take=_of, about=ALERT, words=("handleplan", "action plan")),
        "actionplan.make": Verb(
            take=_make, about=ALERT, words=("lav handleplan", "make action plan")
        ),
        "actionplan.pick": Verb(
            take=begins(forms.PICK), about=ALERT, words=("vælg skabelon", "choose template")
        ),
        "actionplan.open": Verb(take=_open, about=PLAN),
        "actionplan.becomes": Verb(take=_becomes, about=PLAN),
        "actionplan.period": Verb(
            take=begins(forms.PERIOD), about=PLAN, words=("slutdato", "end date")
        ),
        "actionplan.share": Verb(take=_share, about=PLAN, words=("del plan", "share plan")),
        "actionplan.release": Verb(
            take=_release, about=PLAN, words=("sæt i drift", "put in force")
        ),
    },
    flows=(forms.PICK, forms.PERIOD),
)
