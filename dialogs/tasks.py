"""Tasks from decisions in the chat: given, seen, done, taken back."""

from uuid import UUID

from cards import tasks as cards
from cards.shown import Shown
from dialogs import minutes_forms
from dialogs.engine import begins
from dialogs.presses import Aim, Verb
from dialogs.things_agenda import MINUTED, TASK
from dialogs.things_meet import COMMITTEE_MEETING
from dialogs.turns import Turn
from domain.access import Action, can
from domain.decision_tasks import RUNNING, TaskState
from domain.errors import RuleBroken
from storage.database import Transaction
from usecases.find_task import do_task, read_task
from usecases.permit import actor_of
from usecases.write_minutes import drop_task


async def task_page(tx: Transaction, turn: Turn, id: UUID, *, top: str = "") -> Shown:
    """Show a task, and what this person can do with it.

    :raises RuleBroken: `task.not_found`
    """
    task, meeting = await read_task(tx, id=id, by=turn.person, now=turn.at)
    matter = await tx.matters.of_meeting(meeting)
    keeps = can(await actor_of(tx, turn.person), Action.WRITE_MINUTES, matter)
    people = await tx.people.of_ids([task.owner])
    ways = [
        *(["task.done"] if task.state is TaskState.OPEN else []),
        *(["task.drop"] if keeps and task.state in RUNNING else []),
    ]
    return cards.page(
        task,
        meeting,
        owner=people[task.owner].name,
        ways=ways,
        top=turn.say(top) if top else "",
        say=turn.say,
    )


async def _open(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    return await task_page(tx, turn, aim.id)


async def _done(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await do_task(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await task_page(tx, turn, aim.id, top="given_task.is_done")


async def _drop(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    await drop_task(tx, id=aim.id, seen=aim.version, by=turn.person, now=turn.at)
    return await task_page(tx, turn, aim.id, top="given_task.is_dropped")


async def _done_numbered(tx: Transaction, turn: Turn, aim: Aim) -> Shown:
    """Close one's own tasks from a meeting by their number: `udført M2027-0042 1`."""
    own = [
        each for each in await tx.decision_tasks.open_of(turn.person.id) if each.meeting == aim.id
    ]
    if not own:
        raise RuleBroken("committee_meeting.not_found", about=str(aim.id))
    if not aim.rest.isdecimal() or not 1 <= int(aim.rest) <= len(own):
        raise RuleBroken("task.no_such_number")
    task = own[int(aim.rest) - 1]
    await do_task(tx, id=task.id, seen=task.version, by=turn.person, now=turn.at)
    return await task_page(tx, turn, task.id, top="given_task.is_done")


VERBS = {
    "task.add": Verb(take=begins(minutes_forms.TASK_FORM), about=MINUTED),
    "task.open": Verb(take=_open, about=TASK),
    "task.done": Verb(take=_done, about=TASK),
    "task.drop": Verb(take=_drop, about=TASK),
    "task.done_numbered": Verb(
        take=_done_numbered,
        about=COMMITTEE_MEETING,
        words=("udført", "done"),
        rest=r" \d{1,2}",
        typed_only=True,
    ),
}
