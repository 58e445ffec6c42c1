"""An action plan is made, given an end, let run and carried out (BER-33 … 38, 55, 56)."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

import pytest

from domain.absences import Absence
from domain.ages import add_months
from domain.alert_log import LogKind
from domain.alerts import AlertState, Level
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.notices import NoticeKind
from domain.periods import moment
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, ORDER, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.planning import A_WEEK, FULL, PlanDesk
from tests.support.town import (
    ANNA,
    CARL,
    DORTE,
    HELLE,
    KLAUS,
    LARS,
    LINE,
    MONDAY_NOON,
    SOFIE,
    SUNE,
    UFFE,
    VIGGO,
)
from usecases.make_action_plan import make_plan
from usecases.read_action_plan import my_measures, see_measure, see_plan
from usecases.run_action_plan import release_plan, set_period

EVERYBODY_ELSE = (ANNA, HELLE, KLAUS, SUNE, UFFE)


@pytest.fixture
async def planning(desk: Desk) -> PlanDesk:
    return await PlanDesk.of(desk)


class TestMaking:
    async def test_takes_one_tap_where_there_is_none(self, desk: Desk) -> None:
        """BER-33: pressed twice, it is one plan; the alert is then being planned."""
        readiness = AlertDesk(desk=desk)
        await readiness.opens()
        await readiness.activates(replace(ORDER, level=Level.COORDINATION))

        async def work(tx: Transaction) -> None:
            await make_plan(tx, alert=ALERT, by=LARS, now=MONDAY_NOON)

        await asyncio.gather(desk.does(work), desk.does(work))
        async with desk.database.transaction() as tx:
            (plan,) = await tx.action_plans.of_alert(ALERT)

        assert plan.released_at is None
        assert {each.party for each in plan.measures} <= {*plan.parties}
        assert all(each.owner for each in plan.measures)
        assert (await readiness.alert()).state is AlertState.PLANNING
        assert [each.kind for each in await readiness.log()].count(LogKind.PLAN) == 1

    async def test_is_for_who_leads_the_alert(self, desk: Desk) -> None:
        """BER-52: nobody else."""
        readiness = AlertDesk(desk=desk)
        await readiness.opens()
        await readiness.activates()

        for each in (ANNA, SUNE):
            with pytest.raises(RuleBroken, match=r"alert\.not_found"):
                async with desk.database.transaction() as tx:
                    await make_plan(tx, alert=ALERT, by=each, now=MONDAY_NOON)


class TestLettingItRun:
    async def test_needs_an_end(self, planning: PlanDesk) -> None:
        """BER-56: without one nothing runs, and nothing is told."""

        async def release(tx: Transaction) -> None:
            await tx.action_plans.hold(planning.id)
            await release_plan(tx, id=planning.id, by=LARS, now=MONDAY_NOON)

        async def forget(tx: Transaction) -> None:
            plan = await tx.action_plans.hold(planning.id)
            assert plan is not None
            endless = replace(plan, period_end=None, version=plan.version + 1)
            await tx.action_plans.save(endless, was=plan)

        await planning.desk.does(forget)

        assert await planning.desk.refuses(release) == "actionplan.no_period"
        assert await planning.told(NoticeKind.MEASURES_GIVEN) == []

    async def test_puts_the_alert_in_force_and_tells_each_owner_once(
        self, planning: PlanDesk
    ) -> None:
        """BER-34, BER-56: one message to a person, whatever they own."""
        plan = await planning.runs()
        owners = {each.owner for each in plan.measures}
        alert = await planning.readiness.alert()

        assert alert.state is AlertState.RUNNING
        assert alert.period_end == plan.period_end == MONDAY_NOON + A_WEEK
        assert await planning.told(NoticeKind.MEASURES_GIVEN) == sorted(
            str(each) for each in owners - {LARS.id}
        )
        assert len(await planning.lines(LogKind.RUNNING)) == 1

    async def test_gives_what_is_of_who_is_away_to_who_stands_in(self, planning: PlanDesk) -> None:
        """BER-28, BER-34: nothing waits for somebody who is not there to read of it."""
        today = local_date(MONDAY_NOON)
        before = [each for each in (await planning.plan()).measures if each.owner == LARS.id]
        away = Absence(
            id=uuid4(), person=LARS.id, from_on=today, to_on=today, noted_at=MONDAY_NOON
        )
        await planning.desk.does(lambda tx: tx.absences.add(away))

        plan = await planning.runs()

        assert {each.substitute for each in before} == {LINE.id}
        assert {plan.measure(each.id).owner for each in before} == {LINE.id}
        assert str(LINE.id) in await planning.told(NoticeKind.MEASURES_GIVEN)
        [line] = await planning.lines(LogKind.RUNNING)
        assert LINE.id in line.people

    async def test_twice_is_once(self, planning: PlanDesk) -> None:
        plan = await planning.runs()

        async with planning.desk.database.transaction() as tx:
            again = await release_plan(tx, id=plan.id, by=DORTE, now=MONDAY_NOON)

        assert again.released_at == plan.released_at
        assert len(await planning.lines(LogKind.RUNNING)) == 1

    async def test_ends_the_choice_of_an_end(self, planning: PlanDesk) -> None:
        """BER-57: later is an extension, which is a decision of its own."""
        await planning.runs()

        async def moves(tx: Transaction) -> None:
            await set_period(
                tx, id=planning.id, period_end=MONDAY_NOON + 2 * A_WEEK, by=LARS, now=MONDAY_NOON
            )

        assert await planning.desk.refuses(moves) == "actionplan.released"

    async def test_is_for_three_months_at_most(self, planning: PlanDesk) -> None:
        """BER-57: whoever needs longer extends it, and the steering group decides that."""

        async def moves(tx: Transaction) -> None:
            await set_period(tx, id=planning.id, period_end=ends, by=LARS, now=MONDAY_NOON)

        longest = add_months(local_date(MONDAY_NOON), 3)
        ends = moment(longest + timedelta(days=1), time(12))
        assert await planning.desk.refuses(moves) == "actionplan.too_long"
        ends = moment(longest, time(12))
        await planning.desk.does(moves)
        assert (await planning.plan()).period_end == ends

    async def test_of_a_template_is_for_no_longer(self, planning: PlanDesk) -> None:
        """BER-57: a template is written by people, too."""
        plan = await planning.plan()
        long = replace(plan, period_end=MONDAY_NOON + timedelta(days=200), version=2)
        await planning.desk.does(lambda tx: tx.action_plans.save(long, was=plan))

        async def runs(tx: Transaction) -> None:
            await release_plan(tx, id=planning.id, by=LARS, now=MONDAY_NOON)

        assert await planning.desk.refuses(runs) == "actionplan.too_long"


class TestReading:
    async def test_is_for_the_parties_only(self, planning: PlanDesk) -> None:
        """BER-52, BER-55: all of it to who takes part, and to nobody else."""
        for each in (LARS, SOFIE, CARL, DORTE):
            async with planning.desk.database.transaction() as tx:
                seen = await see_plan(tx, id=planning.id, by=each, now=MONDAY_NOON)
            assert seen.plan.id == planning.id
        for each in EVERYBODY_ELSE:
            with pytest.raises(RuleBroken, match=r"actionplan\.not_found"):
                async with planning.desk.database.transaction() as tx:
                    await see_plan(tx, id=planning.id, by=each, now=MONDAY_NOON)

    async def test_of_a_measure_is_too(self, planning: PlanDesk) -> None:
        measure = await planning.measure("M1")
        for each in EVERYBODY_ELSE:
            with pytest.raises(RuleBroken, match=r"measure\.not_found"):
                async with planning.desk.database.transaction() as tx:
                    await see_measure(tx, id=measure.id, by=each, now=MONDAY_NOON)

    async def test_reaches_a_steering_group_by_its_own_way(self, planning: PlanDesk) -> None:
        """BER-48: who steers, and takes no part, is given a finished version without names."""
        measure = await planning.measure("M1")
        assert VIGGO.id not in {measure.owner, measure.substitute}
        outside = replace(VIGGO, authority=KLAUS.authority)

        with pytest.raises(RuleBroken, match=r"actionplan\.not_found"):
            async with planning.desk.database.transaction() as tx:
                await see_plan(tx, id=planning.id, by=outside, now=MONDAY_NOON)


async def test_what_waits_for_one_is_listed(planning: PlanDesk) -> None:
    """BER-34: before it runs, nothing waits; then one's own, what is due first."""
    async with planning.desk.database.transaction() as tx:
        before = await my_measures(tx, by=SOFIE, now=MONDAY_NOON)
    await planning.runs()
    async with planning.desk.database.transaction() as tx:
        mine = [measure for _, measure in await my_measures(tx, by=SOFIE, now=MONDAY_NOON)]

    assert before == []
    assert {each.owner for each in mine} == {SOFIE.id}
    assert mine == sorted(mine, key=lambda each: each.due_at)


async def test_a_drills_plan_is_a_drill(desk: Desk) -> None:
    """BER-62, BER-63."""
    planning = await PlanDesk.of(desk, replace(FULL, drill=True))
    await planning.runs()

    async with desk.database.transaction() as tx:
        assert await tx.action_plans.running(drill=False) == []
        assert [each.id for each in await tx.action_plans.running(drill=True)] == [planning.id]
