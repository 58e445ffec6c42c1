"""Settle an effort and say what was learned; its lead and contact are reminded (EFF-1, EFF-6)."""

from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.dates import local_date
from domain.effort_dues import Due, dues
from domain.efforts import Effort, EffortState, Evaluation, as_seen
from domain.notices import Notice, NoticeKind
from domain.people import Person
from storage.database import Transaction
from usecases import permit

_ROUNDS = 1000  # more weeks than anybody is reminded of one thing


async def settle_effort(
    tx: Transaction, *, id: UUID, seen: int, spent: int, words: str, by: Person, now: datetime
) -> Effort:
    """Note what an effort cost.

    :param spent: in øre.
    :raises RuleBroken: `effort.not_found`, `effort.moved_on`, and what `Effort.settled` says.
    """
    effort, _, _ = await permit.effort(tx, by, Action.SETTLE_EFFORT, id, now=now)
    return await tx.efforts.save(as_seen(effort, seen).settled(spent=spent, words=words, now=now))


async def evaluate_effort(
    tx: Transaction, *, id: UUID, seen: int, evaluation: Evaluation, by: Person
) -> Effort:
    """Keep what was learned during the effort or at its end.

    :raises RuleBroken: `effort.not_found`, `effort.moved_on`, and what `Effort.evaluated` says.
    """
    now = evaluation.at
    effort, _, _ = await permit.effort(tx, by, Action.EVALUATE_EFFORT, id, now=now)
    return await tx.efforts.save(as_seen(effort, seen).evaluated(evaluation))


async def remind_of_efforts(tx: Transaction, *, now: datetime) -> None:
    """Remind lead and contact of what they owe, each week until it is done; twice is no harm."""
    today = local_date(now)
    running = await tx.efforts.in_states([EffortState.APPROVED])
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.EFFORT_DUE,
                about=effort.id,
                due_at=now,
                person=person,
                round=list(Due).index(due) * _ROUNDS + (today - on).days // 7 + 1,
            )
            for effort in running
            for due, on in dues(effort)
            if on <= today
            for person in (effort.lead, effort.contact)
        ]
    )
