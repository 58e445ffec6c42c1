"""Follow how old the person of a case has become, so that somebody acts on it (AGE-5 to 9)."""

from datetime import date, datetime, time
from uuid import uuid4

from domain import handovers
from domain.assessments import Assessment, Milestone, follow
from domain.cases import RUNNING, Case
from domain.dates import local_date
from domain.gates import Purpose
from domain.handovers import HandoverState
from domain.matters import Matter
from domain.notices import NoticeKind
from domain.periods import moment
from domain.plus import HEADS_UP_AT_MONTHS, is_out_of_age, wants_heads_up
from storage.database import Transaction
from usecases.birth_dates import birth_date
from usecases.record_outcome import enrol
from usecases.ssp_plus import facilitators_of, is_in_ssp_plus, leaders_of, told

MORNING = time(8)  # when people read what the night has found


async def follow_age(
    tx: Transaction,
    case: Case,
    *,
    heads_up_at_months: int = HEADS_UP_AT_MONTHS,
    now: datetime,
) -> Case:
    """Bring a case up to its person's age today; twice is no harm.

    At night, and whenever a case is opened, reopened or handed back, and when a birth date is
    corrected (AGE-9). What was decided is kept. Whoever calls this holds the case.

    :raises Shredded: when what is known of the person has been destroyed.
    """
    if case.state not in RUNNING or case.merged_into is not None:
        return case
    born = await birth_date(tx, case)
    matter = await tx.matters.of_case(case, now=now)
    if await is_in_ssp_plus(tx, case):
        if case.coordinated_at is not None:
            await enrol(tx, case, on=local_date(case.coordinated_at), by=None, now=now)
        case = await _grow_up(tx, case, matter, born=born, now=now)
    else:
        await _assess(tx, case, matter, born=born, now=now)
    kind = _told_of_age(case, born, heads_up_at_months=heads_up_at_months, today=local_date(now))
    if kind is not None:
        people = await facilitators_of(tx, case.group, matter)
        await tx.outbox.add(told(kind, case, (p.id for p in people), round=1, at=_morning(now)))
    return case


async def assessment_open(tx: Transaction, case: Case) -> bool:
    """Whether the assessment for SSP+ stands in the way of closing (CASE-9)."""
    assessment = await tx.assessments.of_case(case.id)
    return assessment is not None and assessment.is_open and bool(assessment.told)


async def tell_leaders(
    tx: Transaction, case: Case, matter: Matter, assessment: Assessment, *, at: datetime
) -> None:
    """Bring in the leaders of the area and of SSP+, and tell who has the duty; it stays theirs."""
    leaders = await leaders_of(tx, case, matter)
    facilitators = await facilitators_of(tx, case.group, matter)
    people = (each.id for each in (*leaders, *facilitators))
    await tx.outbox.add(
        told(NoticeKind.PLUS_ESCALATED, case, people, round=assessment.version, at=at)
    )


async def _assess(
    tx: Transaction, case: Case, matter: Matter, *, born: date | None, now: datetime
) -> None:
    before = await tx.assessments.of_case(case.id)
    handover = await tx.handovers.latest_of(case.id)
    followed = follow(
        before,
        case=case.id,
        born=born,
        answer_awaited=handover is not None and handover.state is HandoverState.PROPOSED,
        id=uuid4(),
        now=now,
        today=local_date(now),
    )
    after = followed.assessment
    if after is None:
        return
    if before is None:
        await tx.assessments.add(after)
    elif after != before:
        after = await tx.assessments.save(after)
    if after != before:
        await _record(tx, case, f"assessment.{followed.tell or 'put_off'}", now=now)
    if followed.tell is not None or (after.is_open and after.told):
        await _tell(tx, case, matter, after, now=now)


async def _tell(
    tx: Transaction, case: Case, matter: Matter, assessment: Assessment, *, now: datetime
) -> None:
    """Tell everybody who has not heard of it yet: a new facilitator hears the next night."""
    if Milestone.OF_AGE in assessment.told:
        await tell_leaders(tx, case, matter, assessment, at=_morning(now))
        return
    people = await facilitators_of(tx, case.group, matter)
    await tx.outbox.add(
        told(
            NoticeKind.PLUS_ASSESS,
            case,
            (each.id for each in people),
            round=assessment.version,
            at=_morning(now),
        )
    )


async def _grow_up(
    tx: Transaction, case: Case, matter: Matter, *, born: date | None, now: datetime
) -> Case:
    """End the joint responsibility when the person is 18 (AGE-8)."""
    handover = await tx.handovers.latest_of(case.id)
    if handover is None:
        return case
    ended = handovers.grown_up(case, handover, born=born, now=now, today=local_date(now))
    if ended is None:
        return case
    alone = await tx.cases.save(ended[0])
    await tx.handovers.save(ended[1])
    await tx.subjects.reindex(case.subject)
    await _record(tx, alone, "handover.done", now=now)
    people = [
        *await facilitators_of(tx, handover.from_group, matter),
        *await facilitators_of(tx, alone.group, matter),
    ]
    await tx.outbox.add(
        told(
            NoticeKind.PLUS_ALONE,
            alone,
            (each.id for each in people),
            round=alone.version,
            at=_morning(now),
        )
    )
    return alone


def _told_of_age(
    case: Case, born: date | None, *, heads_up_at_months: int, today: date
) -> NoticeKind | None:
    if is_out_of_age(born, today):
        return NoticeKind.PLUS_OUT_OF_AGE
    if wants_heads_up(born, today, level=case.level, at_months=heads_up_at_months):
        return NoticeKind.PLUS_HEADS_UP
    return None


def _morning(now: datetime) -> datetime:
    """Let people sleep: what is found at night is told in the morning; by day, at once."""
    return max(now, moment(local_date(now), MORNING))


async def _record(tx: Transaction, case: Case, action: str, *, now: datetime) -> None:
    await tx.audit.record(
        at=now,
        actor=None,
        action=action,
        about=str(case.id),
        result="ok",
        purpose=Purpose.CRIME_PREVENTION,
    )
