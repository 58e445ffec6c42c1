"""Reminders of measures: half-way, at the deadline, overdue; one message to a person (BER-34)."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from domain.measure_reminders import OVERDUE_AFTER
from domain.notices import NoticeKind
from domain.parties import Party
from domain.plan_measures import Measure
from scheduler.draw_measures import draw_measures
from scheduler.remind_measures import remind_measures
from storage.action_plan_rows import action_plans
from storage.database import Transaction
from tests.integration.usecases.alarming import ALERT, AlertDesk
from tests.integration.usecases.desk import Desk
from tests.integration.usecases.planning import FULL, PlanDesk
from tests.support.town import DORTE, LARS, LINE, MONDAY_NOON, SOFIE
from usecases.carry_out_measure import complete_measure
from usecases.correct_alert import call_off
from usecases.read_action_cards import read_action_cards
from usecases.read_action_plan import my_measures
from usecases.run_action_plan import assign_measures
from usecases.undo_alert import silence_plans

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def planning(desk: Desk) -> PlanDesk:
    """A plan that runs; the children's and schools' measures are Line's, whom Lars leads."""
    planning = await PlanDesk.of(desk)
    await planning.runs()

    async def gives(tx: Transaction) -> None:
        await assign_measures(
            tx,
            id=planning.id,
            party=Party.BUF,
            owner=LINE.id,
            substitute=None,
            by=LARS,
            now=MONDAY_NOON,
        )

    await desk.does(gives)
    await desk.due()
    return planning


async def reminded(planning: PlanDesk, after: timedelta) -> Counter[str]:
    """Run the job, and count the messages to each person since the run before."""
    now = MONDAY_NOON + after
    await remind_measures(planning.desk.database, now=now)
    due = await planning.desk.due(after=after)
    async with planning.desk.database.transaction() as tx:
        await tx.outbox.settle_all([(each, "activity", now) for each in due])
    kind = NoticeKind.MEASURES_DUE
    return Counter(str(each.notice.person) for each in due if each.notice.kind is kind)


async def first_of(planning: PlanDesk, party: Party) -> Measure:
    measures = [each for each in (await planning.plan()).measures if each.party is party]
    return min(measures, key=lambda each: each.due_at)


async def test_come_half_way_at_the_deadline_and_after_it(planning: PlanDesk) -> None:
    """BER-34: nobody twice for one reason; the leader hears of what is overdue."""
    allowed = (await first_of(planning, Party.BUF)).due_at - MONDAY_NOON
    line, lars = str(LINE.id), str(LARS.id)

    before = await reminded(planning, allowed / 2 - MINUTE)
    half = await reminded(planning, allowed / 2)
    again = await reminded(planning, allowed / 2 + MINUTE)
    due = await reminded(planning, allowed)
    over = await reminded(planning, allowed + OVERDUE_AFTER)

    assert (before[line], half[line], again[line], due[line], over[line]) == (0, 1, 0, 1, 1)
    assert (half[lars], due[lars], over[lars]) == (0, 0, 1)


async def test_are_one_message_whatever_the_number_of_replicas(planning: PlanDesk) -> None:
    """BER-34: each reason is noted in the transaction that promises the message."""
    a_day = timedelta(days=1, hours=6)
    now = MONDAY_NOON + a_day

    await asyncio.gather(*(remind_measures(planning.desk.database, now=now) for _ in range(3)))

    told = Counter(await planning.told(NoticeKind.MEASURES_DUE, after=a_day))
    assert told[str(SOFIE.id)] == 1
    assert {*told.values()} == {1}


