"""Ask the planner for a year, for a change of one, or how many facilitators it needs."""

from datetime import date, datetime, timedelta
from uuid import UUID

from domain.errors import RuleBroken
from domain.gates import ADMINISTRATION
from domain.office_actions import OfficeAction, may
from domain.people import Person
from domain.plan_runs import TO_DO, PlanKind, PlanRun, PlanState, Terms, newest
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.permit_office import permit_office

AHEAD = 3  # years that may be planned, besides this one
FROZEN = timedelta(weeks=3)  # whatever is nearer stays where it is (meetings.md §3)


async def ask_plan(
    tx: Transaction,
    *,
    id: UUID,
    kind: PlanKind,
    year: int,
    terms: Terms,
    by: Person,
    now: datetime,
    today: date,
) -> PlanRun:
    """Ask; it is computed when the planner is free. Asked again under the same id it is the same.

    What was proposed for the year before and nobody has approved is put away.

    :raises RuleBroken: `office.secretariat_only`, `year_plan.year`, `.under_way`,
        `.replan_instead`, `.none_published`.
    """
    await permit_office(tx, by, OfficeAction.PLAN_YEAR)
    known = await tx.year_plans.find(id)
    if known is not None:
        return known
    must_be_near(year, today=today)
    earlier = await tx.year_plans.of_year(year)
    published = newest(earlier, states=[PlanState.PUBLISHED])
    if newest(earlier, states=TO_DO) is not None:
        raise RuleBroken("year_plan.under_way", year=year)
    if kind is PlanKind.PLAN and published is not None and is_near(year, today=today):
        raise RuleBroken("year_plan.replan_instead", year=year)
    if kind is PlanKind.REPLAN and published is None:
        raise RuleBroken("year_plan.none_published", year=year)
    if kind is not PlanKind.STAFF:
        for each in earlier:
            if each.state is PlanState.PROPOSED:
                await tx.year_plans.save(each.dropped(by=by.id, at=now))
    run = PlanRun(
        id=id,
        kind=kind,
        year=year,
        base=published.id if kind is PlanKind.REPLAN and published is not None else None,
        terms=terms,
        asked_by=by.id,
        asked_at=now,
    )
    if not await tx.year_plans.ask(run):
        raise RuleBroken("year_plan.under_way", year=year)
    await _record(tx, "year.ask_plan", run, by=by, now=now)
    return run


def must_be_near(year: int, *, today: date) -> None:
    """Let this year pass and the next few.

    :raises RuleBroken: `year_plan.year`
    """
    if not today.year <= year <= today.year + AHEAD:
        raise RuleBroken("year_plan.year", first=today.year, last=today.year + AHEAD)


def is_near(year: int, *, today: date) -> bool:
    """Whether meetings of that year are so near that they should stay where they are."""
    return date(year, 1, 1) - FROZEN <= today


async def may_plan(tx: Transaction, person: Person) -> bool:
    return may(await actor_of(tx, person), OfficeAction.PLAN_YEAR)


async def read_plan(tx: Transaction, id: UUID, *, by: Person) -> PlanRun:
    """Find a plan for somebody who may plan.

    :raises RuleBroken: `year_plan.not_found`, the same whether it is missing or not theirs.
    """
    found = await tx.year_plans.find(id)
    if found is None or not await may_plan(tx, by):
        raise RuleBroken("year_plan.not_found", about=str(id))
    return found


async def drop_plan(tx: Transaction, id: UUID, *, seen: int, by: Person, now: datetime) -> PlanRun:
    """Put a proposal away, or stop what is being computed.

    :raises RuleBroken: `year_plan.not_found`, `.moved_on`, `.not_proposed`.
    """
    found = await read_plan(tx, id, by=by)
    if found.version != seen:
        raise RuleBroken("year_plan.moved_on")
    dropped = await tx.year_plans.save(found.dropped(by=by.id, at=now))
    await _record(tx, "year.drop_plan", dropped, by=by, now=now)
    return dropped


async def _record(
    tx: Transaction, action: str, run: PlanRun, *, by: Person, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by.id,
        action=action,
        about=str(run.id),
        result=run.kind,
        purpose=ADMINISTRATION,
    )
