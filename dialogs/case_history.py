"""The history of a case, told from its records and actions: when, what, by whom and why."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from cards import case_views
from cards import cases as cards
from dialogs.turns import Turn
from domain.case_actions import ActionStatus, CaseAction
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.journal import Note, NoteEvent
from domain.people import PersonId
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases.read_case import OpenedCase


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    at: datetime
    what: str
    by: PersonId | None
    words: str = field(default="", repr=False)


async def lines(tx: Transaction, turn: Turn, opened: OpenedCase) -> list[cards.Line]:
    """Tell what has happened, the latest first; the words only of what this person may read."""
    noted = await _notes(tx, opened)
    events = [
        *(_noted(each, turn) for each in noted if each.note not in _TOLD_OTHERWISE),
        *(event for each in opened.open_records if (event := _recorded(each, turn)) is not None),
        *(event for each in opened.actions for event in _acted(each, turn)),
    ]
    names = {
        **{who: person.name for who, person in opened.people.items()},
        **await _names(tx, events, opened),
    }
    return [
        cards.Line(
            day=local_date(each.at),
            what=each.what,
            by=names.get(each.by, "") if each.by else "",
            words=each.words,
        )
        for each in sorted(events, key=lambda each: each.at, reverse=True)
    ]


async def _notes(tx: Transaction, opened: OpenedCase) -> list[NoteEvent]:
    if DataClass.JOURNAL not in opened.classes:
        return []
    return await tx.journal.notes(matters=[opened.case.id])


async def _names(tx: Transaction, events: list[_Event], opened: OpenedCase) -> dict[PersonId, str]:
    unknown = {each.by for each in events if each.by is not None} - opened.people.keys()
    return {who: person.name for who, person in (await tx.people.of_ids(list(unknown))).items()}


_TOLD_OTHERWISE = frozenset(
    {
        Note.LEVEL_SET,
        Note.COORDINATED,
        Note.ACTION_AGREED,
        Note.ACTION_DONE,
        Note.ACTION_DROPPED,
        Note.PLANNED,
    }
)


def _noted(note: NoteEvent, turn: Turn) -> _Event:
    what = turn.say(f"note.{note.note.replace('.', '_').lower()}")
    return _Event(at=note.at, what=what, by=note.by)


def _recorded(record: Record, turn: Turn) -> _Event | None:
    say, content = turn.say, record.content
    match record.kind:
        case RecordKind.LEVEL:
            what = say("history.level", to=content.get("to"))
            because = "; ".join(
                case_views.criterion(code, say)
                for code in cast("list[str]", content.get("codes", []))
            )
            words = f"{because}. {content.get('reason', '')}"
        case RecordKind.COORDINATION:
            what, words = say("history.coordination"), str(content.get("no_action_because", ""))
        case RecordKind.CLOSING | RecordKind.REOPENING:
            what, words = say(f"history.{record.kind}"), str(content.get("words", ""))
        case _:
            return None
    return _Event(at=record.at, what=what, by=record.by, words=words)


def _acted(action: CaseAction, turn: Turn) -> list[_Event]:
    say = turn.say
    agreed = _Event(
        at=action.agreed_at, what=say("history.action"), by=action.agreed_by, words=action.what
    )
    if action.status is ActionStatus.OPEN or action.ended_at is None:
        return [agreed]
    ended = _Event(
        at=action.ended_at,
        what=say(f"history.action_{action.status}"),
        by=None,
        words=f"{action.what}: {action.result}" if action.result else action.what,
    )
    return [agreed, ended]
