"""Several unfinished forms of one person: one for each form and object, and one that listens."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from domain.drafts import Draft
from domain.errors import RuleBroken
from storage.database import Database, Transaction
from tests.integration.storage.examples import A_MINUTE, ANNA, BO, MONDAY_NOON, draft

CASE, OTHER = UUID(int=1), UUID(int=2)


def about(case: UUID | None, *, minutes: int = 0, listens: bool = True) -> Draft:
    return replace(
        draft(began_at=MONDAY_NOON + minutes * A_MINUTE),
        id=uuid4(),
        flow="level",
        about=case,
        listens=listens,
    )


async def listening(tx: Transaction) -> list[UUID]:
    drafts = await tx.drafts.all_of(ANNA.id, now=MONDAY_NOON)
    return [draft.id for draft in drafts if draft.listens]


async def test_lie_side_by_side_and_come_back_as_they_were(database: Database) -> None:
    async with database.transaction() as tx:
        first = await tx.drafts.begin(about(CASE))
        second = await tx.drafts.begin(about(OTHER, minutes=1))
        third = await tx.drafts.begin(about(None, minutes=2))

        found = await tx.drafts.all_of(ANNA.id, now=MONDAY_NOON)

        assert found == [third, replace(second, listens=False), replace(first, listens=False)]
        assert await tx.drafts.all_of(BO.id, now=MONDAY_NOON) == []


async def test_are_one_for_each_form_and_object(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.drafts.begin(about(CASE))

        with pytest.raises(RuleBroken, match="draft.already_open"):
            await tx.drafts.begin(about(CASE))


async def test_let_one_listen_and_that_is_the_one_begun_last(database: Database) -> None:
    async with database.transaction() as tx:
        first = await tx.drafts.begin(about(CASE))
        assert await listening(tx) == [first.id]
        second = await tx.drafts.begin(about(OTHER, minutes=1))
        assert await listening(tx) == [second.id]
        await tx.drafts.begin(about(None, minutes=2, listens=False))
        assert await listening(tx) == [second.id]

        await tx.drafts.save(replace(second, listens=False))

        assert await listening(tx) == []
        newest = await tx.drafts.of(ANNA.id, now=MONDAY_NOON)
        assert newest is not None
        assert newest.about is None


async def test_count_among_the_begun_unless_they_are_work(database: Database) -> None:
    """AC-IN-05."""
    async with database.transaction() as tx:
        await tx.drafts.begin(about(CASE), counts=False)
        await tx.drafts.begin(about(None))

        assert await tx.drafts.begun_since(ANNA.id, since=MONDAY_NOON - A_MINUTE) == 1
