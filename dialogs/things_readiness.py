"""A readiness meeting, as a thing that is named by its alert and a number: R2026-0001/1."""

from uuid import UUID

from cards.readiness_meetings import about_meeting
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.read_readiness_meeting import see_readiness_meeting


async def _find(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    of_alert, _, number = reference.partition("/")
    year, _, count = of_alert[1:].partition("-")
    alert = await tx.alerts.by_number(int(year), int(count))
    meetings = [] if alert is None else await tx.readiness_meetings.of_alert(alert.id)
    found = next((each for each in meetings if each.number == int(number)), None)
    return (found.id, found.sequence) if found else None


async def _again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        found = await see_readiness_meeting(tx, id=id, by=turn.person)
    except RuleBroken:
        return None
    return turn.say("button.alertmeet.open"), "alertmeet.open", about_meeting(found.meeting)


READINESS_MEETING = Thing(
    name="readiness_meeting", reference=r"r\d{4}-\d{4,6}/\d{1,3}", find=_find, again=_again
)
