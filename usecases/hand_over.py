"""Propose to SSP+ that it takes a case over, or take that back (PLUS-2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from domain import handovers
from domain.access import Action, can
from domain.cases import Case
from domain.data_classes import DataClass
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.facts import FactKind
from domain.gates import Judged
from domain.handovers import Handover, HandoverState, must_be_proposable
from domain.journal import Note
from domain.matters import Matter
from domain.notices import NoticeKind
from domain.people import CommitteeCode, Person, PersonId
from domain.plus import Criterion
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import must_be_seen, must_run
from usecases.birth_dates import birth_date
from usecases.follow_ages import follow_age
from usecases.note_fact import note_fact
from usecases.pass_gate import pass_gate
from usecases.read_case import must_be_cleared
from usecases.ssp_plus import facilitators_of, is_in_ssp_plus, ssp_plus_group, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What SSP+ is told: why, by which criteria, what is planned, and what the young person says.

    Whether the family is informed is added as it stands.
    """

    reason: str = field(repr=False)
    criteria: Collection[Criterion] = field(repr=False)
    plan: str = field(repr=False)
    child_view: str = field(repr=False)
    judged: Judged


async def to_propose(
    tx: Transaction, *, id: UUID, by: Person, result: str | None = "asked", now: datetime
) -> tuple[Case, Matter]:
    """Find a case for somebody who may propose to hand it over now.

    :raises RuleBroken: `case.not_found`, `case.closed`, and as `must_be_proposable` does.
    """
    case, matter, _ = await permit.case(
        tx, by, Action.PROPOSE_HANDOVER, id, result=result, now=now
    )
    must_run(matter)
    if await is_in_ssp_plus(tx, case):
        raise RuleBroken("handover.not_from_here")
    must_be_proposable(
        case,
        await tx.assessments.of_case(id),
        born=await birth_date(tx, case),
        today=local_date(now),
    )
    return case, matter


async def propose_handover(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    by: Person,
    said: Proposal,
    now: datetime,
) -> Case | None:
    """Ask SSP+ to take a case over; None where §115 does not let it be shared (S115-8).

    The duty stays with the group until the answer is yes; SSP+ may read the case meanwhile.

    :param id: the handover's, so that sending it twice makes one.
    :param seen: the version of the case the person acts on (AC-CARD-04).
    :raises RuleBroken: as `to_propose`; `case.moved_on`, `handover.no_criterion`,
        `handover.no_ssp_plus`, and as a gate does.
    """
    found, matter = await to_propose(tx, id=case, by=by, result="ok", now=now)
    must_be_seen(found, seen)
    if not said.criteria:
        raise RuleBroken("handover.no_criterion")
    to = await ssp_plus_group(tx)
    is_open = await pass_gate(
        tx,
        id=uuid5(id, "gate"),
        matter=matter,
        key=str(found.subject),
        judged=said.judged,
        recipients=await _readers(tx, matter, to),
        task=said.plan,
        by=by,
        now=now,
    )
    if not is_open:
        return None
    proposed, handover = handovers.propose(found, id=id, to=to, by=by.id, now=now)
    await tx.handovers.add(handover)
    informed = await tx.informings.of_case(case)
    await keep_words(
        tx,
        proposed,
        handover,
        by=by,
        id=id,
        content={
            "reason": said.reason.strip(),
            "criteria": sorted(said.criteria),
            "plan": said.plan.strip(),
            "child_view": said.child_view.strip(),
            "informed": {each.addressee: each.state for each in informed},
        },
        now=now,
    )
    saved = await moved(tx, proposed, handover, Note.HANDOVER_PROPOSED, by=by, now=now)
    asked = await facilitators_of(tx, to, await tx.matters.of_case(saved, now=now))
    await tx.outbox.add(
        told(
            NoticeKind.HANDOVER_ASKED,
            saved,
            (each.id for each in asked),
            round=saved.version,
            at=now,
        )
    )
    return saved


async def withdraw_handover(
    tx: Transaction, *, case: UUID, seen: int, by: Person, now: datetime
) -> Case:
    """Take a proposal back before it is answered; SSP+ no longer reads the case.

    :raises RuleBroken: `case.not_found`, `case.answer_relation_first`, `case.moved_on`, or
        `handover.answered`.
    """
    found, _, _ = await permit.case(tx, by, Action.PROPOSE_HANDOVER, case, now=now)
    await must_be_cleared(tx, by, case)
    handover = await waiting(tx, case)
    must_be_seen(found, seen)
    kept, ended = handovers.withdraw(found, handover, by=by.id, now=now)
    ended = await tx.handovers.save(ended)
    saved = await moved(tx, kept, ended, Note.HANDOVER_WITHDRAWN, by=by, now=now)
    return await follow_age(tx, saved, now=now)


async def waiting(tx: Transaction, case: UUID) -> Handover:
    """Find the proposal that waits for its answer.

    :raises RuleBroken: `handover.answered` where none does.
    """
    handover = await tx.handovers.latest_of(case)
    if handover is None or handover.state is not HandoverState.PROPOSED:
        raise RuleBroken("handover.answered")
    return handover


async def _readers(tx: Transaction, matter: Matter, to: CommitteeCode) -> set[PersonId]:
    """Name whom the case is disclosed to: everybody in SSP+ who could read it then."""
    shared = replace(matter, groups=matter.groups | {to})
    members = [person for _, person in await tx.organisation.members(to)]
    return {
        each.id for each in members if can(await permit.actor_of(tx, each), Action.OPEN, shared)
    }


async def moved(
    tx: Transaction, case: Case, handover: Handover, note: Note, *, by: Person, now: datetime
) -> Case:
    """Store the case where it is now, findable for those who have it, and note the event."""
    saved = await tx.cases.save(case)
    await tx.subjects.reindex(saved.subject)
    await tx.journal.note(note, matter=saved.id, source=handover.id, by=by.id, at=now)
    await note_fact(tx, FactKind.HANDOVER, saved, by=by, detail=handover.state, now=now)
    return saved


async def keep_words(
    tx: Transaction,
    case: Case,
    handover: Handover,
    *,
    by: Person,
    id: UUID,
    content: Mapping[str, object],
    now: datetime,
) -> None:
    """Keep the words of a proposal or an answer: what the group sees and judges (D8)."""
    await tx.records.add(
        Record(
            id=id,
            matter=case.id,
            key=str(case.subject),
            kind=RecordKind.HANDOVER,
            data_class=DataClass.VIEW,
            by=by.id,
            at=now,
            content={"handover": str(handover.id), "state": handover.state, **content},
        )
    )
