"""Appoint who leads a case: the one who sees to it that it moves (domain.md CASE-6)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.access import Action
from domain.cases import Case
from domain.errors import RuleBroken
from domain.journal import Note
from domain.matters import Matter
from domain.notices import Notice, NoticeKind
from domain.people import Person, PersonId
from domain.roles import Role, roles
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import facilitators, must_be_seen, must_run, owners_offered


async def leads_offered(tx: Transaction, matter: Matter) -> dict[PersonId, Person]:
    """Name who would be its lead if they were appointed: by authority and by seat (CASE-6).

    Somebody who was asked in for a time can carry out an action, but not lead.
    """
    offered = (await owners_offered(tx, matter)).values()
    actors = [await permit.actor_of(tx, person) for person in offered]
    return {
        each.person.id: each.person
        for each in actors
        if Role.LEAD in roles(each, replace(matter, lead=each.person.id))
    }


async def appoint_lead(
    tx: Transaction, *, case: UUID, seen: int, by: Person, lead: PersonId, now: datetime
) -> Case:
    """Give a case to whom leads it from now on; they are asked whether they are near (INH-2).

    :raises RuleBroken: `case.not_found`, `case.moved_on`, `case.closed`, `press.not_ours` for
        anybody who was not offered, `lead.already`.
    """
    found, matter, _ = await permit.case(tx, by, Action.APPOINT_LEAD, case, now=now)
    must_be_seen(found, seen)
    must_run(matter)
    if lead not in await leads_offered(tx, matter):
        raise RuleBroken("press.not_ours")
    if lead == found.lead:
        raise RuleBroken("lead.already")
    saved = await tx.cases.save(replace(found, lead=lead, last_event_at=now))
    if lead != by.id:
        await tx.relations.ask_again(case, lead)
    await tx.journal.note(
        Note.LEAD_APPOINTED, matter=case, source=case, round=saved.version, by=by.id, at=now
    )
    if lead != by.id:
        await tx.outbox.add([_told(NoticeKind.CASE_LEAD, saved, lead, now=now)])
    return saved


async def take_lead_away(
    tx: Transaction, case: Case, *, by: PersonId | None, now: datetime
) -> Case:
    """Leave a case without a lead, for its lead may have it no longer; that is noted (N9).

    The facilitators are told that somebody must be found.

    :param by: who saw to it; None when somebody left.
    """
    saved = await tx.cases.save(replace(case, lead=None))
    await tx.journal.note(
        Note.LEAD_ENDED, matter=case.id, source=case.id, round=saved.version, by=by, at=now
    )
    await tell_of_no_lead(tx, saved, await tx.matters.of_case(saved, now=now), now=now)
    return saved


async def tell_of_no_lead(tx: Transaction, case: Case, matter: Matter, *, now: datetime) -> None:
    """Tell the facilitators that somebody must be found to lead a running case."""
    if case.lead is None and not matter.ended:
        await tx.outbox.add(
            [
                _told(NoticeKind.CASE_NO_LEAD, case, each.person.id, now=now)
                for each in await facilitators(tx, matter)
            ]
        )


def _told(kind: NoticeKind, case: Case, person: PersonId, *, now: datetime) -> Notice:
    return Notice(kind=kind, about=case.id, due_at=now, person=person, round=case.version)
