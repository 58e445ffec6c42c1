"""File what happened: the list, the document, where it was put, and a second look (NOT-4, 5)."""

from uuid import UUID

from cards import filing as cards
from cards.shown import Shown
from dialogs.engine import begins, done
from dialogs.fields import Choice, Day, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Thing, Verb
from dialogs.sent import Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.journal import JOURNAL_REF, WhyNot
from domain.people import Authority
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases import permit
from usecases.file_notes import (
    Filing,
    file_notes,
    filings_of,
    need_not_file,
    read_filing,
    verify_filing,
)
from usecases.make_document import ask_for_case, ask_for_filing, must_have_answered

SYSTEM = Choice(names=tuple(Authority), texts="authority")
WHY_NOT = Choice(names=tuple(WhyNot), texts="journal.why_not")
REASON = Text(least=10, at_most=500, lines=True)
REF = Text(least=3, at_most=40, shape=JOURNAL_REF.pattern, shape_problem="journal.ref_shape")


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        filing = await read_filing(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.journal.open"), "journal.open", cards.here(filing.task)


TASK = Thing(name="journal", again=_again)


async def _list(tx: Transaction, turn: Turn, _: Aim) -> Shown:
    found = await filings_of(tx, by=turn.person, now=turn.at)
    return cards.tasks([_waiting(each) for each in found], today=turn.today, say=turn.say)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await _shown(tx, turn, aim.id)


async def _verify(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await verify_filing(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await _shown(tx, turn, aim.id)


async def _shown(tx: Transaction, turn: Turn, id: UUID) -> Shown:
    filing = await read_filing(tx, id=id, by=turn.person, now=turn.at)
    doers = await tx.people.of_ids([each.by for each in filing.notes if each.by is not None])
    return cards.task(
        _waiting(filing),
        filing.notes,
        people={id_: person.name for id_, person in doers.items()},
        by_me=filing.task.filed_by == turn.person.id,
        say=turn.say,
    )


def _waiting(filing: Filing) -> cards.Waiting:
    return cards.Waiting(task=filing.task, reference=filing.matter.reference)


async def _load(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    filing = await read_filing(tx, id=asking.about, by=turn.person, now=turn.at)
    return Given(title=filing.matter.reference, version=filing.task.version)


async def _load_document(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    filing = await read_filing(tx, id=asking.about, by=turn.person, now=turn.at)
    await must_have_answered(tx, filing.matter, turn.person)
    return Given(title=filing.matter.reference, version=filing.task.version)


async def _file(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await file_notes(
        tx,
        id=sent.about,
        seen=sent.seen,
        journal_ref=sent.text("ref"),
        system=Authority(sent.text("system")),
        on=sent.day("on") or turn.today,
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, FILE, sent, turn)


FILE = Flow(
    name="journal_file",
    about=TASK,
    load=_load,
    steps=(
        Step(
            key="file",
            fields=(
                Field(key="ref", kind=REF, data=DataClass.JOURNAL),
                Field(key="system", kind=SYSTEM, data=DataClass.JOURNAL),
                Field(key="on", kind=Day(), data=DataClass.JOURNAL),
            ),
        ),
    ),
    finish=_file,
    keeps_key=False,
)


async def _leave(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await need_not_file(
        tx,
        id=sent.about,
        seen=sent.seen,
        why_not=WhyNot(sent.text("why_not")),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, LEAVE, sent, turn)


LEAVE = Flow(
    name="journal_leave",
    about=TASK,
    load=_load,
    steps=(
        Step(
            key="why_not",
            fields=(Field(key="why_not", kind=WHY_NOT, data=DataClass.JOURNAL),),
        ),
    ),
    finish=_leave,
    keeps_key=False,
)


async def _document(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await ask_for_filing(
        tx,
        id=sent.id,
        task=sent.about,
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, DOCUMENT, sent, turn)


DOCUMENT = Flow(
    name="journal_document",
    about=TASK,
    load=_load_document,
    steps=(
        Step(
            key="reason",
            texts="export",
            fields=(Field(key="reason", kind=REASON, data=DataClass.DECISIONS, texts="export"),),
        ),
    ),
    finish=_document,
    keeps_key=False,
)


async def _load_case(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, matter, _ = await permit.case(
        tx, turn.person, Action.EXPORT, asking.about, result=None, now=turn.at
    )
    await must_have_answered(tx, matter, turn.person)
    return Given(title=case.reference, version=case.version)


async def _export(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await ask_for_case(
        tx,
        id=sent.id,
        case=sent.about,
        reason=sent.text("reason"),
        by=turn.person,
        now=turn.at,
    )
    return await done(tx, EXPORT, sent, turn)


EXPORT = Flow(
    name="case_export",
    about=CASE,
    load=_load_case,
    steps=(
        Step(
            key="reason",
            texts="export",
            fields=(Field(key="reason", kind=REASON, data=DataClass.DECISIONS, texts="export"),),
        ),
    ),
    finish=_export,
    keeps_key=False,
)


def files(actor: Actor) -> bool:
    """Whether somebody files what happened at all."""
    return bool(standing(actor) & {Role.FAC, Role.PFAC, Role.SEK})


OFFER = Offer(
    verbs={
        "journal.list": Verb(take=_list, words=("journal", "filing")),
        "journal.open": Verb(take=_open, about=TASK),
        "journal.verify": Verb(take=_verify, about=TASK),
        "journal.file": Verb(take=begins(FILE), about=TASK),
        "journal.not_recordable": Verb(take=begins(LEAVE), about=TASK),
        "journal.document": Verb(take=begins(DOCUMENT), about=TASK),
        "case.export": Verb(take=begins(EXPORT), about=CASE, words=("udtræk", "export")),
    },
    flows=(FILE, LEAVE, DOCUMENT, EXPORT),
    helps={"help.journal": files},
)
