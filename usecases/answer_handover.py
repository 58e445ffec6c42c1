"""Answer a proposal to SSP+: take the case over, or say no with a reason (PLUS-2)."""

from datetime import date, datetime
from uuid import UUID, uuid4

from domain import handovers
from domain.access import Action, can
from domain.cases import Case, PlusType
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.handovers import Handover
from domain.journal import Note
from domain.matters import Matter
from domain.notices import NoticeKind
from domain.people import CommitteeCode, Person, PersonId
from domain.roles import Role
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import must_be_seen
from usecases.birth_dates import birth_date
from usecases.follow_ages import follow_age
from usecases.hand_over import keep_words, moved, waiting
from usecases.record_outcome import enrol
from usecases.ssp_plus import facilitators_of, told


async def to_answer(
    tx: Transaction, *, id: UUID, by: Person, result: str | None = "asked", now: datetime
) -> tuple[Case, Matter, Handover]:
    """Find the proposal that waits for SSP+, for its facilitator.

    :raises RuleBroken: `case.not_found`, or `handover.answered` where none waits.
    """
    case, matter, _ = await permit.case(tx, by, Action.ANSWER_HANDOVER, id, result=result, now=now)
    return case, matter, await waiting(tx, id)


async def leads_offered(tx: Transaction, matter: Matter, *, to: CommitteeCode) -> list[Person]:
    """Name who in SSP+ may lead the case: any of its authorities, that may read it (CASE-6)."""
    found: dict[PersonId, Person] = {}
    for _, person in await tx.organisation.members(to):
        actor = await permit.actor_of(tx, person)
        sits = to in actor.seats(Role.PKM)
        if sits and can(actor, Action.OPEN, matter):
            found[person.id] = person
    return list(found.values())


async def accept_handover(
    tx: Transaction,
    *,
    case: UUID,
    seen: int,
    by: Person,
    lead: PersonId,
    plus_type: PlusType,
    meets_on: date,
    now: datetime,
) -> Case:
    """Take a case over, with a lead, at a meeting; under 18 the group keeps its part (AGE-8).

    :raises RuleBroken: as `to_answer`; `case.moved_on`, or `press.not_ours` for a lead who
        was not offered.
    """
    found, matter, handover = await to_answer(tx, id=case, by=by, result="ok", now=now)
    must_be_seen(found, seen)
    if lead not in {each.id for each in await leads_offered(tx, matter, to=handover.to_group)}:
        raise RuleBroken("press.not_ours")
    taken, answered = handovers.accept(
        found,
        handover,
        by=by.id,
        lead=lead,
        plus_type=plus_type,
        meets_on=meets_on,
        born=await birth_date(tx, found),
        now=now,
        today=local_date(now),
    )
    answered = await tx.handovers.save(answered)
    saved = await moved(tx, taken, answered, Note.HANDOVER_ACCEPTED, by=by, now=now)
    await tx.journal.note(
        Note.LEAD_APPOINTED,
        matter=case,
        source=case,
        round=saved.version,
        by=by.id,
        at=now,
    )
    await enrol(tx, saved, on=meets_on, by=by, now=now)
    await tx.relations.ask_again(case, lead)
    await tx.outbox.add(told(NoticeKind.CASE_LEAD, saved, [lead], round=saved.version, at=now))
    await _tell_answer(tx, saved, answered, matter, now=now)
    return saved


async def decline_handover(
    tx: Transaction, *, case: UUID, seen: int, by: Person, reason: str, now: datetime
) -> Case:
    """Say no, with a reason; the case is the group's as before.

    Where the person is 18 already, the leaders hear of it at once: the group either closes the
    case with a reason, or they find a way (PLUS-2).

    :raises RuleBroken: as `to_answer`; `case.moved_on`.
    """
    found, matter, handover = await to_answer(tx, id=case, by=by, result="ok", now=now)
    must_be_seen(found, seen)
    kept, answered = handovers.decline(found, handover, by=by.id, now=now)
    answered = await tx.handovers.save(answered)
    content = {"declined": reason.strip()}
    await keep_words(tx, kept, answered, by=by, id=uuid4(), content=content, now=now)
    saved = await moved(tx, kept, answered, Note.HANDOVER_DECLINED, by=by, now=now)
    await _tell_answer(tx, saved, answered, matter, now=now)
    return await follow_age(tx, saved, now=now)


async def _tell_answer(
    tx: Transaction, case: Case, handover: Handover, before: Matter, *, now: datetime
) -> None:
    """Tell those who asked, who may have no part in the case any more."""
    people = await facilitators_of(tx, handover.from_group, before)
    who = (*(each.id for each in people), handover.proposed_by)
    await tx.outbox.add(told(NoticeKind.HANDOVER_ANSWERED, case, who, round=case.version, at=now))
