"""Who may press what on a year, on a plan of it, on a school holiday and on a group's habits."""

from dialogs.things_year import habits_id
from domain.meeting_years import year_id
from tests.support.acts import Staged, act
from tests.support.town import VALBY_GROUP, Town
from tests.support.year_plans import YEAR, a_plan, kept, mark_of
from usecases.keep_year_calendar import holidays_of

PLANS = ("secretariat", "head")


async def a_year(_: Town) -> Staged:
    return Staged(carried={"meeting_year": str(year_id(YEAR))}, number=str(YEAR))


async def one_with_a_plan(town: Town) -> Staged:
    """Let the year have a plan in force, so that it can be changed."""
    run = await kept(town)
    async with town.remembers() as tx:
        await tx.year_plans.save(run.published(at=town.hour.now))
    return await a_year(town)


async def one_with_a_proposal(town: Town) -> Staged:
    await kept(town)
    return await a_year(town)


async def a_proposal(town: Town) -> Staged:
    run = await kept(town, a_plan())
    return Staged(carried={"year_plan": str(run.id), "version": run.version})


async def a_proposal_whose_changes_were_seen(town: Town) -> Staged:
    run = await kept(town)
    seen = {"year_plan": str(run.id), "version": run.version, "shown": await mark_of(town, run)}
    return Staged(carried=seen)


async def a_holiday(town: Town) -> Staged:
    async with town.remembers() as tx:
        first = (await holidays_of(tx, YEAR))[0]
    return Staged(carried={"holiday": str(first.id), "version": first.version})


async def habits(_: Town) -> Staged:
    carried = {"habits": str(habits_id(VALBY_GROUP.code)), "version": 0}
    return Staged(carried=carried, number="KG5")


ACTS = {
    "yearplan.begin": act(a_year, *PLANS),
    "yearplan.staff": act(a_year, *PLANS),
    "yearplan.replan": act(one_with_a_plan, *PLANS),
    "yearplan.open": act(a_proposal, *PLANS),
    "yearplan.changes": act(a_proposal, *PLANS, page="1"),
    "yearplan.shortfalls": act(a_proposal, *PLANS, page="1"),
    "yearplan.drop": act(a_proposal, *PLANS),
    "yearplan.drop_typed": act(one_with_a_proposal, *PLANS),
    "yearplan.approve": act(a_proposal_whose_changes_were_seen, *PLANS),
    "yearplan.approve_typed": act(one_with_a_proposal, *PLANS, rest=" 00000000"),
    "holiday.change": act(a_holiday, *PLANS),
    "holiday.remove": act(a_holiday, *PLANS),
    "habits.set": act(habits, "facilitator", *PLANS),
}
