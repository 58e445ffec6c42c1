"""The short forms about a whole plan: its template, its end, and its measures many at once."""

from datetime import datetime, timedelta

from cards.alert_words import drilled
from cards.plan_views import party_name
from cards.shown import Shown
from dialogs.clock import Clock, on
from dialogs.fields import Choice
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import ComingDay, Number, Offered
from dialogs.plan_pages import plan_page
from dialogs.sent import Sent
from dialogs.things_alert import ALERT
from dialogs.things_plan import PLAN
from dialogs.turns import Turn
from domain.action_plans import ActionPlan
from domain.data_classes import DataClass
from domain.dates import COPENHAGEN, local_date
from domain.errors import RuleBroken
from domain.parties import Party
from domain.people import PersonId
from domain.plan_times import Relative, Unit
from storage.database import Transaction
from usecases.change_measure import must_be_with, owners_offered
from usecases.make_action_plan import hold_for_a_plan, make_plan
from usecases.permit_action_plan import PlanAccess, hold_plan, hold_plan_and_alert
from usecases.read_readiness import readiness_catalogue
from usecases.run_action_plan import assign_measures, set_period, shift_measures

FACT = DataClass.METADATA
ALL = "all"
UNITS = {each.name.lower(): each for each in Unit if each is not Unit.MONTHS}
MOST = 999
A_WEEK = timedelta(days=7)


def named(access: PlanAccess, turn: Turn) -> str:
    """Name the plan on every card of a form, a drill first (BER-62)."""
    plan, alert = access.plan, access.alert
    return drilled(alert.reference if alert else plan.template, drill=plan.drill, say=turn.say)


async def _load_pick(tx: Transaction, asking: Asking) -> Given:
    alert = await hold_for_a_plan(tx, asking.turn.person, asking.about)
    catalogue = readiness_catalogue(await tx.template_overrides.latest())
    in_use = [each for each in catalogue.templates.values() if each.in_use]
    return Given(
        title=drilled(alert.reference, drill=alert.drill, say=asking.turn.say),
        version=alert.version,
        offers={"template": {each.code: f"{each.code} {each.title}" for each in in_use}},
        known={"template": alert.template} if alert.template in catalogue.templates else {},
    )


async def _pick(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    plan = await make_plan(
        tx, alert=sent.about, template=sent.text("template"), by=turn.person, now=turn.at
    )
    return await plan_page(tx, turn, plan.id, top="action_plan.top.made")


async def _load_period(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    access = await hold_plan_and_alert(tx, turn.person, asking.about)
    ends = access.plan.period_end or turn.at + A_WEEK
    return Given(
        title=named(access, turn), version=access.plan.version, known=_known(ends, "until", turn)
    )


def _known(at: datetime, name: str, turn: Turn) -> dict[str, str]:
    wall = at.astimezone(COPENHAGEN)
    day = max(local_date(at), turn.today)
    return {f"{name}_on": day.isoformat(), f"{name}_at": f"{wall:%H:%M}"}


async def _period(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    ends = on(sent.day("until_on") or turn.today, sent.text("until_at"))
    await set_period(tx, id=sent.about, period_end=ends, by=turn.person, now=turn.at)
    return await plan_page(tx, turn, sent.about, top="action_plan.top.period")


def parties_offered(access: PlanAccess, turn: Turn) -> dict[str, str]:
    return {each.value: party_name(each, say=turn.say) for each in access.parties}


def must_edit(access: PlanAccess) -> PlanAccess:
    """Let pass who can change the measures of a party at all.

    :raises RuleBroken: `actionplan.not_found`
    """
    if not access.parties:
        raise RuleBroken("actionplan.not_found", about=str(access.plan.id))
    return access


async def people_offered(tx: Transaction, plan: ActionPlan, *parties: Party) -> dict[str, str]:
    """Name whom measures can be given to, with their authority."""
    found = await owners_offered(tx, plan, parties)
    return {who: f"{person.name} ({person.authority})" for who, person in found.items()}


async def _load_assign(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    access = must_edit(await hold_plan(tx, turn.person, asking.about))
    people = await people_offered(tx, access.plan, *access.parties)
    parties = parties_offered(access, turn)
    return Given(
        title=named(access, turn),
        version=access.plan.version,
        offers={"party": parties, "owner": people, "substitute": people},
        known={"party": next(iter(parties))} if len(parties) == 1 else {},
    )


async def _assign(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    party, owner = Party(sent.text("party")), PersonId(sent.text("owner"))
    substitute = PersonId(sent.text("substitute")) if sent.text("substitute") else None
    access = await hold_plan(tx, turn.person, sent.about)
    await must_be_with(tx, access.plan, party, owner, substitute)
    await assign_measures(
        tx,
        id=sent.about,
        party=party,
        owner=owner,
        substitute=substitute,
        by=turn.person,
        now=turn.at,
    )
    return await plan_page(tx, turn, sent.about, top="action_plan.top.assigned")


async def _load_shift(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    access = must_edit(await hold_plan(tx, turn.person, asking.about))
    parties = parties_offered(access, turn)
    everybody = {ALL: turn.say("measures_shift.all")} if access.secretariat else {}
    return Given(
        title=named(access, turn),
        version=access.plan.version,
        offers={"party": {**everybody, **parties}},
        known={"party": next(iter(parties))} if len(parties) == 1 else {},
    )


async def _shift(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    amount = sent.number("amount") or 0
    later = sent.text("way") == "later"
    chosen = sent.text("party")
    await shift_measures(
        tx,
        id=sent.about,
        party=None if chosen == ALL else Party(chosen),
        shift=Relative(count=amount if later else -amount, unit=UNITS[sent.text("unit")]),
        by=turn.person,
        now=turn.at,
    )
    return await plan_page(tx, turn, sent.about, top="action_plan.top.shifted")


PICK = Flow(
    name="plan_pick",
    about=ALERT,
    load=_load_pick,
    steps=(Step(key="template", fields=(Field(key="template", kind=Offered(), data=FACT),)),),
    finish=_pick,
    keeps_key=False,
)
PERIOD = Flow(
    name="plan_period",
    about=PLAN,
    load=_load_period,
    steps=(
        Step(
            key="ends",
            fields=(
                Field(key="until_on", kind=ComingDay(), data=FACT),
                Field(key="until_at", kind=Clock(), data=FACT),
            ),
        ),
    ),
    finish=_period,
    keeps_key=False,
)
ASSIGN = Flow(
    name="measures_assign",
    about=PLAN,
    load=_load_assign,
    steps=(
        Step(
            key="who",
            fields=(
                Field(key="party", kind=Offered(), data=FACT),
                Field(key="owner", kind=Offered(), data=FACT),
                Field(key="substitute", kind=Offered(), data=FACT, optional=True),
            ),
        ),
    ),
    finish=_assign,
    keeps_key=False,
)
SHIFT = Flow(
    name="measures_shift",
    about=PLAN,
    load=_load_shift,
    steps=(
        Step(
            key="how",
            fields=(
                Field(key="party", kind=Offered(), data=FACT),
                Field(key="amount", kind=Number(least=1, most=MOST), data=FACT),
                Field(
                    key="unit",
                    kind=Choice(names=tuple(UNITS), texts="measures_shift.unit"),
                    data=FACT,
                ),
                Field(
                    key="way",
                    kind=Choice(names=("later", "earlier"), texts="measures_shift.way"),
                    data=FACT,
                ),
            ),
        ),
    ),
    finish=_shift,
    keeps_key=False,
)
