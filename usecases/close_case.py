"""Close a case in SSP, or open it again: asked by one, agreed by another (CASE-9, CASE-10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain import case_transitions
from domain.access import Action
from domain.ages import AgeBand, age_band
from domain.case_transitions import Move, Obstacle, Remaining, obstacles
from domain.cases import Case, CloseReason
from domain.concerns import Status, notice_to_reporter
from domain.countersigns import Countersign, CountersignKind
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.facts import FactKind
from domain.people import Person
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import must_be_seen
from usecases.birth_dates import birth_date
from usecases.coordinate_case import note_move
from usecases.countersign import ask, open_of
from usecases.follow_ages import follow_age
from usecases.inform_family import unanswered
from usecases.note_fact import note_fact

REASON_AT_LEAST = 10  # characters
RECORD = "record"  # where the words of it lie, among the terms of a countersign
REASON = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Whether a case can be closed now, and all that stands in the way at once."""

    case: Case
    obstacles: Sequence[Obstacle]
    asked: Countersign | None  # a colleague's agreement is waited for


async def look_at_closing(tx: Transaction, *, id: UUID, by: Person, now: datetime) -> Closing:
    """See what stands in the way of closing.

    :raises RuleBroken: `case.not_found`
    """
    case, _, _ = await permit.case(tx, by, Action.CLOSE, id, now=now)
    return Closing(
        case=case,
        obstacles=obstacles(case, await remaining(tx, case, now=now)),
        asked=await open_of(tx, id, CountersignKind.CLOSE_CASE, now=now),
    )


async def remaining(tx: Transaction, case: Case, *, now: datetime) -> Remaining:
    """Count what is left to do (CASE-9)."""
    today = local_date(now)
    born = await birth_date(tx, case)
    in_transition = age_band(born, today) is AgeBand.SSP_TRANSITION
    assessment = await tx.assessments.of_case(case.id) if in_transition else None
    return Remaining(
        open_actions=await tx.actions.count_open(case.id),
        inform_pending=bool(await unanswered(tx, case, today)),
        events_not_queued=0 if await tx.journal.notes(matters=[case.id]) else 1,
        assessment_open=in_transition and (assessment is None or assessment.verdict is None),
    )


async def ask_to_close(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    by: Person,
    reason: CloseReason,
    words: str,
    now: datetime,
) -> Countersign:
    """Ask a member of the group to agree to closing; the words are kept as a record.

    :param id: the record's, so that sending it twice asks once.
    :raises RuleBroken: `case.not_found`, `case.moved_on`, `case.not_closable`,
        `case.no_reason`, `countersign.nobody`, `countersign.asked_already`.
    """
    found, _, _ = await permit.case(tx, by, Action.CLOSE, case, now=now)
    must_be_seen(found, seen)
    if obstacles(found, await remaining(tx, found, now=now)):
        raise RuleBroken("case.not_closable")
    await _write(tx, found, RecordKind.CLOSING, id=id, by=by, reason=reason, words=words, now=now)
    return await ask(
        tx,
        kind=CountersignKind.CLOSE_CASE,
        about=case,
        seen=found.version,
        by=by,
        terms={RECORD: str(id), REASON: reason},
        now=now,
    )


async def close_when_agreed(
    tx: Transaction, asked: Countersign, giver: Person, now: datetime
) -> None:
    """Close, if nothing has come in the way since it was asked; reporters hear that, no more.

    :raises RuleBroken: `case.not_found`, `case.moved_on`, `case.not_closable`.
    """
    case, _, _ = await permit.case(tx, giver, Action.AGREE_CLOSE, asked.about, now=now)
    must_be_seen(case, asked.seen)
    reason = CloseReason(asked.terms[REASON])
    gone = case_transitions.closed(
        case, await remaining(tx, case, now=now), reason=reason, now=now
    )
    saved = await tx.cases.save(gone)
    await note_move(tx, saved, Move.CLOSE, by=giver, now=now)
    await note_fact(tx, FactKind.CASE_CLOSED, saved, by=giver, now=now, detail=reason)
    for concern in await tx.concerns.in_cases(await tx.matters.about_same_person(case.id)):
        if concern.status is Status.LINKED:
            closed = await tx.concerns.save(replace(concern, status=Status.CLOSED, ended_at=now))
            await tx.outbox.add([notice_to_reporter(closed, now=now)])


async def ask_to_reopen(
    tx: Transaction, *, id: UUID, case: UUID, seen: int, by: Person, words: str, now: datetime
) -> Countersign:
    """Ask a member of the group to agree to opening a closed case again, with a reason.

    :raises RuleBroken: `case.not_found`, `case.moved_on`, `case.no_such_move`,
        `case.another_open`, `case.no_reason`, and as `ask` does.
    """
    found, _, _ = await permit.case(tx, by, Action.REOPEN, case, now=now)
    must_be_seen(found, seen)
    await _must_be_alone(tx, found, now=now)
    await _write(tx, found, RecordKind.REOPENING, id=id, by=by, words=words, now=now)
    return await ask(
        tx,
        kind=CountersignKind.REOPEN_CASE,
        about=case,
        seen=found.version,
        by=by,
        terms={RECORD: str(id)},
        now=now,
    )


async def reopen_when_agreed(
    tx: Transaction, asked: Countersign, giver: Person, now: datetime
) -> None:
    """Open it again: retention counts anew, and what was deleted stays so (CASE-10).

    :raises RuleBroken: `case.not_found`, `case.moved_on`, `case.another_open`.
    """
    case, _, _ = await permit.case(tx, giver, Action.AGREE_REOPEN, asked.about, now=now)
    must_be_seen(case, asked.seen)
    await reopen(tx, case, by=giver, now=now)


async def reopen(tx: Transaction, case: Case, *, by: Person, now: datetime) -> Case:
    """Open a closed case again for somebody who has been asked already, or for a new concern.

    :raises RuleBroken: `case.no_such_move`, `case.another_open` (CASE-3).
    """
    await _must_be_alone(tx, case, now=now)
    saved = await tx.cases.save(case_transitions.reopened(case, now=now))
    await note_move(tx, saved, Move.REOPEN, by=by, now=now)
    await note_fact(tx, FactKind.CASE_REOPENED, saved, by=by, now=now)
    await follow_age(tx, saved, now=now)
    return saved


async def _must_be_alone(tx: Transaction, case: Case, *, now: datetime) -> None:
    case_transitions.reopened(case, now=now)
    others = [each for each in await tx.cases.of_subject(case.subject) if each.id != case.id]
    if any(case_transitions.is_running(each) for each in others):
        raise RuleBroken("case.another_open")


async def _write(
    tx: Transaction,
    case: Case,
    kind: RecordKind,
    *,
    id: UUID,
    by: Person,
    words: str,
    now: datetime,
    reason: CloseReason | None = None,
) -> None:
    if len(words.strip()) < REASON_AT_LEAST:
        raise RuleBroken("case.no_reason", least=REASON_AT_LEAST)
    await tx.records.add(
        Record(
            id=id,
            matter=case.id,
            key=str(case.subject),
            kind=kind,
            data_class=DataClass.DECISIONS,
            by=by.id,
            at=now,
            content={"reason": reason, "words": words.strip()},
        )
    )
