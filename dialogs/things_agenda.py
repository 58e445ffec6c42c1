"""What a committee takes up and writes down, as things that a press is about."""

from uuid import UUID

from cards.agendas import about_item
from cards.meet import about_meeting
from cards.presses import about
from dialogs.presses import Button, Thing
from dialogs.turns import Turn
from domain.agendas import mark
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.approve_minutes import stamp
from usecases.assemble_agenda import see_agenda
from usecases.find_item import read_item
from usecases.find_task import read_task
from usecases.read_minutes import see_minutes
from usecases.write_minutes import minuted

REFERENCE = r"m\d{4}-\d{4,6}"


async def _item_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        item, _, _ = await read_item(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.item.open"), "item.open", about_item(item)


async def _find_minutes(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    meeting = await tx.committee_meetings.by_reference(reference)
    latest = await tx.minutes.latest(meeting.id) if meeting else None
    return None if latest is None else (latest.meeting, stamp(latest))


async def _minutes_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        seen = await see_minutes(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    data = about("committee_meeting", id, seen.meeting.version)
    return turn.say("button.minutes.show"), "minutes.show", data


async def _minuted_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        minutes, _ = await minuted(tx, item=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    data = about("minuted", id, minutes.of_item(id).version)
    return turn.say("button.minutes.item"), "minutes.item", data


async def _task_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        task, _ = await read_task(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.task.open"), "task.open", about("task", id, task.version)


async def _find_agenda(tx: Transaction, reference: str) -> tuple[UUID, int] | None:
    meeting = await tx.committee_meetings.by_reference(reference)
    if meeting is None:
        return None
    return meeting.id, mark(meeting, await tx.meeting_items.of_meeting(meeting.id))


async def _agenda_again(tx: Transaction, turn: Turn, id: UUID) -> Button | None:
    try:
        seen = await see_agenda(tx, id=id, by=turn.person, now=turn.at)
    except RuleBroken:
        return None
    return turn.say("button.agenda.show"), "agenda.show", about_meeting(seen.meeting)


AGENDA = Thing(name="meeting_agenda", reference=REFERENCE, find=_find_agenda, again=_agenda_again)
ITEM = Thing(name="item", again=_item_again)
MINUTES = Thing(name="minutes", reference=REFERENCE, find=_find_minutes, again=_minutes_again)
MINUTED = Thing(name="minuted", again=_minuted_again)  # an item, as it is written in minutes
TASK = Thing(name="task", again=_task_again)
