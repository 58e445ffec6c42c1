"""An alert, as a thing that a press is about and whose number can be typed: R2026-0001."""

from uuid import UUID

from cards.presses import about
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.read_alert import may_read


async def _find(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    year, _, number = reference[1:].partition("-")
    found = await tx.alerts.by_number(int(year), int(number))
    return (found.id, found.version) if found else None


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        found = await may_read(tx, turn.person, id)
    except RuleBroken:
        return None
    return turn.say("button.alert.open"), "alert.open", about("alert", id, found.version)


ALERT = Thing(name="alert", reference=r"r\d{4}-\d{4,6}", find=_find, again=_again)
