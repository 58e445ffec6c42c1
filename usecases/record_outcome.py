"""Keep what became of a young person in SSP+, and ask again in time (PLUS-6, PLUS-7)."""

from datetime import date, datetime
from uuid import UUID

from domain import outcomes
from domain.access import Action
from domain.cases import Case
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.facts import FactKind
from domain.outcomes import Answer, Outcome, Started, Status
from domain.people import Person
from storage.database import Transaction
from usecases import permit
from usecases.note_fact import note_fact


async def enrol(
    tx: Transaction, case: Case, *, on: date, by: Person | None, now: datetime
) -> None:
    """Note the day SSP+ first takes a case up; the first one stands."""
    begun = Outcome(case=case.id, first_processed_on=on)
    if await tx.outcomes.enrol(begun, subject=case.subject):
        await note_fact(tx, FactKind.PROCESSED_FIRST, case, by=by, now=now)


async def outcome_of(
    tx: Transaction, *, case: UUID, by: Person, now: datetime
) -> tuple[Case, Outcome]:
    """Find what is known, for somebody who may say more of it; ended cases count too.

    :raises RuleBroken: `case.not_found`, or `outcome.not_begun` before SSP+ has begun.
    """
    found, _, _ = await permit.case(tx, by, Action.RECORD_OUTCOME, case, now=now)
    outcome = await tx.outcomes.of_case(case)
    if outcome is None:
        raise RuleBroken("outcome.not_begun")
    return found, outcome


async def note_start(
    tx: Transaction,
    *,
    case: UUID,
    seen: int,
    by: Person,
    answer: Answer,
    kind: Started | None = None,
    on: date | None = None,
    now: datetime,
) -> Outcome:
    """Note whether they have begun education or a job, which, and when.

    :param seen: the version of the case the person acts on (AC-CARD-04).
    :raises RuleBroken: `case.not_found`, `case.moved_on`, `outcome.not_begun`,
        `outcome.when_and_what`, and what the rules refuse of the day.
    """
    found, outcome = await outcome_of(tx, case=case, by=by, now=now)
    if answer is Answer.YES and kind is not None and on is not None:
        said = outcomes.began(outcome, kind=kind, on=on, today=local_date(now))
    else:
        said = outcomes.not_begun(outcome, answer)
    kept = await _keep(tx, found, said, seen=seen)
    await note_fact(
        tx,
        FactKind.STARTED,
        found,
        by=by,
        detail=kept.started_type or answer,
        value=int(kept.started_in_time),
        now=now,
    )
    return kept


async def note_two_years_on(
    tx: Transaction,
    *,
    case: UUID,
    seen: int,
    by: Person,
    status: Status,
    reconvicted: Answer,
    now: datetime,
) -> Outcome:
    """Note how it goes 24 months after the start.

    :raises RuleBroken: as `note_start` does, and `outcome.too_early`.
    """
    found, outcome = await outcome_of(tx, case=case, by=by, now=now)
    said = outcomes.two_years_on(
        outcome, status=status, reconvicted=reconvicted, today=local_date(now)
    )
    kept = await _keep(tx, found, said, seen=seen)
    await note_fact(tx, FactKind.STATUS_24M, found, by=by, detail=status, now=now)
    await note_fact(tx, FactKind.RECONVICTED_24M, found, by=by, detail=reconvicted, now=now)
    return kept


async def _keep(tx: Transaction, case: Case, said: Outcome, *, seen: int) -> Outcome:
    """Store it, unless the person looked at something older.

    The case gets a new version, and no later end: what is asked after it was closed does not
    keep it longer.
    """
    if case.version != seen:
        raise RuleBroken("case.moved_on")
    await tx.cases.save(case)
    return await tx.outcomes.save(said)
