"""Actions in the chat: agreed between meetings, carried out, changed, given up (CASE-5)."""

from uuid import UUID

from cards import case_actions as cards
from cards.shown import Shown
from dialogs.agreeing import CATALOGUE_CHOICE, WORDS, titles, words
from dialogs.engine import begins, done
from dialogs.fields import Choice, Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.kinds import ComingDay, Offered
from dialogs.near_relations import ask_relation
from dialogs.offers import Offer
from dialogs.presses import Aim, Button, Thing, Verb
from dialogs.sent import Answers, Sent
from dialogs.things import CASE
from dialogs.turns import Turn
from domain.access import Action, can
from domain.case_actions import CaseAction, DropReason, by_due
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import PersonId
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import (
    add_action,
    change_action,
    complete_action,
    drop_action,
    must_run,
    owners_offered,
)
from usecases.find_action import handled_action, own_action
from usecases.read_action import OpenedAction, case_to_clear, read_action
from usecases.read_case import must_be_cleared, open_case


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        opened = await read_action(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.action.open"), "action.open", cards.where(opened.action)


ACTION = Thing(name="action", again=_again)


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    unasked = await case_to_clear(tx, id=aim.id, by=turn.person, now=turn.at)
    if unasked is not None:
        return await ask_relation(tx, turn, unasked)
    opened = await read_action(tx, id=aim.id, by=turn.person, now=turn.at)
    return _drawn(opened, turn)


def _drawn(opened: OpenedAction, turn: Turn) -> Shown:
    may = [each for each in opened.may if each.startswith("action.")]
    return cards.one(
        opened.action,
        reference=opened.case.reference,
        names={opened.owner.id: opened.owner.name},
        may=may,
        case=opened.case if "case.open" in opened.may else None,
        today=turn.today,
        reader=turn.person.authority,
        say=turn.say,
    )


async def _list(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    opened = await open_case(tx, id=aim.id, by=turn.person, now=turn.at)
    if opened is None:
        return await ask_relation(tx, turn, aim.id)
    may_read = DataClass.ACTIONS in opened.classes
    return cards.listed(
        opened.case,
        by_due(opened.actions) if may_read else [],
        names={who: person.name for who, person in opened.people.items()},
        may_add=can(opened.actor, Action.ADD_ACTION, opened.matter) and not opened.matter.ended,
        today=turn.today,
        reader=turn.person.authority,
        say=turn.say,
    )


def _has_words(answers: Answers) -> None:
    if not (answers.get("idea") or answers.get("what")):
        raise RuleBroken("action.no_words")


async def _load_new(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    case, matter, _ = await permit.case(
        tx, turn.person, Action.ADD_ACTION, asking.about, result=None, now=turn.at
    )
    must_run(matter)
    await must_be_cleared(tx, turn.person, case.id)
    offered = await owners_offered(tx, matter)
    return Given(
        title=case.reference,
        version=case.version,
        offers={"owner": titles(offered.values(), turn.say)},
    )


async def _add(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    due = sent.day("due")
    await add_action(
        tx,
        id=sent.id,
        case=sent.about,
        seen=sent.seen,
        by=turn.person,
        what=words(sent.text("idea"), sent.text("what"), turn.say),
        owner=PersonId(sent.text("owner")),
        due_on=due or turn.today,
        now=turn.at,
    )
    return await done(tx, NEW, sent, turn)


OWNER = Field(key="owner", kind=Offered(), data=DataClass.ACTIONS)
DUE = Field(key="due", kind=ComingDay(), data=DataClass.ACTIONS)
NEW = Flow(
    name="new_action",
    about=CASE,
    load=_load_new,
    steps=(
        Step(
            key="action",
            fields=(
                Field(key="idea", kind=CATALOGUE_CHOICE, data=DataClass.ACTIONS, optional=True),
                Field(key="what", kind=WORDS, data=DataClass.ACTIONS, optional=True),
                OWNER,
                DUE,
            ),
            check=_has_words,
        ),
    ),
    finish=_add,
    keeps_key=False,
)


async def _load_own(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    action, case, _ = await own_action(tx, id=asking.about, by=turn.person, now=turn.at)
    return _about(action, case.reference)


def _about(action: CaseAction, reference: str) -> Given:
    return Given(title=reference, version=action.version, notes=[action.what])


async def _complete(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await complete_action(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        result=sent.text("result"),
        now=turn.at,
    )
    return await done(tx, DONE, sent, turn)


DONE = Flow(
    name="action_done",
    about=ACTION,
    load=_load_own,
    steps=(
        Step(
            key="result",
            fields=(
                Field(
                    key="result",
                    kind=Text(least=3, at_most=500, lines=True),
                    data=DataClass.ACTIONS,
                ),
            ),
        ),
    ),
    finish=_complete,
    keeps_key=False,
)


async def _load_drop(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    action, case, _ = await handled_action(tx, id=asking.about, by=turn.person, now=turn.at)
    await must_be_cleared(tx, turn.person, case.id)
    return _about(action, case.reference)


async def _drop(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await drop_action(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        reason=DropReason(sent.text("reason")),
        words=sent.text("words"),
        now=turn.at,
    )
    return await done(tx, DROP, sent, turn)


DROP = Flow(
    name="action_drop",
    about=ACTION,
    load=_load_drop,
    steps=(
        Step(
            key="drop",
            fields=(
                Field(
                    key="reason",
                    kind=Choice(names=tuple(DropReason), texts="drop_reason"),
                    data=DataClass.ACTIONS,
                ),
                Field(
                    key="words",
                    kind=Text(least=3, at_most=500, lines=True),
                    data=DataClass.ACTIONS,
                ),
            ),
        ),
    ),
    finish=_drop,
    keeps_key=False,
)


async def _load_change(tx: Transaction, asking: Asking) -> Given:
    turn = asking.turn
    action, case, matter = await handled_action(tx, id=asking.about, by=turn.person, now=turn.at)
    await must_be_cleared(tx, turn.person, case.id)
    offered = await owners_offered(tx, matter)
    owner = {"owner": action.owner} if action.owner in offered else {}
    return Given(
        title=case.reference,
        version=action.version,
        offers={"owner": titles(offered.values(), turn.say)},
        known={"what": action.what, "due": action.due_on.isoformat(), **owner},
    )


async def _change(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    await change_action(
        tx,
        id=sent.about,
        seen=sent.seen,
        by=turn.person,
        what=sent.text("what"),
        owner=PersonId(sent.text("owner")),
        due_on=sent.day("due") or turn.today,
        now=turn.at,
    )
    return await done(tx, CHANGE, sent, turn)


CHANGE = Flow(
    name="action_change",
    about=ACTION,
    load=_load_change,
    steps=(
        Step(
            key="change",
            fields=(Field(key="what", kind=WORDS, data=DataClass.ACTIONS), OWNER, DUE),
        ),
    ),
    finish=_change,
    keeps_key=False,
)


OFFER = Offer(
    verbs={
        "action.list": Verb(take=_list, about=CASE, words=("handlinger", "actions")),
        "action.add": Verb(
            take=begins(NEW), about=CASE, words=("ny handling", "new action", "handling")
        ),
        "action.open": Verb(take=_open, about=ACTION),
        "action.done": Verb(take=begins(DONE), about=ACTION),
        "action.drop": Verb(take=begins(DROP), about=ACTION),
        "action.change": Verb(take=begins(CHANGE), about=ACTION),
    },
    flows=(NEW, DONE, DROP, CHANGE),
)
