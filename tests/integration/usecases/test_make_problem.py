"""The planner's problem is made of the register, and of what people and the Secretariat noted."""

import asyncio
from dataclasses import replace
from datetime import date, time
from uuid import UUID, uuid4

from domain.absences import Absence
from domain.errors import RuleBroken
from domain.meeting_year import Busy, ClosedDay, Habits
from domain.people import CommitteeCode, CommitteeType, Membership, Seat
from domain.plan_changes import Change, Place
from domain.plan_runs import Leave, PlanKind, PlanRun, PlanState, Terms
from domain.year_plan import Body, HalfDay, Policy, Problem
from scheduler.plan_years import LEASE, YearPlanning
from tests.integration.usecases.desk import Desk
from tests.support.town import (
    BO,
    CARL,
    DORTE,
    EVA,
    MONDAY_NOON,
    ORGANISATION,
    PIA,
    SOFIE,
    VALBY_GROUP,
)
from usecases.ask_plan import ask_plan
from usecases.make_problem import make_problem

YEAR = 2027


async def made(desk: Desk, terms: Terms | None = None) -> Problem:
    async with desk.database.transaction() as tx:
        return await make_problem(tx, year=YEAR, terms=terms or Terms())


def body(problem: Problem, code: CommitteeCode) -> Body:
    return next(each for each in problem.bodies if each.code == code)


async def seated(desk: Desk, *more: Membership) -> None:
    register = replace(ORGANISATION, memberships=(*ORGANISATION.memberships, *more))
    async with desk.database.transaction() as tx:
        await tx.organisation.replace(register)


class TestTheProblem:
    async def test_is_the_same_twice(self, desk: Desk) -> None:
        """MTG-8."""
        assert await made(desk) == await made(desk)

    async def test_has_every_slot_that_should_be_filled_and_who_stands_in(
        self, desk: Desk
    ) -> None:
        stands_in = Membership(
            committee=VALBY_GROUP.code, person=PIA.id, slot="KG.5", seat=Seat.SUBSTITUTE
        )
        await seated(desk, stands_in)

        seats = {each.slot: each for each in body(await made(desk), VALBY_GROUP.code).seats}

        assert seats["KG.5"].members == (CARL.id,)
        assert seats["KG.5"].substitutes == (PIA.id,)
        assert (seats["KG.2"].least, seats["KG.2"].members) == (1, ())
        assert seats["KG.opt"].least == 0

    async def test_is_led_by_the_facilitator_and_then_by_who_stands_in_for_them(
        self, desk: Desk
    ) -> None:
        stands_in = Membership(
            committee=VALBY_GROUP.code, person=EVA.id, slot="KG.fac", seat=Seat.SUBSTITUTE
        )
        await seated(desk, stands_in)

        problem = await made(desk)

        assert body(problem, VALBY_GROUP.code).facilitators == (BO.id, EVA.id)
        assert body(problem, CommitteeCode("CG")).leader == "henriette"
        assert body(problem, CommitteeCode("LU-VAL")).leader is None

    async def test_goes_by_what_was_noted(self, desk: Desk) -> None:
        async with desk.database.transaction() as tx:
            await tx.year_calendar.save_habits(
                Habits(
                    committee=VALBY_GROUP.code,
                    policy=Policy.PAUSE,
                    minutes=90,
                    preferred=("2a",),
                    barred=("5p",),
                    noted_at=MONDAY_NOON,
                )
            )
            await tx.year_calendar.save_busy(
                Busy(person=CARL.id, halves=("1p",), noted_at=MONDAY_NOON)
            )
            await tx.year_calendar.close(
                ClosedDay(day=date(YEAR, 6, 24), why="", noted_by=DORTE.id, noted_at=MONDAY_NOON)
            )
            await tx.absences.add(
                Absence(
                    id=uuid4(),
                    person=SOFIE.id,
                    from_on=date(YEAR, 2, 1),
                    to_on=date(YEAR, 2, 2),
                    noted_at=MONDAY_NOON,
                )
            )
        week = Leave(committee=VALBY_GROUP.code, days=(date(YEAR, 3, 1),))

        problem = await made(desk, Terms(holds=(CommitteeType.COORDINATION,), leave=(week,)))

        own, other = body(problem, VALBY_GROUP.code), body(problem, CommitteeCode("KG6"))
        people = {each.id: each for each in problem.attendees}
        assert (own.policy, own.minutes, other.policy) == (Policy.PAUSE, 90, Policy.HOLD)
        assert own.preferred == {HalfDay(weekday=2)}
        assert own.barred == {HalfDay(weekday=5, afternoon=True)}
        assert own.not_on == {date(YEAR, 3, 1)}
        assert people[CARL.id].busy == {HalfDay(weekday=1, afternoon=True)}
        assert people[SOFIE.id].away == {date(YEAR, 2, 1), date(YEAR, 2, 2)}
        assert date(YEAR, 6, 24) in problem.closed
        assert len(problem.school_holidays) == 8


