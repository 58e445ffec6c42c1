"""The plan of a case in SSP+: its goals, and the actions in each of its five areas (PLUS-3)."""

from cards.shown import Shown
from dialogs.agreeing import titles
from dialogs.engine import done
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import ComingDay, Offered
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.people import PersonId
from domain.plus import Focus
from storage.database import Transaction
from usecases.agree_action import owners_offered
from usecases.keep_plan import Consent, Plan, plan_action, plan_of, set_plan, to_plan
from usecases.read_case import must_be_cleared

GOAL = Text(least=3, at_most=500, lines=True)


async def _load_plan(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _ = await to_plan(tx, id=asking.about, by=turn.person, now=turn.at)
    await must_be_cleared(tx, turn.person, case.id)
    plan, _ = await plan_of(tx, case)
    known = {focus.value: goal for focus, goal in plan.goals.items()}
    consent = {"consent": plan.consent.value} if plan.consent else {}
    return Given(title=case.reference, version=case.version, known={**known, **consent})


async def _set_plan(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    said = sent.text("consent")
    plan = Plan(
        goals={focus: sent.text(focus) for focus in Focus},
        consent=Consent(said) if said else None,
    )
    await set_plan(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        plan=plan,
        now=turn.at,
    )
    return await done(tx, PLAN, sent, turn)


PLAN = Flow(
    name="plan",
    about=CASE,
    load=_load_plan,
    steps=(
        Step(
            key="goals",
            fields=(
                *(
                    Field(key=focus.value, data=DataClass.ACTIONS, kind=GOAL, optional=True)
                    for focus in Focus
                ),
                Field(
                    key="consent",
                    data=DataClass.ACTIONS,
                    kind=Choice(names=tuple(Consent), texts="plan.consent"),
                    optional=True,
                ),
            ),
        ),
    ),
    finish=_set_plan,
    keeps_key=False,
)


async def _load_action(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, matter = await to_plan(tx, id=asking.about, by=turn.person, result=None, now=turn.at)
    await must_be_cleared(tx, turn.person, case.id)
    owners = await owners_offered(tx, matter)
    return Given(
        title=case.reference,
        version=case.version,
        offers={"owner": titles(owners.values(), turn.say)},
    )


async def _agree(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await plan_action(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        focus=Focus(sent.text("focus")),
        what=sent.text("what"),
        owner=PersonId(sent.text("owner")),
        due_on=sent.day("due") or turn.today,
        now=turn.at,
    )
    return await done(tx, PLAN_ACTION, sent, turn)


PLAN_ACTION = Flow(
    name="plan_action",
    about=CASE,
    load=_load_action,
    steps=(
        Step(
            key="action",
            fields=(
                Field(
                    key="focus",
                    data=DataClass.ACTIONS,
                    kind=Choice(names=tuple(Focus), texts="focus"),
                ),
                Field(
                    key="what",
                    data=DataClass.ACTIONS,
                    kind=Text(least=3, at_most=500, lines=True),
                ),
                Field(key="owner", data=DataClass.ACTIONS, kind=Offered()),
                Field(key="due", data=DataClass.ACTIONS, kind=ComingDay()),
            ),
        ),
    ),
    finish=_agree,
    keeps_key=False,
)
