"""Two leader groups approve at the same moment, and the pool has money for one (EFF-7)."""

import asyncio
from dataclasses import replace
from uuid import UUID

from domain.efforts import POOL, Assessment, left_of
from domain.errors import RuleBroken
from tests.integration.usecases.desk import Desk
from tests.support.efforts import AN_APPLICATION
from tests.support.town import ANNA, DORTE, LARS, MONDAY_NOON
from usecases.apply_for_effort import apply_for_effort
from usecases.decide_effort import approve_effort, assess_effort

SAID = Assessment(parties=True, relevant=True, words="God.", by=DORTE.id, at=MONDAY_NOON)
MORE_THAN_HALF = POOL // 2 + 1


async def an_assessed(desk: Desk, number: int) -> UUID:
    async with desk.database.transaction() as tx:
        application = replace(AN_APPLICATION, id=UUID(int=number), amount=MORE_THAN_HALF)
        effort = await apply_for_effort(tx, application, by=ANNA)
        await assess_effort(tx, id=effort.id, seen=effort.version, assessment=SAID, by=DORTE)
    return effort.id


async def test_the_same_kroner_are_never_reserved_twice(desk: Desk) -> None:
    """EFF-7: reservations cannot exceed what is left, whoever is first."""
    efforts = [await an_assessed(desk, number) for number in (1, 2)]

    async def approves(id: UUID) -> str:
        try:
            async with desk.database.transaction() as tx:
                await approve_effort(tx, id=id, seen=2, by=LARS, now=MONDAY_NOON)
        except RuleBroken as refused:
            return refused.code
        return "approved"

    outcomes = await asyncio.gather(*map(approves, efforts))

    assert sorted(outcomes) == ["approved", "effort.beyond_pool"]
    async with desk.database.transaction() as tx:
        assert left_of(POOL, await tx.efforts.of_year(2026)) == POOL - MORE_THAN_HALF


async def test_an_effort_is_read_back_as_it_was_stored(desk: Desk) -> None:
    effort = await an_assessed(desk, 1)
    async with desk.database.transaction() as tx:
        found = await tx.efforts.find(effort)

    assert found == replace(
        AN_APPLICATION.assessed(SAID),
        id=effort,
        reference="I2026-0001",
        amount=MORE_THAN_HALF,
        version=2,
    )


async def test_an_application_sent_twice_is_one(desk: Desk) -> None:
    first = await an_assessed(desk, 1)
    async with desk.database.transaction() as tx:
        again = await apply_for_effort(tx, replace(AN_APPLICATION, id=first), by=ANNA)
        assert [each.id for each in await tx.efforts.of_year(2026)] == [again.id]
