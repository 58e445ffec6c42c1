"""The things that have a number, and so can be named by typing it."""

from uuid import UUID

from cards import concerns as cards
from cards.presses import about
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.access import Action
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases import permit


async def _find_concern(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = await tx.concerns.by_reference(reference)
    return (found.id, found.version) if found else None


async def _concern_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        found = await permit.concern(tx, turn.person, Action.OPEN, id, result=None, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.concern.open"), "concern.open", cards.about(found[0])


async def _find_case(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = await tx.cases.by_reference(reference)
    return (found.id, found.version) if found else None


async def _case_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        found = await permit.case(tx, turn.person, Action.OPEN, id, result=None, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.case.open"), "case.open", about("case", id, found[0].version)


CONCERN = Thing(
    name="concern", reference=r"b\d{4}-\d{4,6}", find=_find_concern, again=_concern_again
)
CASE = Thing(name="case", reference=r"\d{4}-\d{4,6}", find=_find_case, again=_case_again)


async def _find_group(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = await tx.groups.by_reference(reference)
    return (found.id, found.version) if found else None


async def _group_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        await permit.group(tx, turn.person, Action.SEE_GROUP, id, result=None, now=turn.at)
    except RuleBroken:
        return None
    group = await tx.groups.find(id)
    version = group.version if group else 0
    return turn.say("button.group.open"), "group.open", about("group", id, version)


async def _find_effort(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = await tx.efforts.by_reference(reference)
    return (found.id, found.version) if found else None


async def _effort_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        found = await permit.effort(tx, turn.person, Action.READ_EFFORT, id, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.effort.open"), "effort.open", about("effort", id, found[0].version)


EFFORT = Thing(name="effort", reference=r"i\d{4}-\d{4,6}", find=_find_effort, again=_effort_again)
GROUP = Thing(name="group", reference=r"g\d{4}-\d{4,6}", find=_find_group, again=_group_again)
