"""Decide whether somebody is in the target group of SSP+, or bring the leaders in (AGE-5)."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain import assessments
from domain.access import Action
from domain.assessments import Assessment, Verdict
from domain.cases import Case
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.facts import FactKind
from domain.journal import Note
from domain.people import Person
from domain.plus import Criterion
from domain.records import Record, RecordKind
from storage.database import Transaction
from usecases import permit
from usecases.agree_action import meeting_of, must_be_seen, must_run
from usecases.follow_ages import tell_leaders
from usecases.note_fact import note_fact
from usecases.read_case import must_be_cleared
from usecases.ssp_plus import is_in_ssp_plus


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What the group decides, and why; the criteria are those of AGE-4."""

    verdict: Verdict
    criteria: Collection[Criterion] = field(repr=False)
    reason: str = field(repr=False)


async def to_assess(
    tx: Transaction, *, id: UUID, by: Person, result: str | None = "asked", now: datetime
) -> tuple[Case, Assessment]:
    """Find the assessment of a case for somebody who may decide it.

    :raises RuleBroken: `case.not_found`; `assessment.in_ssp_plus` when SSP+ has the case;
        `assessment.none` where there is nothing to assess, or not yet.
    """
    case, matter, _ = await permit.case(tx, by, Action.ASSESS_PLUS, id, result=result, now=now)
    must_run(matter)
    if await is_in_ssp_plus(tx, case):
        raise RuleBroken("assessment.in_ssp_plus")
    assessment = await tx.assessments.of_case(id)
    if assessment is None or not assessment.told:
        raise RuleBroken("assessment.none")
    return case, assessment


async def assess_plus(
    tx: Transaction,
    *,
    id: UUID,
    case: UUID,
    seen: int,
    by: Person,
    said: Assessed,
    now: datetime,
) -> Case:
    """Decide, with reason and criteria; the level only suggests (AGE-4).

    :param id: the record's, so that sending it twice makes one.
    :param seen: the version of the case the person acts on (AC-CARD-04).
    :raises RuleBroken: as `to_assess`; `case.moved_on`, `assessment.no_criterion`.
    """
    found, assessment = await to_assess(tx, id=case, by=by, result="ok", now=now)
    must_be_seen(found, seen)
    if said.verdict is Verdict.IN_TARGET and not said.criteria:
        raise RuleBroken("assessment.no_criterion")
    decided = assessments.decide(assessment, verdict=said.verdict, by=by.id, now=now)
    await tx.assessments.save(decided)
    await tx.records.add(
        Record(
            id=id,
            matter=case,
            key=str(found.subject),
            kind=RecordKind.ASSESSMENT,
            data_class=DataClass.VIEW,
            by=by.id,
            at=now,
            content={
                "verdict": said.verdict,
                "criteria": sorted(said.criteria),
                "reason": said.reason.strip(),
                "level": found.level,
            },
            meeting=await meeting_of(tx, found, now=now),
        )
    )
    saved = await tx.cases.save(replace(found, last_event_at=now))
    await tx.journal.note(Note.ASSESSED, matter=case, source=id, by=by.id, at=now)
    await note_fact(tx, FactKind.ASSESSED, saved, by=by, detail=said.verdict, now=now)
    return saved


async def escalate_assessment(
    tx: Transaction, *, case: UUID, seen: int, by: Person, now: datetime
) -> Case:
    """Bring the leaders of the area and of SSP+ in before the 18th birthday does (PLUS-2).

    They learn the number of the case and nothing else; the duty stays where it is.

    :raises RuleBroken: as `to_assess`; `case.answer_relation_first`, `case.moved_on`,
        `assessment.escalated`.
    """
    found, assessment = await to_assess(tx, id=case, by=by, result="ok", now=now)
    await must_be_cleared(tx, by, case)
    must_be_seen(found, seen)
    raised = await tx.assessments.save(assessments.escalate(assessment, now=now))
    saved = await tx.cases.save(replace(found, last_event_at=now))
    matter = await tx.matters.of_case(saved, now=now)
    await tell_leaders(tx, saved, matter, raised, at=now)
    return saved
