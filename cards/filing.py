"""What is to be filed: the list, one task of it, and what reminds of it (NOT-4, NOT-5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cards.delivery import Button, aside, said, sheet
from cards.forms import message
from cards.plain import unmarked
from cards.presses import about
from cards.shown import Json, Shown
from cards.words import Say
from domain.dates import local_date
from domain.journal import JournalTask, NoteEvent, TaskState
from domain.people import PersonId

MOST_LISTED = 5
MOST_NOTES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A task in a list, and the number of what it is about."""

    task: JournalTask
    reference: str


def here(task: JournalTask) -> dict[str, Json]:
    """Say what a button carries: which task, and which version was seen (AC-CARD-01)."""
    return about("journal", task.id, task.version)


def tasks(waiting: Sequence[Waiting], *, today: date, say: Say) -> Shown:
    """List what is to be filed or verified, the most pressing first."""
    if not waiting:
        return message(
            say("journal.list_title"),
            say("journal.none"),
            say=say,
            actions=[(say("button.help"), "help", {})],
        )
    shown = waiting[:MOST_LISTED]
    left = len(waiting) - len(shown)
    return sheet(
        say("journal.list_title"),
        [
            *(said(_line(each, today=today, say=say)) for each in shown),
            *([aside(say("journal.more", count=left))] if left else []),
        ],
        say=say,
        actions=[
            (
                say("button.journal.open_of", reference=each.reference),
                "journal.open",
                here(each.task),
            )
            for each in shown
        ],
    )


def _line(waiting: Waiting, *, today: date, say: Say) -> str:
    task = waiting.task
    late = task.state is TaskState.OPEN and task.due_on < today
    return say(
        f"journal.line_{'late' if late else task.state.value}",
        reference=waiting.reference,
        date=say.day(task.due_on),
    )


def task(
    waiting: Waiting,
    notes: Sequence[NoteEvent],
    *,
    people: Mapping[PersonId, str],
    by_me: bool,
    say: Say,
) -> Shown:
    """Show what is to be filed: each event with its day and who did it, no word of its content."""
    filing = waiting.task
    lines = [
        say(
            "journal.note_line",
            date=f"{local_date(each.at):%d.%m.%Y}",
            what=say(f"note.{each.note.replace('.', '_').lower()}"),
            by=unmarked(people.get(each.by, "")) if each.by else say("journal.by_time"),
        )
        for each in notes[:MOST_NOTES]
    ]
    left = len(notes) - MOST_NOTES
    return sheet(
        say("journal.title", reference=waiting.reference),
        [
            said(_state(filing, say)),
            *map(said, lines),
            *([aside(say("journal.more_notes", count=left))] if left > 0 else []),
            aside(say("journal.rule")),
        ],
        say=say,
        actions=[*_ways(filing, by_me=by_me, say=say), _back(say)],
    )


def _state(filing: JournalTask, say: Say) -> str:
    return say(
        f"journal.state_{filing.state}",
        date=say.day(filing.filed_on or filing.due_on),
        ref=filing.journal_ref or "",
        system=say(f"authority.{filing.system}") if filing.system else "",
        why=say(f"journal.why_not.{filing.why_not}") if filing.why_not else "",
    )


def _ways(filing: JournalTask, *, by_me: bool, say: Say) -> list[Button]:
    verbs: list[str] = []
    if filing.state is TaskState.OPEN:
        verbs = ["journal.document", "journal.file", "journal.not_recordable"]
    if filing.state is TaskState.FILED and not by_me:
        verbs = ["journal.verify"]
    return [(say(f"button.{verb}"), verb, here(filing)) for verb in verbs]


def _back(say: Say) -> Button:
    return say("button.journal.list"), "journal.list", {}


def due(waiting: Waiting, *, today: date, say: Say) -> Shown:
    """Remind somebody that something is to be filed: the number and the day, no more."""
    late = waiting.task.due_on < today
    name = "late" if late else "due"
    return message(
        say(f"journal.{name}_title", reference=waiting.reference),
        say(f"journal.{name}_body", date=say.day(waiting.task.due_on)),
        say=say,
        actions=[(say("button.journal.open"), "journal.open", here(waiting.task))],
    )


def ready(reference: str, file: str, *, say: Say) -> Shown:
    """Tell somebody where the document lies that they asked for; it is never e-mailed (NOT-3)."""
    return message(
        say("export.ready_title", reference=reference),
        say("export.ready_body", file=file),
        say=say,
        actions=[_back(say)],
    )


def not_made(reference: str, why_not: str, *, say: Say) -> Shown:
    return message(
        say("export.not_made_title", reference=reference),
        say(f"export.not_made_{why_not}"),
        say=say,
        actions=[_back(say)],
    )
