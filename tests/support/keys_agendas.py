"""The text keys about agendas, minutes and tasks that are put together, and what is in them."""

from collections.abc import Mapping

from cards import agendas, minutes, tasks
from domain.agendas import DEADLINES, AgendaKind
from domain.committee_meetings import Presence
from domain.decision_tasks import TaskState
from domain.meeting_items import ItemState
from domain.minutes import MinutesState
from domain.notices import NoticeKind
from domain.papers import ItemKind, ProposalPart
from scheduler.draw_agendas import KINDS

NOTICES: frozenset[NoticeKind] = frozenset(KINDS)
ANSWERS = ("answered_accepted", "answered_returned", "answered_proposed", "answered_waits")
LISTS = ("mine", "propose")
LETTERS = {
    *agendas.LETTERS.values(),
    *ANSWERS,
    *(f"letter_{kind}" for kind in AgendaKind),
}
NAMED = ("substitute", "called")


def _filled(pattern: str, *values: str) -> set[str]:
    return {pattern.replace("{}", value) for value in values}


PATTERNS: Mapping[str, set[str]] = {
    "agenda.{}_title": _filled("agenda.{}_title", *LETTERS, *LISTS),
    "agenda.{}_body": _filled("agenda.{}_body", *LETTERS),
    "agenda.letter_{}_title": _filled("agenda.letter_{}_title", *AgendaKind),
    "agenda.letter_{}_body": _filled("agenda.letter_{}_body", *AgendaKind),
    "agenda.sent_{}": _filled("agenda.sent_{}", *AgendaKind),
    "agenda.due_{}": _filled("agenda.due_{}", *DEADLINES),
    "agenda.state_{}": _filled("agenda.state_{}", *ItemState),
    "item_kind.{}": _filled("item_kind.{}", *ItemKind),
    "proposal.{}": _filled("proposal.{}", *ProposalPart),
    "minutes.{}_title": _filled("minutes.{}_title", *minutes.LETTERS.values()),
    "minutes.{}_body": _filled("minutes.{}_body", *minutes.LETTERS.values()),
    "minutes.state_{}": _filled("minutes.state_{}", *MinutesState),
    "minutes.was_{}": _filled("minutes.was_{}", *Presence),
    "minutes.was_{}_for": _filled("minutes.was_{}_for", *NAMED),
    "button.minutes.{}": _filled("button.minutes.{}", "next", "previous"),
    "given_task.{}_title": _filled("given_task.{}_title", *tasks.LETTERS.values()),
    "given_task.{}_body": _filled("given_task.{}_body", *tasks.LETTERS.values()),
    "given_task.state_{}": _filled("given_task.state_{}", *TaskState),
}
