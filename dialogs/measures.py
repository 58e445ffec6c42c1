"""Measures in the chat: `mine tiltag`, `tiltag R2026-0001 3`, `i gang`, `udført`, `kan ikke`."""

from cards import measures as cards
from cards.action_plans import CHOSEN
from cards.plain import unmarked
from cards.shown import Shown
from dialogs import action_plan_forms, measure_forms
from dialogs.engine import begins
from dialogs.offers import Offer
from dialogs.plan_pages import PAGES, list_page, measure_page, placed
from dialogs.presses import Aim, Verb, alone
from dialogs.things_plan import MEASURE, PLAN
from dialogs.turns import Turn
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.carry_out_measure import (
    complete_measure,
    pass_measure_on,
    start_measure,
    take_measure_back,
)
from usecases.permit_action_plan import find_plan
from usecases.read_action_plan import my_measures, numbered

LONGEST_NUMBER = 3


async def _mine(tx: Transaction, turn: Turn) -> Shown:
    waiting = await my_measures(tx, by=turn.person, now=turn.at)
    return cards.mine([placed(*each) for each in waiting], now=turn.at, say=turn.say)


async def _list(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await list_page(tx, turn, aim.id, page=int(aim.inputs.get("page") or 1))


async def _pick(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    access = await find_plan(tx, turn.person, aim.id)
    said = aim.inputs.get(CHOSEN, "")
    known = said.isdecimal() and len(said) <= LONGEST_NUMBER
    measure = numbered(access.plan, int(said)) if known else None
    if measure is None:
        return await list_page(tx, turn, aim.id, problem="measure.unchosen")
    return await measure_page(tx, turn, measure.id)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await measure_page(tx, turn, aim.id)


async def _start(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await start_measure(tx, id=aim.id, by=turn.person, now=turn.at)
    return await measure_page(tx, turn, aim.id, top=turn.say("measure.top.under_way"))


async def _done(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    measure = await complete_measure(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    again = "measure.top.done_today" if measure.waits else "measure.top.done"
    return await measure_page(tx, turn, aim.id, top=turn.say(again))


async def _unable(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    passed = await pass_measure_on(tx, id=aim.id, by=turn.person, now=turn.at)
    name = unmarked((await tx.people.get(passed.to)).name) if passed.to else ""
    if passed.before:
        top = turn.say("measure.top.of_another", name=name or turn.say("measure.nobody"))
    elif passed.to is None:
        top = turn.say("measure.top.leaders_told")
    else:
        top = turn.say("measure.top.handed_on", name=name)
    return await measure_page(tx, turn, aim.id, top=top)


async def _take_back(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await take_measure_back(tx, id=aim.id, by=turn.person, now=turn.at)
    return await measure_page(tx, turn, aim.id, top=turn.say("measure.top.taken_back"))


def _is_professional(actor: Actor) -> bool:
    return bool(standing(actor) - {Role.REP, Role.EXT, Role.LUM})


OFFER = Offer(
    verbs={
        "measure.mine": Verb(take=alone(_mine), words=("mine tiltag", "my measures")),
        "measure.list": Verb(
            take=_list,
            about=PLAN,
            carries={"page": frozenset(PAGES)},
            words=("tiltag", "measures"),
        ),
        "measure.pick": Verb(take=_pick, about=PLAN, asks=frozenset({CHOSEN})),
        "measure.add": Verb(
            take=begins(measure_forms.NEW), about=PLAN, words=("nyt tiltag", "new measure")
        ),
        "measure.assign": Verb(
            take=begins(action_plan_forms.ASSIGN),
            about=PLAN,
            words=("fordel tiltag", "assign measures"),
        ),
        "measure.shift": Verb(
            take=begins(action_plan_forms.SHIFT),
            about=PLAN,
            words=("flyt frister", "move deadlines"),
        ),
        "measure.open": Verb(take=_open, about=MEASURE, words=("tiltag", "measure")),
        "measure.start": Verb(take=_start, about=MEASURE, words=("i gang", "under way")),
        "measure.done": Verb(take=_done, about=MEASURE, words=("udført", "done")),
        "measure.unable": Verb(take=_unable, about=MEASURE, words=("kan ikke", "cannot")),
        "measure.change": Verb(
            take=begins(measure_forms.CHANGE, holding=measure_forms.as_it_was),
            about=MEASURE,
            words=("ret tiltag", "change measure"),
        ),
        "measure.drop": Verb(
            take=begins(measure_forms.DROP), about=MEASURE, words=("udgår", "drop")
        ),
        "measure.take_back": Verb(
            take=_take_back, about=MEASURE, words=("tag tilbage", "take back")
        ),
    },
    flows=(
        measure_forms.NEW,
        measure_forms.CHANGE,
        measure_forms.DROP,
        action_plan_forms.ASSIGN,
        action_plan_forms.SHIFT,
    ),
    helps={"help.measures": _is_professional},
)