async def test_say_nothing_of_what_was_done_meanwhile(planning: PlanDesk) -> None:
    """What is drawn is what waits when the letter leaves."""
    allowed = (await first_of(planning, Party.BUF)).due_at - MONDAY_NOON
    now = MONDAY_NOON + allowed / 2
    await remind_measures(planning.desk.database, now=now)
    letters = [
        each
        for each in await planning.desk.due(after=allowed / 2)
        if each.notice.kind is NoticeKind.MEASURES_DUE and each.notice.person == LINE.id
    ]

    plan = await planning.plan()
    async with planning.desk.database.transaction() as tx:
        [shown] = await draw_measures(tx, letters, now=now)
        for each in plan.measures:
            if each.party is Party.BUF:
                await complete_measure(tx, id=each.id, seen=each.version, by=LINE, now=now)
        [none] = await draw_measures(tx, letters, now=now)

    assert shown is not None
    assert none is None


async def test_end_with_the_plan(planning: PlanDesk) -> None:
    """BER-18, BER-59: of an alert that is over, nobody is reminded."""
    alert = await planning.readiness.alert()
    await planning.desk.does(lambda tx: silence_plans(tx, alert))

    assert await reminded(planning, timedelta(days=2)) == Counter()


async def test_wait_for_nobody_once_it_was_a_false_alarm(planning: PlanDesk) -> None:
    """BER-18, BER-34, BER-69: not in anybody's list, nor on paper in the folder."""

    async def waits(tx: Transaction) -> tuple[int, int]:
        mine = await my_measures(tx, by=SOFIE, now=MONDAY_NOON)
        return len(mine), sum(each.plan is not None for each in await read_action_cards(tx))

    async def calls_off(tx: Transaction) -> None:
        because = "Det var en røgalarm"
        await call_off(tx, id=ALERT, by=LARS, because=because, now=MONDAY_NOON + MINUTE)

    async with planning.desk.database.transaction() as tx:
        assert min(await waits(tx)) > 0
    await planning.desk.does(calls_off)

    async with planning.desk.database.transaction() as tx:
        assert await waits(tx) == (0, 0)


async def test_of_a_drill_are_messages_of_their_own(desk: Desk) -> None:
    """BER-62: one message of what is real and one of the drill, which says so first."""
    real = await PlanDesk.of(desk)
    await real.runs()
    drill_order = replace(FULL, id=real.id, drill=True)
    drill = await AlertDesk(desk=desk).activates(drill_order)
    async with desk.database.transaction() as tx:
        [plan] = await tx.action_plans.of_alert(drill.id)
    practised = PlanDesk(readiness=real.readiness, id=plan.id)
    await practised.runs(by=DORTE)
    await desk.due()
    later = timedelta(days=2)

    await remind_measures(desk.database, now=MONDAY_NOON + later)
    letters = [
        each
        for each in await desk.due(after=later)
        if each.notice.kind is NoticeKind.MEASURES_DUE and each.notice.person == SOFIE.id
    ]
    async with desk.database.transaction() as tx:
        drawn = await draw_measures(tx, letters, now=MONDAY_NOON + later)

    assert sorted(each.summary.startswith("ØVELSE") for each in drawn if each) == [False, True]


async def test_of_a_plan_that_cannot_be_read_stop_no_other(
    planning: PlanDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """BER-34, BER-76: the others are reminded, and their letters are drawn."""
    plan = await planning.plan()
    broken = replace(plan, id=UUID(int=66), alert=None, measures=())
    measure = replace(await first_of(planning, Party.BUF), id=UUID(int=67))
    async with planning.desk.database.transaction() as tx:
        await tx.action_plans.add(replace(broken, measures=(measure,)))
        spoils = update(action_plans).where(action_plans.c.id == broken.id)
        await tx.connection.execute(spoils.values(kind="klingon"))
    allowed = measure.due_at - MONDAY_NOON
    now = MONDAY_NOON + allowed / 2

    assert await remind_measures(planning.desk.database, now=now) > 0
    letters = [
        each
        for each in await planning.desk.due(after=allowed / 2)
        if each.notice.kind is NoticeKind.MEASURES_DUE and each.notice.person == LINE.id
    ]
    async with planning.desk.database.transaction() as tx:
        [letter] = await draw_measures(tx, letters, now=now)

    assert letter is not None
    said = [each.getMessage() for each in caplog.records]
    assert f"nobody was reminded of plan {broken.id}" in said
