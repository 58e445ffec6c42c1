"""A committee's meeting as a thing that is named by its number."""

from uuid import UUID

from cards.meet import about_meeting
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.access import Action
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases import permit


async def _find(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    found = await tx.committee_meetings.by_reference(reference)
    return (found.id, found.version) if found else None


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        found = await permit.meeting(tx, turn.person, Action.READ_MEETING, id, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.meet.open"), "meet.open", about_meeting(found[0])


COMMITTEE_MEETING = Thing(
    name="committee_meeting", reference=r"m\d{4}-\d{4,6}", find=_find, again=_again
)
