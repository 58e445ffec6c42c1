"""Assess an effort, let it go beyond the pool, approve it or refuse it (EFF-4, EFF-5, EFF-7)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.efforts import APPROVES, Assessment, Effort, EffortKind, as_seen, left_of
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.office_actions import OfficeAction
from domain.people import Person, PersonId
from storage.database import Transaction
from usecases import permit
from usecases.effort_people import deciders
from usecases.permit_office import permit_office


async def assess_effort(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    assessment: Assessment,
    by: Person,
) -> Effort:
    """Say what the Secretariat thinks of the criteria; whoever decides hears of it.

    :raises RuleBroken: `effort.not_found`, `effort.moved_on`, `effort.decided`.
    """
    now = assessment.at
    effort, _, _ = await permit.effort(tx, by, Action.ASSESS_EFFORT, id, now=now)
    saved = await tx.efforts.save(as_seen(effort, seen).assessed(assessment))
    able = await deciders(tx, saved) - {by.id}
    told = {each for each in able if not saved.is_own(each, able=able)}
    await _tell(tx, saved, NoticeKind.EFFORT_ASSESSED, told, now=now)
    return saved


async def override_pool(
    tx: Transaction, *, id: UUID, seen: int, reason: str, by: Person, now: datetime
) -> Effort:
    """Let an effort go beyond what the pool has left; it goes on record (EFF-7).

    :raises RuleBroken: `effort.not_found`, `effort.moved_on`, `effort.decided`.
    """
    effort, _, _ = await permit.effort(tx, by, Action.OVERRIDE_POOL, id, result="ok", now=now)
    return await tx.efforts.save(as_seen(effort, seen).overridden(reason, by=by.id))


async def approve_effort(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Effort:
    """Approve an effort and reserve its amount; two at once never reserve the same kroner.

    :raises RuleBroken: `effort.not_found`, `effort.moved_on`, `effort.own`, and what
        `Effort.approved` says.
    """
    effort = as_seen(await _to_decide(tx, id, by=by, now=now), seen)
    pool = await tx.efforts.hold_pool(effort.year, now=now)
    others = [each for each in await tx.efforts.of_year(effort.year) if each.id != id]
    approved = effort.approved(left=left_of(pool, others), by=by.id, now=now)
    return await _decided(tx, approved, by=by, now=now)


async def refuse_effort(
    tx: Transaction, *, id: UUID, seen: int, reason: str, by: Person, now: datetime
) -> Effort:
    """Refuse an effort, with a reason.

    :raises RuleBroken: `effort.not_found`, `effort.moved_on`, `effort.own`, `effort.decided`.
    """
    effort = as_seen(await _to_decide(tx, id, by=by, now=now), seen)
    return await _decided(tx, effort.refused(reason, by=by.id, now=now), by=by, now=now)


async def set_pool(tx: Transaction, *, year: int, amount: int, by: Person, now: datetime) -> None:
    """Say how large a year's pool is.

    :param amount: in øre.
    :raises RuleBroken: `office.secretariat_only`.
    """
    await permit_office(tx, by, OfficeAction.SET_POOL)
    await tx.efforts.set_pool(year, amount, by=by.id, now=now)


async def _to_decide(tx: Transaction, id: UUID, *, by: Person, now: datetime) -> Effort:
    """Find an effort for whom it falls to decide: by its kind the leaders or the Secretariat.

    :raises RuleBroken: `effort.not_found`, `effort.own`.
    """
    found = await tx.efforts.find(id)
    action = APPROVES[found.kind if found else EffortKind.LOCAL]
    effort, _, _ = await permit.effort(tx, by, action, id, result="ok", now=now)
    if effort.is_own(by.id, able=await deciders(tx, effort)):
        raise RuleBroken("effort.own")
    return effort


async def _decided(tx: Transaction, effort: Effort, *, by: Person, now: datetime) -> Effort:
    saved = await tx.efforts.save(effort)
    told = {saved.applied_by, saved.lead, saved.contact} - {by.id}
    await _tell(tx, saved, NoticeKind.EFFORT_DECIDED, told, now=now)
    return saved


async def _tell(
    tx: Transaction,
    effort: Effort,
    kind: NoticeKind,
    people: Iterable[PersonId],
    *,
    now: datetime,
) -> None:
    notice = Notice(kind=kind, about=effort.id, due_at=now, round=effort.version)
    await tx.outbox.add([replace(notice, person=person) for person in sorted(people)])
