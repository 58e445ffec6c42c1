"""Confirm that a letter has come: one's own only, once, and cheaply when all do it at once."""

from datetime import datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.people import Person
from storage.database import Transaction


async def acknowledge(tx: Transaction, *, trial: UUID, by: Person, now: datetime) -> datetime:
    """Note that this person has the letter; return when they first said so.

    :raises RuleBroken: `trial.not_for_you` when it was never sent to them, or cancelled.
    """
    if await tx.standings.acknowledge(trial, kind=NoticeKind.TRIAL, person=by.id, now=now):
        await tx.call_list.reached(by.id, by=by.id, about=trial, now=now)
        return now
    answered_at = await tx.trials.answered_at(trial, by.id)
    if answered_at is None:
        raise RuleBroken("trial.not_for_you")
    return answered_at


async def acknowledge_latest(tx: Transaction, *, by: Person, now: datetime) -> datetime:
    """Confirm the letter that came last, for who types it.

    :raises RuleBroken: `trial.not_for_you` when none ever came.
    """
    latest = await tx.trials.latest_to(by.id)
    if latest is None:
        raise RuleBroken("trial.not_for_you")
    return await acknowledge(tx, trial=latest, by=by, now=now)
