"""Coordinate a case: what the group saw, judged and agreed on (domain.md CASE-4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from domain import case_transitions
from domain.access import Action
from domain.case_transitions import TRANSITIONS, Move
from domain.cases import Case, CaseState
from domain.coordination import (
    ChildView,
    View,
    choose_level,
    must_agree_or_say_why,
    took_part,
)
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.journal import Note
from domain.matters import Matter
from domain.people import Person, PersonId
from domain.records import RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import (
    agree_action,
    meeting_of,
    must_be_seen,
    must_run,
    owners_offered,
)
from usecases.count_coordination import counted
from usecases.set_level import Writing, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    what: str = field(repr=False)
    owner: PersonId
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinated:
    """Everything one coordination says (CASE-4)."""

    participants: Collection[PersonId]
    view: View
    level: int
    codes: Collection[str] = field(repr=False)
    reason: str = field(repr=False)
    child_view: ChildView
    actions: Sequence[NewAction] = ()
    no_action_because: str = field(default="", repr=False)
    follow_up_on: date | None = None  # None: the group is ready to close


async def begin_coordination(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Case:
    """Begin to coordinate a case; what has been begun goes on.

    :raises RuleBroken: `case.not_found`, `case.moved_on`, `case.no_such_move`.
    """
    case, matter, _ = await permit.case(tx, by, Action.COORDINATE, id, now=now)
    must_run(matter)
    if case.state is CaseState.COORDINATION:
        return case
    must_be_seen(case, seen)
    return await move(tx, case, Move.COORDINATE, by=by, now=now)


async def move(tx: Transaction, case: Case, to: Move, *, by: Person, now: datetime) -> Case:
    """Make a move that the person may make, and note it.

    :raises RuleBroken: `case.no_such_move`
    """
    saved = await tx.cases.save(case_transitions.moved(case, to, now=now))
    await note_move(tx, saved, to, by=by, now=now)
    return saved


async def note_move(tx: Transaction, case: Case, made: Move, *, by: Person, now: datetime) -> None:
    await tx.journal.note(
        TRANSITIONS[made].note,
        matter=case.id,
        source=case.id,
        round=case.version,
        by=by.id,
        at=now,
    )


async def record_coordination(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    by: Person,
    said: Coordinated,
    now: datetime,
) -> Case:
    """Record a coordination, its level and its actions, all or nothing.

    :param id: the record's, so that sending it twice makes one.
    :raises RuleBroken: `case.not_found`, `case.moved_on`, and what the rules of a
        coordination, a level and an action refuse.
    """
    found, matter, _ = await permit.case(tx, by, Action.COORDINATE, case, now=now)
    must_be_seen(found, seen)
    must_run(matter)
    offered = await owners_offered(tx, matter)
    left = await left_because_near(tx, matter)
    taking = took_part(
        said.participants,
        offered={each.id: each.authority for each in offered.values()},
        recused=len(left),
    )
    must_agree_or_say_why(
        open_actions=await tx.actions.count_open(case),
        new_actions=said.actions,
        why=said.no_action_because,
    )
    write = Writing(
        tx=tx, case=found, by=by, meeting=await meeting_of(tx, found, now=now), now=now
    )
    view = await write.record(RecordKind.VIEW, DataClass.VIEW, _view(said.view))
    child = await write.record(RecordKind.CHILD_VIEW, DataClass.TEXT, _child(said.child_view))
    choice = choose_level(
        level=said.level,
        codes=said.codes,
        reason=said.reason,
        sources=await sources(tx, matter, taking.people),
    )
    level = await write.level(choice)
    actions = [
        await agree_action(
            tx,
            case=found,
            matter=matter,
            id=uuid5(id, str(number)),
            by=by,
            what=each.what,
            owner=each.owner,
            due_on=each.due_on,
            now=now,
        )
        for number, each in enumerate(said.actions)
    ]
    await write.record(
        RecordKind.COORDINATION,
        DataClass.DECISIONS,
        {
            "participants": dict(taking.people),
            "left": sorted(left),
            "view": str(view),
            "child_view": str(child),
            "level": str(level),
            "actions": [str(each.id) for each in actions],
            "no_action_because": said.no_action_because.strip(),
            "follow_up_on": said.follow_up_on.isoformat() if said.follow_up_on else "",
        },
        id=id,
    )
    noted = case_transitions.coordinated(
        found, level=said.level, follow_up_on=said.follow_up_on, now=now
    )
    saved = await tx.cases.save(noted)
    await tx.journal.note(Note.COORDINATED, matter=case, source=id, by=by.id, at=now)
    if actions or said.no_action_because:
        await tx.journal.note(Note.PLANNED, matter=case, source=id, by=by.id, at=now)
    return await counted(tx, found, saved, coordinated=True, by=by, now=now)


async def left_because_near(tx: Transaction, matter: Matter) -> list[PersonId]:
    """Name the members who take no part because they are recused (INH-3)."""
    members = [
        each.id
        for group in sorted(matter.groups)
        for _, each in await tx.organisation.members(group)
    ]
    return [each for each in dict.fromkeys(members) if each in matter.recused]


def _view(view: View) -> dict[str, object]:
    return {
        "risks": dict(view.risks),
        "protections": dict(view.protections),
        "risk_words": view.risk_words,
        "protection_words": view.protection_words,
    }


def _child(view: ChildView) -> dict[str, object]:
    if not view.words.strip():
        raise RuleBroken("coordination.child_view")
    return {"heard": view.heard, "words": view.words.strip()}
