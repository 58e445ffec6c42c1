"""Bar somebody who is near from a matter, and move their duties on at once (domain.md INH)."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from domain.access import Action, can
from domain.case_actions import ActionStatus, CaseAction, told_of_new
from domain.cases import RUNNING
from domain.concerns import SOMEBODYS_DUTY
from domain.errors import RuleBroken
from domain.journal import Note
from domain.matters import Matter, MatterKind
from domain.notices import Notice, NoticeKind
from domain.people import Office, Person, PersonId
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import facilitators, owners_offered, remind
from usecases.any_matter import any_matter
from usecases.handle_concern import hand_over
from usecases.lead_case import take_lead_away

log = logging.getLogger(__name__)

ONESELF = "self"
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)


async def step_aside(
    tx: Transaction, *, kind: MatterKind, id: UUID, by: Person, now: datetime
) -> Matter:
    """Bar oneself, who is near or may be; the Secretariat decides afterwards (INH-2).

    :raises RuleBroken: `concern.not_found`, `case.not_found` or `group.not_found`.
    """
    matter, _ = await permit.matter(tx, by, Action.STEP_ASIDE, kind, id, now=now)
    await _bar(tx, matter, by.id, by=by, reason=ONESELF, now=now)
    return matter


async def recuse_another(
    tx: Transaction,
    *,
    kind: MatterKind,
    id: UUID,
    person: PersonId,
    reason: str,
    by: Person,
    now: datetime,
) -> Matter:
    """Bar a colleague, with a reason; the Secretariat decides afterwards (INH-4).

    :raises RuleBroken: `recusal.oneself`, `recusal.no_reason`, or as `step_aside` does.
    """
    matter, _ = await permit.matter(tx, by, Action.RECUSE_OTHER, kind, id, now=now)
    if person == by.id:
        raise RuleBroken("recusal.oneself")
    if not reason.strip():
        raise RuleBroken("recusal.no_reason")
    await _bar(tx, matter, person, by=by, reason=reason.strip(), now=now)
    return matter


async def colleagues_offered(
    tx: Transaction, *, kind: MatterKind, id: UUID, by: Person, now: datetime
) -> list[Person]:
    """List who sees a matter now and could be barred from it."""
    matter, _ = await permit.matter(tx, by, Action.RECUSE_OTHER, kind, id, result=None, now=now)
    seated = [
        person
        for group in sorted(matter.groups)
        for _, person in await tx.organisation.members(group)
    ]
    officers = await tx.people.of_office(Office.SEK)
    granted = (await tx.people.of_ids([each.person for each in matter.grants])).values()
    once = {each.id: each for each in (*seated, *granted, *officers)}.values()
    return [
        each
        for each in once
        if each.id != by.id and can(await permit.actor_of(tx, each), Action.OPEN, matter)
    ]


async def _bar(
    tx: Transaction, matter: Matter, person: PersonId, *, by: Person, reason: str, now: datetime
) -> None:
    """Bar them from everything about the same person, and leave no duty with them (AC-AZ-08)."""
    found = await any_matter(tx, matter.id, now=now)
    if found is None:
        raise RuleBroken(f"{matter.kind}.not_found", about=str(matter.id))
    await tx.relations.recuse(matter.id, person, reason, now, key=found.key, by=by.id)
    case_id = matter.id
    if matter.kind is MatterKind.CONCERN:
        case_id = await tx.matters.case_of(matter.id) or matter.id
    for about in {matter.id, case_id, *await tx.matters.about_same_person(case_id)}:
        await _pass_concern_on(tx, about, person, now=now)
        await _pass_case_on(tx, about, person, by=by, now=now)
    for grant in matter.grants:
        if grant.person == person:
            await tx.grants.end(grant.id, at=now)
    await _tell_secretariat(tx, matter, now=now)


async def _pass_concern_on(tx: Transaction, id: UUID, person: PersonId, *, now: datetime) -> None:
    """Give the duty to the next; a concern is never orphaned (INH-4).

    Where nobody is left to have it, they are barred all the same: an operator must look, and
    the next reminder looks for somebody again.
    """
    concern = await tx.concerns.find(id)
    if concern is None or concern.owner != person or concern.status not in SOMEBODYS_DUTY:
        return
    try:
        await hand_over(tx, concern, now=now)
    except RuleBroken as problem:
        if problem.code != "concern.no_receiver":
            raise
        log.exception("concern %s: nobody is left who could have it", id)


async def _pass_case_on(
    tx: Transaction, id: UUID, person: PersonId, *, by: Person, now: datetime
) -> None:
    case = await tx.cases.hold(id)
    if case is None or case.state not in RUNNING or case.merged_into is not None:
        return
    if case.lead == person:
        case = await take_lead_away(tx, case, by=by.id, now=now)
    matter = await tx.matters.of_case(case, now=now)
    able = [each.person.id for each in await facilitators(tx, matter)]
    if not able:
        await tx.outbox.add(
            [
                Notice(
                    kind=NoticeKind.NO_FACILITATOR,
                    about=case.id,
                    due_at=now,
                    person=officer,
                    round=case.version,
                )
                for officer in await _officers(tx, matter)
            ]
        )
    for action in await tx.actions.of_case(case.id):
        if action.owner == person and action.status is ActionStatus.OPEN:
            await _pass_action_on(tx, action, matter, able, by=by, now=now)


async def _pass_action_on(
    tx: Transaction,
    action: CaseAction,
    matter: Matter,
    able: Sequence[PersonId],
    *,
    by: Person,
    now: datetime,
) -> None:
    """Give an action to a colleague of the same authority, else to the lead or a facilitator."""
    offered = await owners_offered(tx, matter)
    colleagues = [each.id for each in offered.values() if each.authority is action.authority]
    lead = [matter.lead] if matter.lead in offered else []
    heirs = [*colleagues, *lead, *able, *offered]
    if not heirs:
        log.error("action %s: nobody is left who could have it", action.id)
        return
    moved = await tx.actions.save(replace(action, owner=heirs[0]))
    await tx.journal.note(
        Note.ACTION_CHANGED,
        matter=matter.id,
        source=moved.id,
        round=moved.version,
        by=by.id,
        at=now,
    )
    await tx.outbox.add([told_of_new(moved, now=now)])
    await remind(tx, moved, matter, now=now)


async def _tell_secretariat(tx: Transaction, matter: Matter, *, now: datetime) -> None:
    minutes = int((now - _FIRST).total_seconds()) // 60
    barred = await tx.relations.recused(matter.id)
    await tx.outbox.add(
        [
            Notice(
                kind=NoticeKind.RECUSAL_TO_DECIDE,
                about=matter.id,
                due_at=now,
                person=officer,
                round=minutes + len(barred),  # so that each recusal is told of
            )
            for officer in await _officers(tx, matter)
        ]
    )


async def _officers(tx: Transaction, matter: Matter) -> list[PersonId]:
    barred = {matter.reporter, *await tx.relations.recused(matter.id)}
    return [
        each.id
        for each in await tx.people.of_office(Office.SEK)
        if each.s115_covered and each.id not in barred
    ]
