"""A case in the chat: opened, looked back on, led, and the way to all that can be done."""

from functools import partial

from cards import cases as cards
from cards import countersigns
from cards.shown import Shown
from dialogs import case_menu
from dialogs.agreeing import titles
from dialogs.case_history import lines
from dialogs.case_sections import SECTIONS
from dialogs.coordination import COORDINATION, coordinate
from dialogs.engine import begins, done
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import Offered
from dialogs.levels import LEVEL
from dialogs.meetings import way_back
from dialogs.near_relations import ask_relation
from dialogs.offers import Offer
from dialogs.plus_sections import waiting
from dialogs.presses import Aim, Button, Verb
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.people import PersonId
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases import permit
from usecases.countersign import may_answer
from usecases.lead_case import appoint_lead, leads_offered
from usecases.read_case import OpenedCase, must_be_cleared, open_case

MOST_LINES = 20


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _read(tx, turn, aim, no_relation=False)


async def _read(tx: Transaction, turn: Turn, aim: Aim, *, no_relation: bool) -> Shown:
    opened = await open_case(tx, id=aim.id, by=turn.person, no_relation=no_relation, now=turn.at)
    if opened is None:
        return await ask_relation(tx, turn, aim.id)
    return await face(tx, turn, opened)


async def face(tx: Transaction, turn: Turn, opened: OpenedCase) -> Shown:
    """Draw the card of a case for the person who has opened it."""
    parts = [part for section in SECTIONS for part in await section(tx, turn, opened)]
    waits = await waiting(tx, turn, opened.case)
    entries = case_menu.offered(opened.actor, opened.case, opened.matter, waiting=waits)
    besides = [
        *await _to_agree(tx, turn, opened),
        *await way_back(tx, turn, opened.actor, opened.case),
    ]
    buttons = case_menu.on_the_card(entries, opened.case, turn.say, besides=besides[:1])
    return cards.case_card(opened.case, parts, buttons=buttons, say=turn.say)


async def _to_agree(tx: Transaction, turn: Turn, opened: OpenedCase) -> list[Button]:
    """Lead whoever may answer it to what a colleague asks about the case."""
    return [
        (turn.say("button.countersign.list"), "countersign.open", countersigns.where(each))
        for each in opened.asked
        if each.asked_by != turn.person.id and await may_answer(tx, turn.person, each, now=turn.at)
    ]


async def _more(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Show what else can be done; it reads nothing that was confided."""
    case, matter, actor = await permit.case(
        tx, turn.person, Action.OPEN, aim.id, result=None, now=turn.at
    )
    waits = await waiting(tx, turn, case)
    entries = case_menu.offered(actor, case, matter, waiting=waits)
    page = int(aim.inputs.get("page") or aim.rest or 1)
    buttons = case_menu.on_page(entries, page, case, turn.say)
    return cards.menu(case, buttons=buttons, say=turn.say)


async def _history(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    opened = await open_case(tx, id=aim.id, by=turn.person, now=turn.at)
    if opened is None:
        return await ask_relation(tx, turn, aim.id)
    told = await lines(tx, turn, opened)
    return cards.history(
        opened.case,
        told[:MOST_LINES],
        left_out=max(0, len(told) - MOST_LINES),
        reader=turn.person.authority,
        say=turn.say,
    )


async def _load_lead(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, matter, _ = await permit.case(
        tx, turn.person, Action.APPOINT_LEAD, asking.about, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    offered = await leads_offered(tx, matter)
    return Given(
        title=case.reference,
        version=case.version,
        offers={"lead": titles(offered.values(), turn.say)},
        known={"lead": case.lead} if case.lead in offered else {},
    )


async def _appoint(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await appoint_lead(
        tx,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        lead=PersonId(sent.text("lead")),
        now=turn.at,
    )
    return await done(tx, LEAD, sent, turn)


LEAD = Flow(
    name="lead",
    about=CASE,
    load=_load_lead,
    steps=(
        Step(
            key="lead",
            fields=(Field(key="lead", kind=Offered(), data=DataClass.METADATA),),
        ),
    ),
    finish=_appoint,
    keeps_key=False,
)


def works_on_cases(actor: Actor) -> bool:
    """Whether somebody has cases at all."""
    return bool(standing(actor) & {Role.KGM, Role.FAC, Role.PKM, Role.PFAC, Role.SEK})


OFFER = Offer(
    verbs={
        "case.open": Verb(take=_open, about=CASE, words=("sag", "case", "åbn", "open")),
        "case.clear": Verb(take=partial(_read, no_relation=True), about=CASE, words=("nej", "no")),
        "case.more": Verb(take=_more, about=CASE, carries={"page": frozenset(case_menu.PAGES)}),
        "case.history": Verb(take=_history, about=CASE, words=("historik", "history")),
        "case.coordinate": Verb(
            take=coordinate, about=CASE, words=("koordinér", "coordinate", "koordiner")
        ),
        "case.set_level": Verb(take=begins(LEVEL), about=CASE, words=("niveau", "level")),
        "case.lead": Verb(take=begins(LEAD), about=CASE, words=("tovholder", "lead")),
    },
    flows=(COORDINATION, LEVEL, LEAD),
    helps={"help.cases": works_on_cases},
)
