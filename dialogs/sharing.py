"""Bring somebody into a case for a time, through the gate; end it; and why one is here."""

from uuid import UUID

from cards import sharing as cards
from cards.presses import about
from cards.shown import Shown
from dialogs.agreeing import titles
from dialogs.concern_answers import judged
from dialogs.engine import begins, done
from dialogs.fields import Several, Text
from dialogs.flow import Asking, Field, Flow, Given, Step, is_
from dialogs.gate_steps import gate_steps
from dialogs.kinds import Number, Offered, SeveralOffered
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Thing, Verb
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.people import PersonId
from domain.roles import Actor, Role, standing
from domain.sharing import DAYS, MOST_DAYS, TO_LEADERS, TO_PARTICIPANTS
from storage.database import Transaction
from usecases import permit
from usecases.bring_in import (
    add_participant,
    end_grant,
    escalate,
    grants_of,
    leaders_offered,
    participants_offered,
    why_here,
)
from usecases.read_case import must_be_cleared

OTHER = "other"
GRANT = Thing(name="grant", versioned=False)


async def _back(tx: Transaction, turn: Turn, case: UUID) -> Button:
    found = await tx.cases.find(case)
    version = found.version if found else 0
    return turn.say("button.grant.list"), "grant.list", about("case", case, version)


async def _load_ad_hoc(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.ADD_AD_HOC, asking.about, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    offered = await participants_offered(tx, id=case.id, by=turn.person, now=turn.at)
    people = titles(offered, turn.say)
    return Given(
        title=case.reference,
        version=case.version,
        offers={"who": {**people, OTHER: turn.say("adhoc.somebody_else")}},
    )


async def _add(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    who = sent.text("who")
    grant = await add_participant(
        tx,
        id=sent.id,
        case_id=sent.about,
        who=sent.text("other") if who == OTHER else who,
        classes=[DataClass(each) for each in sent.several("classes")],
        days=sent.number("days") or DAYS,
        task=sent.text("task"),
        judged=judged(sent.answers),
        by=turn.person,
        now=turn.at,
    )
    if grant is None:
        way_on = await _back(tx, turn, sent.about)
        return cards.not_shared(judged(sent.answers), say=turn.say, way_on=way_on)
    return await done(tx, AD_HOC, sent, turn, until=turn.say.day(local_date(grant.expires_at)))


AD_HOC = Flow(
    name="adhoc",
    about=CASE,
    load=_load_ad_hoc,
    steps=(
        Step(
            key="who",
            fields=(
                Field(key="who", kind=Offered(), data=DataClass.DECISIONS),
                Field(
                    key="other",
                    kind=Text(at_most=120),
                    data=DataClass.DECISIONS,
                    shown=is_("who", OTHER),
                ),
                Field(
                    key="task",
                    kind=Text(least=10, at_most=500, lines=True),
                    data=DataClass.DECISIONS,
                ),
                Field(
                    key="classes",
                    kind=Several(names=tuple(TO_PARTICIPANTS), texts="data_class"),
                    data=DataClass.DECISIONS,
                ),
                Field(
                    key="days",
                    kind=Number(least=1, most=MOST_DAYS),
                    data=DataClass.DECISIONS,
                    optional=True,
                ),
            ),
        ),
        *gate_steps(),
    ),
    finish=_add,
    keeps_key=False,
)


async def _load_escalation(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, _, _ = await permit.case(
        tx, turn.person, Action.ESCALATE, asking.about, result=None, now=turn.at
    )
    await must_be_cleared(tx, turn.person, case.id)
    offered = await leaders_offered(tx, id=case.id, by=turn.person, now=turn.at)
    return Given(
        title=case.reference, version=case.version, offers={"to": titles(offered, turn.say)}
    )


async def _escalate(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    grants = await escalate(
        tx,
        id=sent.id,
        case_id=sent.about,
        to=[PersonId(each) for each in sent.several("to")],
        classes=[DataClass(each) for each in sent.several("classes")],
        purpose=sent.text("purpose"),
        judged=judged(sent.answers),
        by=turn.person,
        now=turn.at,
    )
    if not grants:
        way_on = await _back(tx, turn, sent.about)
        return cards.not_shared(judged(sent.answers), say=turn.say, way_on=way_on)
    return await done(
        tx, ESCALATION, sent, turn, until=turn.say.day(local_date(grants[0].expires_at))
    )


ESCALATION = Flow(
    name="escalation",
    about=CASE,
    load=_load_escalation,
    steps=(
        Step(
            key="to",
            fields=(
                Field(key="to", kind=SeveralOffered(), data=DataClass.DECISIONS),
                Field(
                    key="purpose",
                    kind=Text(least=10, at_most=500, lines=True),
                    data=DataClass.DECISIONS,
                ),
                Field(
                    key="classes",
                    kind=Several(names=tuple(TO_LEADERS), texts="data_class"),
                    data=DataClass.DECISIONS,
                ),
            ),
        ),
        *gate_steps(sensitive=False),
    ),
    finish=_escalate,
    keeps_key=False,
)


async def _list(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _listed(tx, turn, aim.id)


async def _listed(tx: Transaction, turn: Turn, case_id: UUID) -> Shown:
    case, grants = await grants_of(tx, id=case_id, by=turn.person, now=turn.at)
    people = await tx.people.of_ids([each.person for each in grants])
    on = about("case", case.id, case.version)
    ways = [(turn.say("button.case.open"), "case.open", on)]
    return cards.grants(case, grants, people=people, ways=ways, say=turn.say)


async def _end(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    case = await end_grant(tx, id=aim.id, by=turn.person, now=turn.at)
    return await _listed(tx, turn, case.id)


async def _why(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    case, grant, task = await why_here(tx, id=aim.id, by=turn.person, now=turn.at)
    return cards.why(
        case,
        cards.Asked(task=task, grant=grant),
        police=turn.person.authority == "KP",
        say=turn.say,
    )


def brings_in(actor: Actor) -> bool:
    """Whether somebody could bring others into a case."""
    return bool(standing(actor) & {Role.FAC, Role.KGM, Role.PFAC, Role.PKM})


OFFER = Offer(
    verbs={
        "grant.add_ad_hoc": Verb(
            take=begins(AD_HOC), about=CASE, words=("inddrag", "involve", "bring in")
        ),
        "grant.escalate": Verb(
            take=begins(ESCALATION), about=CASE, words=("eskalér", "escalate", "eskaler")
        ),
        "grant.list": Verb(take=_list, about=CASE, words=("adgange", "grants")),
        "grant.why": Verb(take=_why, about=CASE, words=("hvorfor", "why")),
        "grant.end": Verb(take=_end, about=GRANT),
    },
    flows=(AD_HOC, ESCALATION),
    helps={"help.sharing": brings_in},
)
