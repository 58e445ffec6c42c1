"""A level's playbook in the chat: read by everybody who works on cases, written by few (LVL-5)."""

from uuid import NAMESPACE_OID, UUID, uuid5

from cards import playbooks as cards
from cards.delivery import Button, Part
from cards.presses import about
from cards.shown import Shown
from dialogs.engine import begins
from dialogs.fields import Text
from dialogs.flow import Asking, Field, Flow, Given, Step
from dialogs.offers import Offer
from dialogs.presses import Aim, Thing, Verb, alone
from dialogs.sent import Sent
from dialogs.turns import Turn
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.levels import LEVELS
from domain.office_actions import OfficeAction, may
from domain.playbooks import AT_MOST
from domain.roles import Actor, Role, standing
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.write_playbook import see_playbook, write_playbook


def playbook_of(level: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"playbook/{level}")


_LEVELS = {playbook_of(level): level for level in LEVELS}


def _level(id: UUID) -> int:
    if id not in _LEVELS:
        raise RuleBroken("playbook.not_found", about=str(id))
    return _LEVELS[id]


PLAYBOOK = Thing(name="playbook")


async def _list(tx: Transaction, turn: Turn) -> Shown:
    return await shown(tx, turn, LEVELS[0])


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await shown(tx, turn, _level(aim.id))


async def shown(
    tx: Transaction,
    turn: Turn,
    level: int,
    *,
    top: tuple[Part, ...] = (),
    buttons: tuple[Button, ...] = (),
) -> Shown:
    """Show a level's playbook, under what has just been done if anything."""
    actor = await actor_of(tx, turn.person)
    if not sees_cases(actor):
        raise RuleBroken("playbook.not_found", about=str(playbook_of(level)))
    seen = await see_playbook(tx, level)
    here = about("playbook", playbook_of(level), seen.version)
    ways: list[Button] = [*buttons]
    if may(actor, OfficeAction.WRITE_PLAYBOOK):
        ways.append((turn.say("button.playbook.write"), "playbook.write", here))
    others = [each for each in LEVELS if each != level] if not buttons else []
    for each in others:
        data = about("playbook", playbook_of(each), 0)
        ways.append((turn.say("playbook.other", level=each), "playbook.open", data))
    return cards.playbook(level, seen.text, seen.offered, top=top, buttons=ways, say=turn.say)


async def _load(tx: Transaction, asking: Asking) -> Given:
    turn, level = asking.turn, _level(asking.about)
    if not may(await actor_of(tx, turn.person), OfficeAction.WRITE_PLAYBOOK):
        raise RuleBroken("playbook.not_found", about=str(asking.about))
    seen = await see_playbook(tx, level)
    return Given(
        title=turn.say("playbook.title", level=level),
        version=seen.version,
        known={"text": seen.text} if seen.text else {},
    )


async def _write(tx: Transaction, sent: Sent, turn: Turn) -> Shown:
    level = _level(sent.about)
    await write_playbook(
        tx, level=level, seen=sent.seen, text=sent.text("text"), by=turn.person, now=turn.at
    )
    return await shown(tx, turn, level)


WRITING = Flow(
    name="playbook",
    about=PLAYBOOK,
    load=_load,
    steps=(
        Step(
            key="text",
            fields=(
                Field(
                    key="text",
                    kind=Text(least=3, at_most=AT_MOST, lines=True),
                    data=DataClass.METADATA,
                ),
            ),
        ),
    ),
    finish=_write,
    keeps_key=False,
)
_WORK = frozenset({Role.KGM, Role.FAC, Role.PKM, Role.PFAC, Role.SEK, Role.STEW})


def sees_cases(actor: Actor) -> bool:
    return bool(standing(actor) & _WORK)


OFFER = Offer(
    verbs={
        "playbook.list": Verb(
            take=alone(_list), words=("handlevejledning", "playbook"), typed_only=True
        ),
        "playbook.open": Verb(take=_open, about=PLAYBOOK),
        "playbook.write": Verb(take=begins(WRITING), about=PLAYBOOK),
    },
    flows=(WRITING,),
    helps={"help.playbook": sees_cases},
)
