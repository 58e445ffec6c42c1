"""Tell the family, plan it, or ask a colleague to agree that it waits (domain.md §7.3)."""

from uuid import UUID, uuid5

from cards import informing as cards
from cards.presses import about
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.exempting import EXEMPTION, REASON
from dialogs.fields import Choice, Day, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import YES_NO, ComingDay
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Thing, Verb
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.countersigns import CountersignKind
from domain.data_classes import DataClass
from domain.informings import How
from domain.people import Authority
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.countersign import open_of
from usecases.exempt_informing import (
    reassess_exemption,
)
from usecases.inform_family import (
    find_informing,
    informings_of,
    note_nobody,
    plan_telling,
    tell_family,
)

HOW = Choice(names=tuple(How), texts="inform.how")
WHOSE = Choice(names=tuple(Authority), texts="authority")


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    informing = await tx.informings.find(id)
    again = CASE.again if informing is not None else None
    if informing is None or again is None or await again(tx, turn, informing.case) is None:
        return None
    case = await tx.cases.find(informing.case)
    version = case.version if case else 0
    return turn.say("button.inform.list"), "inform.list", about("case", informing.case, version)


INFORMING = Thing(name="inform", again=_again)


async def _list(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _listed(tx, turn, aim.id)


async def _listed(tx: Transaction, turn: Turn, case_id: UUID) -> Shown:
    case, _, noted = await informings_of(tx, id=case_id, by=turn.person, now=turn.at)
    asked = await open_of(tx, case.id, CountersignKind.EXEMPT_INFORMING, now=turn.at)
    return cards.informings(case, noted, today=turn.today, say=turn.say, waits=asked is not None)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    case, informing = await find_informing(
        tx, id=aim.id, action=Action.INFORM, by=turn.person, now=turn.at
    )
    return cards.one(case, informing, today=turn.today, say=turn.say)


async def _words(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    case, informing = await find_informing(
        tx, id=aim.id, action=Action.INFORM, by=turn.person, now=turn.at
    )
    return cards.words(case, informing, say=turn.say)


async def _load(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, informing = await find_informing(
        tx, id=asking.about, action=Action.INFORM, by=turn.person, now=turn.at
    )
    stands = cards.line(informing, today=turn.today, say=turn.say)
    return Given(
        title=case.reference,
        version=informing.version,
        notes=(stands,),
        known={"authority": informing.authority.value},
    )


async def _told(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await tell_family(
        tx,
        id=sent.about,
        record=sent.id,
        seen=sent.seen,
        on=sent.day("on") or turn.today,
        how=How(sent.text("how")),
        told_by=sent.text("told_by"),
        reaction=sent.text("reaction"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, TOLD, sent, turn)


TOLD = Flow(
    name="inform_told",
    about=INFORMING,
    load=_load,
    steps=(
        Step(
            key="told",
            fields=(
                Field(key="on", kind=Day(), data=DataClass.DECISIONS),
                Field(key="how", kind=HOW, data=DataClass.DECISIONS),
                Field(key="told_by", kind=Text(least=2, at_most=120), data=DataClass.DECISIONS),
                Field(
                    key="reaction",
                    kind=Text(at_most=1000, lines=True),
                    data=DataClass.DECISIONS,
                    optional=True,
                ),
            ),
        ),
    ),
    finish=_told,
    keeps_key=False,
)


async def _planned(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await plan_telling(
        tx,
        id=sent.about,
        record=sent.id,
        seen=sent.seen,
        by_day=sent.day("by_day") or turn.today,
        authority=Authority(sent.text("authority")),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, PLAN, sent, turn)


PLAN = Flow(
    name="inform_plan",
    about=INFORMING,
    load=_load,
    steps=(
        Step(
            key="plan",
            fields=(
                Field(key="authority", kind=WHOSE, data=DataClass.DECISIONS),
                Field(key="by_day", kind=ComingDay(), data=DataClass.DECISIONS),
            ),
        ),
    ),
    finish=_planned,
    keeps_key=False,
)


async def _nobody(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    noted = await note_nobody(
        tx,
        id=aim.id,
        record=uuid5(aim.id, f"nobody:{aim.version}"),
        seen=aim.version,
        by=turn.person,
        now=turn.at,
    )
    return await _listed(tx, turn, noted.case)


async def _reassess(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await reassess_exemption(
        tx,
        id=sent.about,
        record=sent.id,
        seen=sent.seen,
        still_holds=sent.yes("still_holds"),
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, REASSESS, sent, turn)


REASSESS = Flow(
    name="inform_reassess",
    about=INFORMING,
    load=_load,
    steps=(
        Step(
            key="reassess",
            fields=(
                Field(key="still_holds", kind=YES_NO, data=DataClass.DECISIONS),
                Field(key="reason", kind=REASON, data=DataClass.DECISIONS),
            ),
        ),
    ),
    finish=_reassess,
    keeps_key=False,
)


def informs(actor: Actor) -> bool:
    """Whether somebody works on cases whose families are to be told."""
    return bool(standing(actor) & {Role.FAC, Role.KGM, Role.PFAC, Role.PKM})


OFFER = Offer(
    verbs={
        "inform.list": Verb(take=_list, about=CASE, words=("orientering", "informing")),
        "inform.exempt": Verb(take=begins(EXEMPTION), about=CASE, words=("undtag", "exempt")),
        "inform.open": Verb(take=_open, about=INFORMING),
        "inform.words": Verb(take=_words, about=INFORMING),
        "inform.told": Verb(take=begins(TOLD), about=INFORMING),
        "inform.plan": Verb(take=begins(PLAN), about=INFORMING),
        "inform.nobody": Verb(take=_nobody, about=INFORMING),
        "inform.reassess": Verb(take=begins(REASSESS), about=INFORMING),
    },
    flows=(TOLD, PLAN, REASSESS, EXEMPTION),
    helps={"help.informing": informs},
)
