"""End a concern that becomes no case: reject it, send its reporter elsewhere, or give it back."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain import concern_ends, concerns
from domain.access import Action
from domain.concern_ends import Elsewhere, NoBasis
from domain.concerns import Concern
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import Office, Person
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit

LEAST_SAID = 10  # signs of guidance: a reporter who is turned away is told what to do instead


async def reject_concern(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    reason: NoBasis,
    guidance: str,
    answer: UUID,
    now: datetime,
) -> Concern:
    """Reject a concern that there is no legal basis to handle (CON-11).

    Its content is deleted some time after; until then its reporter can add to it.

    :param guidance: what the reporter reads when they open the answer.
    :raises RuleBroken: `concern.moved_on`, `concern.no_guidance`.
    """
    found = await _decided_by(tx, id, Action.REJECT, by=by, now=now)
    ended = concern_ends.reject(found, reason=reason, now=now)
    return await _end(tx, ended, seen=seen, by=by, told=guidance, answer=answer, now=now)


async def send_elsewhere(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    by: Person,
    to: Elsewhere,
    guidance: str,
    answer: UUID,
    now: datetime,
) -> Concern:
    """End a concern that another municipality or another offer is for (AREA-7).

    Nothing is passed on: its reporter is told where to go.

    :raises RuleBroken: as `reject_concern`.
    """
    found = await _decided_by(tx, id, Action.REDIRECT, by=by, now=now)
    ended = concern_ends.send_elsewhere(found, to=to, now=now)
    return await _end(tx, ended, seen=seen, by=by, told=guidance, answer=answer, now=now)


async def decide_withdrawal(
    tx: Transaction, *, id: UUID, seen: int, by: Person, give_back: bool, now: datetime
) -> Concern:
    """Give a concern back to the reporter who asked for it, or keep it (CON-9).

    :raises RuleBroken: `concern.not_asked`, `concern.moved_on`.
    """
    found = await _decided_by(tx, id, Action.DECIDE_WITHDRAWAL, by=by, now=now)
    decided = concern_ends.decide_withdrawal(found, give_back=give_back, now=now)
    return await _save(tx, decided, seen=seen, now=now)


async def return_concern(tx: Transaction, concern: Concern, *, now: datetime) -> Concern:
    """Make an ended concern somebody's duty again (CON-10)."""
    told = concerns.receivers(
        group=concern.group,
        members=await tx.organisation.members(concern.group) if concern.group else (),
        secretariat=await tx.people.of_office(Office.SEK),
        barred={concern.reporter, *await tx.relations.recused(concern.id)},
        urgent=concern.urgent,
    )
    back = await tx.concerns.save(concern_ends.returned(concern, told, now=now))
    await tx.outbox.add(concerns.notices_of_arrival(back, told, now=now))
    return back


async def _decided_by(
    tx: Transaction, id: UUID, action: Action, *, by: Person, now: datetime
) -> Concern:
    found, *_ = await permit.concern(tx, by, action, id, now=now)
    if not await tx.relations.cleared(id, by.id):
        raise RuleBroken("concern.answer_relation_first")
    return found


async def _end(
    tx: Transaction,
    ended: Concern,
    *,
    seen: int,
    by: Person,
    told: str,
    answer: UUID,
    now: datetime,
) -> Concern:
    """Store the end, and sealed with the concern what its reporter is told: it may name people."""
    if len(told.strip()) < LEAST_SAID:
        raise RuleBroken("concern.no_guidance", least=LEAST_SAID)
    await tx.records.add(
        Record(
            id=answer,
            matter=ended.id,
            key=str(ended.id),
            kind=RecordKind.ANSWER,
            data_class=DataClass.TEXT,
            by=by.id,
            at=now,
            content={"text": told.strip(), "reason": ended.reasons[-1]},
        )
    )
    return await _save(tx, ended, seen=seen, now=now)


async def _save(tx: Transaction, concern: Concern, *, seen: int, now: datetime) -> Concern:
    saved = await tx.concerns.save(replace(concern, version=seen))
    await tx.outbox.add([concerns.notice_to_reporter(saved, now=now)])
    return saved
