"""What several replicas, or devices, do at the same moment."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.drafts import Draft
from domain.errors import RuleBroken
from storage.database import Database
from tests.integration.storage.conftest import Opens
from tests.integration.storage.examples import (
    A_MINUTE,
    ANNA,
    MONDAY_NOON,
    concern,
    draft,
    notice,
    vault,
)


@pytest.fixture
async def replicas(opens: Opens) -> list[Database]:
    return [await opens(vault()) for _ in range(4)]


async def test_a_notice_is_claimed_by_one_of_them(replicas: list[Database]) -> None:
    async with replicas[0].transaction() as tx:
        await tx.outbox.add([notice() for _ in range(40)])

    async def claim(database: Database) -> list[int]:
        claimed: list[int] = []
        while True:
            async with database.transaction() as tx:
                batch = await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=3)
            if not batch:
                return claimed
            claimed += [each.id for each in batch]

    claims = await asyncio.gather(*(claim(database) for database in replicas))

    claimed = [delivery for each in claims for delivery in each]
    assert len(claimed) == len(set(claimed)) == 40


@pytest.mark.postgresql_only
async def test_nobody_waits_for_what_another_is_claiming(replicas: list[Database]) -> None:
    async with replicas[0].transaction() as tx:
        await tx.outbox.add([notice() for _ in range(10)])
    both_hold = asyncio.Barrier(2)

    async def claim(database: Database) -> set[int]:
        async with database.transaction() as tx:
            taken = await tx.outbox.claim(now=MONDAY_NOON, lease=timedelta(minutes=2), at_most=5)
            await asyncio.wait_for(both_hold.wait(), timeout=5)
            return {delivery.id for delivery in taken}

    mine, theirs = await asyncio.gather(claim(replicas[0]), claim(replicas[1]))

    assert len(mine) == len(theirs) == 5
    assert not mine & theirs


async def test_one_of_two_devices_saves_the_draft(replicas: list[Database]) -> None:
    async with replicas[0].transaction() as tx:
        begun = await tx.drafts.begin(draft())

    async def save(database: Database, seen: str) -> Draft | str:
        try:
            async with database.transaction() as tx:
                return await tx.drafts.save(replace(begun, body={"seen": seen}))
        except RuleBroken as refused:
            return refused.code

    outcomes = await asyncio.gather(
        *(save(database, str(number)) for number, database in enumerate(replicas))
    )

    [saved] = [each for each in outcomes if isinstance(each, Draft)]
    assert outcomes.count("draft.moved_on") == 3
    async with replicas[0].transaction() as tx:
        assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) == saved


async def test_one_of_two_first_words_begins_the_draft(replicas: list[Database]) -> None:
    async def begin(database: Database) -> str:
        try:
            async with database.transaction() as tx:
                await tx.drafts.begin(draft())
        except RuleBroken as refused:
            return refused.code
        return "begun"

    outcomes = await asyncio.gather(*(begin(database) for database in replicas))

    assert sorted(outcomes) == ["begun", *["draft.already_open"] * 3]


async def test_a_turn_sent_twenty_times_at_once_has_one_effect(replicas: list[Database]) -> None:
    """AC-AUTH-06: in parallel, on every replica; all get the same answer."""

    async def turn(number: int) -> bytes | None:
        async with replicas[number % len(replicas)].transaction() as tx:
            seen = await tx.turns.begin("a:1", "7", now=MONDAY_NOON)
            if seen is not None:
                return seen.answer
            await tx.counters.count("effects", "2026")
            await tx.turns.remember("a:1", "7", b"first", answered=True)
            return b"first"

    answers = await asyncio.gather(*(turn(number) for number in range(20)))

    assert answers == [b"first"] * 20
    async with replicas[0].transaction() as tx:
        assert await tx.counters.value("effects", "2026") == 1


async def test_different_turns_at_once_do_not_stand_in_each_others_way(
    replicas: list[Database],
) -> None:
    """Writers on every replica, each reading first and writing then, never lock each other out."""

    async def turn(number: int) -> None:
        async with replicas[number % len(replicas)].transaction() as tx:
            assert await tx.turns.begin("a:1", str(number), now=MONDAY_NOON) is None
            assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) is None
            await tx.outbox.add([notice()])
            await tx.turns.remember("a:1", str(number), b"tak", answered=True)

    await asyncio.gather(*(turn(number) for number in range(40)))

    async with replicas[0].transaction() as tx:
        assert len(await tx.outbox.claim(now=MONDAY_NOON, lease=A_MINUTE, at_most=99)) == 40


async def test_references_have_neither_gaps_nor_doubles(replicas: list[Database]) -> None:
    async def take(number: int) -> None:
        async with replicas[number % len(replicas)].transaction() as tx:
            reference = await tx.concerns.next_reference(2026)
            if number % 5 == 0:
                raise RuleBroken("concern.moved_on")
            await tx.concerns.add(replace(concern(reference), id=uuid4()), {})

    await asyncio.gather(*(take(number) for number in range(25)), return_exceptions=True)

    async with replicas[0].transaction() as tx:
        references = [each.reference for each in await tx.concerns.of_reporter(ANNA.id)]
    assert sorted(references) == [f"B2026-{number:04}" for number in range(1, 21)]
