"""Apply for an effort, and take the application back (EFF-1, EFF-4 … EFF-6)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.efforts import Effort, EffortKind, applied, as_seen
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind
from domain.office_actions import OfficeAction
from domain.people import CommitteeCode, Office, Person
from storage.database import Transaction
from usecases import permit
from usecases.effort_people import leaders, serves
from usecases.permit_office import permit_office


async def apply_for_effort(tx: Transaction, effort: Effort, *, by: Person) -> Effort:
    """Store an application under its next number; the Secretariat hears of it.

    :raises RuleBroken: what `domain.efforts.applied` says; `effort.contact_elsewhere` where the
        contact does not sit in a leader group of those areas (EFF-6).
    """
    await permit_office(tx, by, OfficeAction.APPLY_FOR_EFFORT)
    if (stored := await tx.efforts.find(effort.id)) is not None:
        return stored
    applied(effort)
    effort = replace(
        effort,
        committee=await _committee_of(tx, effort),
        reference=await tx.efforts.next_reference(effort.year),
    )
    await tx.efforts.add(effort)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.EFFORT_APPLIED,
                about=effort.id,
                due_at=effort.applied_at,
                person=each.id,
            )
            for each in await tx.people.of_office(Office.SEK)
            if each.id != by.id
        ]
    )
    return effort


async def _committee_of(tx: Transaction, effort: Effort) -> CommitteeCode:
    """Find the contact's leader group, which must serve the effort's areas."""
    code = (await leaders(tx)).get(effort.contact)
    local = effort.kind is EffortKind.LOCAL
    if code is None or not await serves(tx, code, effort.areas, local=local):
        raise RuleBroken("effort.contact_elsewhere")
    return code


async def withdraw_effort(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> Effort:
    """Take back one's own application.

    :raises RuleBroken: `effort.not_found`, `effort.moved_on`, `effort.decided`.
    """
    effort, _, _ = await permit.effort(tx, by, Action.WITHDRAW_EFFORT, id, now=now)
    return await tx.efforts.save(as_seen(effort, seen).withdrawn(now=now))
