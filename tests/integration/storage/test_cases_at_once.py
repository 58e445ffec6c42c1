"""Cases that two people work on at the same moment: one is first, the other reads why not."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from domain.cases import Case, CaseState
from domain.errors import RuleBroken
from storage.database import Collided, Database
from tests.integration.storage.examples import MONDAY_NOON
from tests.integration.storage.test_cases import case, opens


class TestACase:
    async def test_opened_again_beside_another_is_refused_in_words(
        self, database: Database
    ) -> None:
        """CASE-3: whoever was second reads why, as after any rule."""
        async with database.transaction() as tx:
            first = await opens(tx)
            closed = await tx.cases.save(replace(first, state=CaseState.CLOSED))
            await tx.cases.add(case("2026-0002", subject=first.subject))

        with pytest.raises(RuleBroken, match=r"case\.another_open"):
            async with database.transaction() as tx:
                await tx.cases.save(replace(closed, state=CaseState.OPEN))

    @pytest.mark.postgresql_only
    async def test_held_crosswise_lets_one_go_on_and_the_other_begin_anew(
        self, database: Database
    ) -> None:
        """A deadlock is no fault: what was undone is made again by whoever began it."""
        async with database.transaction() as tx:
            cases = [await opens(tx), case("2026-0002", subject=uuid4())]
            await tx.subjects.add(cases[1].subject, at=MONDAY_NOON)
            await tx.cases.add(cases[1])
        both = asyncio.Barrier(2)

        async def holds(first: Case, second: Case) -> None:
            async with database.transaction() as tx:
                await tx.cases.hold(first.id)
                await both.wait()
                await tx.cases.hold(second.id)

        came = await asyncio.gather(holds(*cases), holds(*reversed(cases)), return_exceptions=True)

        assert [type(each) for each in came if each is not None] == [Collided]
