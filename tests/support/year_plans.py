"""Year plans for stories: a small one made by hand, and the way a real one goes."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

from domain.committee_meetings import CommitteeMeeting
from domain.people import CommitteeCode, Person
from domain.plan_changes import mark
from domain.plan_runs import PlanKind, PlanRun, PlanState, Proposed, Terms
from domain.year_plan import Engine, PlanFigures, PlannedMeeting, Rhythm, YearPlan
from tests.support.chat import Chat
from tests.support.town import DORTE, VALBY_GROUP, Town
from usecases.make_problem import make_problem
from usecases.publish_plan import changes_of

YEAR = 2027
COMPUTED = timedelta(seconds=5)
DAYS = (date(2027, 1, 12), date(2027, 1, 26), date(2027, 2, 9))
FIGURES = PlanFigures(
    engine=Engine.CP_SAT,
    seconds=1.0,
    cost=12,
    greedy_cost=20,
    bound=9,
    dates_proven=True,
    on_rhythm=0.97,
    in_school_holidays=0,
)


def a_plan(*days: date, code: CommitteeCode = VALBY_GROUP.code) -> YearPlan:
    """A plan of one committee on these days."""
    return YearPlan(
        year=YEAR,
        meetings=tuple(
            PlannedMeeting(committee=code, number=number, day=day, starts=time(9))
            for number, day in enumerate(days, start=1)
        ),
        rhythms={code: Rhythm(weekday=2, starts=time(9), week=1)},
        figures=FIGURES,
    )


async def kept(
    town: Town, plan: YearPlan | None = None, *, by: Person = DORTE, id: UUID | None = None
) -> PlanRun:
    """Let there be a proposal that waits for somebody to look at it."""
    async with town.remembers() as tx:
        problem = await make_problem(tx, year=YEAR, terms=Terms())
        result = Proposed(plan=plan or a_plan(*DAYS), shortfalls=(), managers_off=())
        run = PlanRun(
            id=id or uuid4(),
            kind=PlanKind.PLAN,
            year=YEAR,
            state=PlanState.PROPOSED,
            problem=problem,
            result=result,
            asked_by=by.id,
            asked_at=town.hour.now,
            computed_at=town.hour.now,
        )
        await tx.year_plans.ask(run)
    return run


async def mark_of(town: Town, run: PlanRun) -> str:
    """Give the letters of what it would change now."""
    async with town.remembers() as tx:
        return mark(await changes_of(tx, run, today=town.hour.now.date()))


async def published(town: Town, chat: Chat, plan: YearPlan | None = None) -> PlanRun:
    """Let somebody look at a proposal and approve it, and let it be published."""
    run = await kept(town, plan, by=chat.person)
    await chat.types(f"årsplan {YEAR} ændringer")
    await chat.presses("yearplan.approve")
    await town.passes(COMPUTED)
    return await run_of(town, run.id)


async def run_of(town: Town, id: UUID) -> PlanRun:
    async with town.remembers() as tx:
        found = await tx.year_plans.find(id)
    assert found is not None
    return found


async def meetings_of(town: Town) -> list[CommitteeMeeting]:
    async with town.remembers() as tx:
        return await tx.committee_meetings.of_year(YEAR)


async def moves(town: Town, meeting: CommitteeMeeting, *, day: date) -> CommitteeMeeting:
    """Let somebody have moved a meeting by hand."""
    async with town.remembers() as tx:
        moved = replace(meeting, day=day, sequence=meeting.sequence + 1)
        return await tx.committee_meetings.save(moved)
