"""What a committee's decisions ask of people, on a card."""

from collections.abc import Mapping, Sequence

from cards.agendas import quoted
from cards.delivery import counted, said, sheet
from cards.forms import message
from cards.meet import about_meeting
from cards.plain import unmarked
from cards.presses import about
from cards.shown import Shown
from cards.words import Say
from domain.committee_meetings import CommitteeMeeting
from domain.decision_tasks import DecisionTask
from domain.notices import NoticeKind

LETTERS: Mapping[NoticeKind, str] = {
    NoticeKind.TASK_GIVEN: "given",
    NoticeKind.TASK_PASSED_ON: "passed_on",
    NoticeKind.TASK_SOON: "soon",
    NoticeKind.TASK_DUE: "due",
    NoticeKind.TASK_OVERDUE: "overdue",
}


def page(
    task: DecisionTask,
    meeting: CommitteeMeeting,
    *,
    owner: str,
    ways: Sequence[str],
    top: str = "",
    say: Say,
) -> Shown:
    """Show a task from a decision."""
    data = about("task", task.id, task.version)
    facts = [
        (say("given_task.owner"), unmarked(owner)),
        (say("given_task.due"), say.day(task.due_on)),
        (say("given_task.stands"), say(f"given_task.state_{task.state}")),
    ]
    return sheet(
        say("given_task.title", reference=meeting.reference),
        [*([said(top)] if top else []), quoted(task.words), counted(facts)],
        say=say,
        actions=[
            *((say(f"button.{verb}"), verb, data) for verb in ways),
            (say("button.minutes.show"), "minutes.show", about_meeting(meeting)),
            (say("button.duty.mine"), "duty.mine", {}),
        ],
    )


def letter(task: DecisionTask, meeting: CommitteeMeeting, kind: NoticeKind, *, say: Say) -> Shown:
    """Remind an owner of a task by the meeting's number and a day; what it is stays inside."""
    key = LETTERS[kind]
    return message(
        say(f"given_task.{key}_title", reference=meeting.reference),
        say(f"given_task.{key}_body", date=say.day(task.due_on)),
        say=say,
        actions=[
            (say("button.task.open"), "task.open", about("task", task.id, task.version)),
            (say("button.duty.mine"), "duty.mine", {}),
        ],
    )
