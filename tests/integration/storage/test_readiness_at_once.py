"""Ladders, logs and plans that several replicas work on at the same moment."""

import asyncio
from dataclasses import replace

import pytest

from domain.alert_log import noted
from domain.escalation import Climbed, begin
from domain.people import Authority
from domain.plan_measures import Measure, take_up
from domain.plan_moves import with_measure
from storage.database import Database
from tests.integration.storage.examples import A_MINUTE, ANNA, MONDAY_NOON
from tests.integration.storage.readiness_examples import alert
from tests.support import action_plans, escalating

SEVERAL = 8


async def test_a_ladder_is_climbed_by_one_of_them(database: Database) -> None:
    """BER-76, BER-80: nobody climbs twice what was due once."""
    made, snapshot = alert(), escalating.frozen()
    first = snapshot.left_at + 5 * A_MINUTE
    async with database.transaction() as tx:
        await tx.alerts.add(made)
        await tx.escalations.begin(made.id, snapshot, [begin(snapshot, Authority.KP)])

    async def climbs() -> Climbed | None:
        async with database.transaction() as tx:
            ladder = await tx.escalations.claim(made.id, Authority.KP, now=first)
            if ladder is None:
                return None
            climbed = replace(ladder.climbed, taken=1, next_at=first + 5 * A_MINUTE)
            return (await tx.escalations.keep(ladder, climbed)).climbed

    came = await asyncio.gather(*(climbs() for _ in range(SEVERAL)))

    assert [each.taken for each in came if each is not None] == [1]


@pytest.mark.postgresql_only
async def test_who_finds_it_held_goes_on_to_the_next(database: Database) -> None:
    """BER-76: one slow step keeps nobody from the other authorities' ladders."""
    made, snapshot = alert(), escalating.frozen()
    first = snapshot.left_at + 5 * A_MINUTE
    async with database.transaction() as tx:
        await tx.alerts.add(made)
        await tx.escalations.begin(
            made.id, snapshot, [begin(snapshot, each) for each in (Authority.KP, Authority.BUF)]
        )

    async with database.transaction() as slow, database.transaction() as quick:
        assert await slow.escalations.claim(made.id, Authority.KP, now=first) is not None
        assert await quick.escalations.claim(made.id, Authority.KP, now=first) is None
        assert await quick.escalations.claim(made.id, Authority.BUF, now=first) is not None


@pytest.mark.postgresql_only
async def test_who_answers_and_who_ends_it_do_not_wait_for_each_other(
    database: Database,
) -> None:
    """BER-77: one holds a ladder and writes about the alert; the other holds it, and wants that.

    A deadlock keeps the answer for a second, and undoes one of them.
    """
    made, snapshot = alert(), escalating.frozen()
    async with database.transaction() as tx:
        await tx.alerts.add(made)
        await tx.escalations.begin(made.id, snapshot, [begin(snapshot, Authority.KP)])
    both = asyncio.Barrier(2)

    async def answers() -> None:
        async with database.transaction() as tx:
            await tx.escalations.hold(made.id, Authority.KP)
            await both.wait()
            await tx.alert_log.add(noted(made.id, "deltager", by=ANNA.id, now=MONDAY_NOON))

    async def ends() -> None:
        async with database.transaction() as tx:
            held = await tx.alerts.hold(made.id)
            assert held is not None
            await tx.alerts.save(replace(held, paused_until=MONDAY_NOON))
            await both.wait()
            await tx.escalations.hold(made.id, Authority.KP)

    came = await asyncio.gather(answers(), ends(), return_exceptions=True)

    assert [each for each in came if each is not None] == []


async def test_lines_of_a_log_are_numbered_without_gaps(database: Database) -> None:
    """BER-44: also where a transaction is undone."""
    made = alert()
    async with database.transaction() as tx:
        await tx.alerts.add(made)

    async def writes(number: int) -> None:
        async with database.transaction() as tx:
            await tx.alert_log.add(noted(made.id, f"linje {number}", by=ANNA.id, now=MONDAY_NOON))
            if number == 3:
                raise LookupError("undone")

    await asyncio.gather(*(writes(each) for each in range(SEVERAL)), return_exceptions=True)

    async with database.transaction() as tx:
        lines = await tx.alert_log.of(made.id)
    assert [each.number for each in lines] == list(range(1, SEVERAL))
    assert "linje 3" not in {each.words for each in lines}


async def test_every_tick_of_a_plan_stands(database: Database) -> None:
    """BER-37: whoever comes second waits, and writes beside the first."""
    plan = action_plans.running()
    async with database.transaction() as tx:
        await tx.action_plans.add(plan)

    async def ticks(measure: Measure) -> None:
        async with database.transaction() as tx:
            held = await tx.action_plans.hold(plan.id)
            assert held is not None
            await tx.action_plans.save(
                with_measure(held, take_up(held.measure(measure.id))), was=held
            )

    await asyncio.gather(*(ticks(each) for each in plan.measures))

    async with database.transaction() as tx:
        found = await tx.action_plans.find(plan.id)
    assert found is not None
    assert found.measures == tuple(take_up(each) for each in plan.measures)
    assert found.version == plan.version + len(plan.measures)
