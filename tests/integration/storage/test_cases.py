"""Cases, their sealed records, who may read them for a time, and who is near to them."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from domain.cases import Case, CaseState
from domain.concerns import Status
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.grants import Grant, GrantKind
from domain.people import PersonId
from domain.records import Record, RecordKind
from storage.case_rows import records
from storage.database import Database, Transaction
from storage.sealing import NotSealed
from storage.vault import Shredded
from tests.integration.storage.examples import (
    ANNA,
    BO,
    KG5,
    MONDAY_NOON,
    REGISTER,
    VALBY,
    concern,
    parts,
)

A_SECOND = timedelta(seconds=1)
AN_HOUR = timedelta(hours=1)


def case(reference: str = "2026-0001", *, subject: UUID) -> Case:
    return Case(
        id=uuid4(),
        reference=reference,
        subject=subject,
        state=CaseState.OPEN,
        group=KG5,
        area=VALBY,
        opened_at=MONDAY_NOON,
        opened_by=BO.id,
        last_event_at=MONDAY_NOON,
    )


def record(
    of: Case,
    *,
    replaces: Record | None = None,
    data_class: DataClass = DataClass.VIEW,
    at: datetime = MONDAY_NOON,
    **content: object,
) -> Record:
    return Record(
        id=uuid4(),
        matter=of.id,
        key=str(of.subject),
        kind=RecordKind.VIEW,
        data_class=data_class,
        by=BO.id,
        at=at,
        content=content,
        replaces=replaces.id if replaces else None,
    )


def grant(of: Case, *, hours: int = 1) -> Grant:
    return Grant(
        id=uuid4(),
        matter=of.id,
        person=ANNA.id,
        kind=GrantKind.AD_HOC,
        classes=frozenset({DataClass.TEXT, DataClass.IDENTITY}),
        by=BO.id,
        begins_at=MONDAY_NOON,
        expires_at=MONDAY_NOON + hours * AN_HOUR,
    )


async def opens(tx: Transaction, reference: str = "2026-0001") -> Case:
    """Open a case about somebody new."""
    subject = uuid4()
    await tx.subjects.add(subject, at=MONDAY_NOON)
    opened = case(reference, subject=subject)
    await tx.cases.add(opened)
    return opened


class TestACase:
    async def test_comes_back_as_it_was_stored(self, database: Database) -> None:
        async with database.transaction() as tx:
            opened = await opens(tx)

        async with database.transaction() as tx:
            assert await tx.cases.find(opened.id) == opened
            assert await tx.cases.by_reference("2026-0001") == opened
            assert await tx.cases.in_groups([KG5]) == [opened]

    async def test_is_the_only_running_one_of_a_person(self, database: Database) -> None:
        """domain.md §15.3, CASE-3."""
        async with database.transaction() as tx:
            opened = await opens(tx)

        with pytest.raises(IntegrityError):
            async with database.transaction() as tx:
                await tx.cases.add(case("2026-0002", subject=opened.subject))

    async def test_may_follow_one_that_is_closed(self, database: Database) -> None:
        async with database.transaction() as tx:
            opened = await opens(tx)
            await tx.cases.save(replace(opened, state=CaseState.CLOSED))
            second = case("2026-0002", subject=opened.subject)
            await tx.cases.add(second)

            running, _ = await tx.cases.of_subject(opened.subject)

        assert running == second

    async def test_is_not_saved_over_a_newer_version(self, database: Database) -> None:
        """AC-CARD-04."""
        async with database.transaction() as tx:
            opened = await opens(tx)
            await tx.cases.save(replace(opened, level=3))

        with pytest.raises(RuleBroken, match=r"case\.moved_on"):
            async with database.transaction() as tx:
                await tx.cases.save(replace(opened, level=1))


class TestARecord:
    async def test_is_read_by_its_class_only(self, database: Database) -> None:
        async with database.transaction() as tx:
            opened = await opens(tx)
            seen = record(opened, school="ok")
            await tx.records.add(seen)
            await tx.records.add(record(opened, data_class=DataClass.OFFENCE, charged="ja"))

            found = await tx.records.read([opened.id], [DataClass.VIEW])

        assert found == [seen]

    async def test_is_replaced_and_never_changed(self, database: Database) -> None:
        """CASE-13: the corrected one is read, and the history has both."""
        async with database.transaction() as tx:
            opened = await opens(tx)
            wrong = record(opened, born="2010-01-01")
            right = record(opened, replaces=wrong, at=MONDAY_NOON + AN_HOUR, born="2011-01-01")
            await tx.records.add(wrong)
            await tx.records.add(right)

            assert await tx.records.read([opened.id], [DataClass.VIEW]) == [right]
            both = await tx.records.read([opened.id], [DataClass.VIEW], history=True)

        assert both == [wrong, right]

    async def test_is_replaced_once(self, database: Database) -> None:
        async with database.transaction() as tx:
            opened = await opens(tx)
            wrong = record(opened)
            await tx.records.add(wrong)
            await tx.records.add(record(opened, replaces=wrong))

        with pytest.raises(IntegrityError):
            async with database.transaction() as tx:
                await tx.records.add(record(opened, replaces=wrong))

    async def test_cannot_be_passed_off_as_another(self, database: Database) -> None:
        """AC-CRYPT-02."""
        async with database.transaction() as tx:
            opened = await opens(tx)
            one, other = record(opened, a="1"), record(opened, b="2")
            await tx.records.add(one)
            await tx.records.add(other)
            swapped = select(records.c.content).where(records.c.id == other.id)
            await tx.connection.execute(
                update(records)
                .where(records.c.id == one.id)
                .values(content=swapped.scalar_subquery())
            )

            with pytest.raises(NotSealed):
                await tx.records.find(one.id)

    async def test_cannot_be_read_when_the_persons_key_is_destroyed(
        self, database: Database
    ) -> None:
        """AC-CRYPT-04."""
        async with database.transaction() as tx:
            opened = await opens(tx)
            await tx.records.add(record(opened, a="1"))
            await tx.keys.destroy(str(opened.subject))

        with pytest.raises(Shredded):
            async with database.transaction() as tx:
                await tx.records.read([opened.id], [DataClass.VIEW])


class TestAGrant:
    async def test_opens_until_it_expires_and_not_a_second_longer(
        self, database: Database
    ) -> None:
        """AC-AZ-07."""
        async with database.transaction() as tx:
            opened = await opens(tx)
            given = grant(opened)
            await tx.grants.add(given)

            before = await tx.matters.of_case(opened, now=given.expires_at - A_SECOND)
            after = await tx.matters.of_case(opened, now=given.expires_at)

        assert before.grants == (given,)
        assert after.grants == ()

    async def test_ends_once(self, database: Database) -> None:
        async with database.transaction() as tx:
            opened = await opens(tx)
            given = grant(opened)
            await tx.grants.add(given)

            assert await tx.grants.end(given.id, at=MONDAY_NOON + A_SECOND)
            assert not await tx.grants.end(given.id, at=MONDAY_NOON + A_SECOND)
            assert not await tx.grants.of_person(ANNA.id, now=MONDAY_NOON + A_SECOND)


class TestWhoIsNear:
    async def test_to_a_concern_is_near_to_its_case_and_the_other_concerns(
        self, database: Database
    ) -> None:
        """INH-3."""
        first, second = concern("B2026-0001"), concern("B2026-0002")
        async with database.transaction() as tx:
            opened = await opens(tx)
            for each in (first, second):
                linked = replace(each, case=opened.id, status=Status.LINKED)
                await tx.concerns.add(linked, parts())
            await tx.relations.recuse(first.id, ANNA.id, "søster", MONDAY_NOON)

            assert await tx.relations.recused(second.id) == {ANNA.id}
            assert await tx.relations.recused(opened.id) == {ANNA.id}
            matter = await tx.matters.of_case(opened, now=MONDAY_NOON)

        assert matter.recused == {ANNA.id}

    async def test_stays_so_through_a_merge(self, database: Database) -> None:
        async with database.transaction() as tx:
            kept, other = await opens(tx), await opens(tx, "2026-0002")
            await tx.relations.recuse(
                other.id, ANNA.id, "fætter", MONDAY_NOON, key=str(other.subject)
            )
            await tx.cases.save(replace(other, merged_into=kept.id))

            assert await tx.relations.recused(kept.id) == {ANNA.id}

    async def test_can_be_let_back_by_another_only_and_is_then_cleared(
        self, database: Database
    ) -> None:
        """INH-5."""
        async with database.transaction() as tx:
            opened = await opens(tx)
            key = str(opened.subject)
            await tx.relations.recuse(opened.id, ANNA.id, "nabo?", MONDAY_NOON, key=key)
            assert not await tx.relations.cleared(opened.id, ANNA.id)

            assert await tx.relations.lift(opened.id, ANNA.id, by=BO.id, at=MONDAY_NOON)

            assert await tx.relations.recused(opened.id) == set()
            assert await tx.relations.cleared(opened.id, ANNA.id)
            assert not await tx.relations.lift(opened.id, ANNA.id, by=BO.id, at=MONDAY_NOON)


async def test_a_matter_says_who_has_it_and_whether_it_runs(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.organisation.replace(REGISTER)
        opened = await opens(tx)
        led = await tx.cases.save(replace(opened, lead=PersonId("sofie")))
        matter = await tx.matters.of_case(led, now=MONDAY_NOON)
        closed = await tx.cases.save(replace(led, state=CaseState.CLOSED))
        ended = await tx.matters.of_case(closed, now=MONDAY_NOON)

    assert matter.groups == {KG5}
    assert matter.areas == {VALBY}
    assert matter.lead == led.lead
    assert not matter.ended
    assert ended.ended
