"""The forms that decide the end of a plan of the calendar: who, why, until when (BER-57)."""

from cards import plan_ends as cards
from cards.shown import Shown
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import ComingDay
from dialogs.sent import Sent
from dialogs.things_plan import PLAN
from dialogs.turns import Turn
from domain.action_plans import ActionPlan
from domain.alert_log import DecisionKind
from domain.alert_periods import LAST_HOUR
from domain.data_classes import DataClass
from domain.periods import moment
from domain.plan_measures import AT_MOST
from storage.database import Transaction
from usecases.end_plan import (
    answer_plan_extension,
    close_plan,
    extend_plan,
    hold_asked,
    hold_to_end,
)
from usecases.extend_period import Extension

FACT = DataClass.METADATA
BECAUSE = Field(key="because", kind=Text(least=3, at_most=AT_MOST, lines=True), data=FACT)


async def _load(tx: Transaction, asking: Asking) -> Given:
    """Let nobody begin who may not decide it."""
    return _given(await hold_to_end(tx, asking.turn.person, asking.about), asking.turn, [])


async def _load_left(tx: Transaction, asking: Asking) -> Given:
    """Say what nobody has done yet, so that nobody ends it without having seen that."""
    plan = await hold_to_end(tx, asking.turn.person, asking.about)
    left = sum(each.waits for each in plan.measures)
    notes = [asking.turn.say("planend.left_measures", count=left)] if left else []
    return _given(plan, asking.turn, notes)


async def _load_asked(tx: Transaction, asking: Asking) -> Given:
    """Let nobody say no but who sits in the steering group."""
    plan, _ = await hold_asked(tx, asking.turn.person, asking.about)
    return _given(plan, asking.turn, [])


def _given(plan: ActionPlan, turn: Turn, notes: list[str]) -> Given:
    return Given(title=cards.form_title(plan, say=turn.say), version=plan.version, notes=notes)


async def _extend(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    day = sent.day("until") or turn.today
    decided = await extend_plan(
        tx,
        id=sent.about,
        wanted=Extension(id=sent.id, until=moment(day, LAST_HOUR), because=sent.text("because")),
        by=turn.person,
        now=turn.at,
    )
    asked = decided.kind is DecisionKind.EXTENSION_ASKED
    plan = await hold_to_end(tx, turn.person, sent.about)
    until = turn.say.day(day)
    return cards.done(plan, "asked" if asked else "extended", say=turn.say, until=until)


async def _close(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    plan = await close_plan(
        tx,
        id=sent.about,
        decision=sent.id,
        because=sent.text("because"),
        by=turn.person,
        now=turn.at,
    )
    return cards.done(plan, "closed", say=turn.say)


async def _refuse(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    plan = await answer_plan_extension(
        tx,
        id=sent.about,
        decision=sent.id,
        agrees=False,
        because=sent.text("because"),
        by=turn.person,
        now=turn.at,
    )
    return cards.done(plan, "refused", opens=False, say=turn.say)


EXTEND = Flow(
    name="plan_extend",
    about=PLAN,
    load=_load,
    steps=(
        Step(
            key="decide",
            fields=(Field(key="until", kind=ComingDay(), data=FACT), BECAUSE),
        ),
    ),
    finish=_extend,
    keeps_key=False,
)
CLOSE = Flow(
    name="plan_close",
    about=PLAN,
    load=_load_left,
    steps=(Step(key="decide", fields=(BECAUSE,)),),
    finish=_close,
    keeps_key=False,
)
REFUSE = Flow(
    name="plan_refuse",
    about=PLAN,
    load=_load_asked,
    steps=(Step(key="decide", fields=(BECAUSE,)),),
    finish=_refuse,
    keeps_key=False,
)
FORMS = (EXTEND, CLOSE, REFUSE)