def a_run(state: PlanState = PlanState.WAITING) -> PlanRun:
    return PlanRun(
        id=uuid4(),
        kind=PlanKind.PLAN,
        year=YEAR,
        state=state,
        asked_by=DORTE.id,
        asked_at=MONDAY_NOON,
    )


class TestAClaim:
    async def test_is_one_at_a_time_and_taken_over_when_it_has_run_out(self, desk: Desk) -> None:
        run = a_run()
        async with desk.database.transaction() as tx:
            await tx.year_plans.ask(run)
            dead = await tx.year_plans.claim(now=MONDAY_NOON, lease=LEASE)
            busy = await tx.year_plans.claim(now=MONDAY_NOON, lease=LEASE)
        async with desk.database.transaction() as tx:
            other = await tx.year_plans.claim(now=MONDAY_NOON + LEASE, lease=LEASE)
        assert dead is not None
        assert other is not None

        async with desk.database.transaction() as tx:
            of_the_dead = await tx.year_plans.settle(dead.failed(at=MONDAY_NOON))
            of_the_other = await tx.year_plans.settle(other.failed(at=MONDAY_NOON))

        assert busy is None
        assert other.id == dead.id
        assert (of_the_dead, of_the_other) == (False, True)

    async def test_publishes_before_it_computes(self, desk: Desk) -> None:
        approved = a_run(PlanState.APPROVED)
        async with desk.database.transaction() as tx:
            await tx.year_plans.ask(a_run())
            await tx.year_plans.ask(approved)
            claimed = await tx.year_plans.claim(now=MONDAY_NOON, lease=LEASE)

        assert claimed is not None
        assert claimed.id == approved.id

    async def test_comes_to_others_before_what_was_tried_in_vain(self, desk: Desk) -> None:
        stuck, following = a_run(PlanState.APPROVED), a_run()
        async with desk.database.transaction() as tx:
            await tx.year_plans.ask(stuck)
            await tx.year_plans.claim(now=MONDAY_NOON, lease=LEASE)
            await tx.year_plans.ask(following)
            busy = await tx.year_plans.claim(now=MONDAY_NOON, lease=LEASE)
            claimed = await tx.year_plans.claim(now=MONDAY_NOON + LEASE, lease=LEASE)

        assert busy is None
        assert claimed is not None
        assert claimed.id == following.id


async def test_a_replica_that_stops_gives_back_what_it_was_publishing(desk: Desk) -> None:
    place = Place(day=date(YEAR, 3, 2), starts=time(9), minutes=60)
    change = Change(committee=VALBY_GROUP.code, number=1, before=None, after=place)
    approved = replace(a_run(PlanState.APPROVED), changes=(change,))
    async with desk.database.transaction() as tx:
        await tx.year_plans.ask(approved)

    async def redraws(_: UUID) -> None:
        raise AssertionError("it was not published")

    planning = YearPlanning(
        database=desk.database,
        redraw=redraws,
        wake=lambda: None,
        now=lambda: MONDAY_NOON,
        seconds=1,
    )
    await asyncio.gather(planning.run(), planning.close())

    async with desk.database.transaction() as tx:
        found = await tx.year_plans.find(approved.id)
        assert found is not None
        assert (found.state, found.lease_until, found.claims) == (PlanState.APPROVED, None, 0)


async def test_two_who_ask_for_a_year_at_the_same_moment_get_one_plan(desk: Desk) -> None:
    async def asks() -> str:
        try:
            async with desk.database.transaction() as tx:
                await ask_plan(
                    tx,
                    id=uuid4(),
                    kind=PlanKind.PLAN,
                    year=YEAR,
                    terms=Terms(),
                    by=DORTE,
                    now=MONDAY_NOON,
                    today=MONDAY_NOON.date(),
                )
        except RuleBroken as refused:
            return refused.code
        return "asked"

    said = await asyncio.gather(asks(), asks(), asks())

    assert sorted(said) == ["asked", "year_plan.under_way", "year_plan.under_way"]
    async with desk.database.transaction() as tx:
        assert len(await tx.year_plans.of_year(YEAR)) == 1
        assert not await tx.year_plans.ask(a_run())
