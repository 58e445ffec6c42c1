"""Drafts and concerns: what was confided comes back, and goes when it must."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.concerns import Status
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import CommitteeCode
from storage.database import Database
from storage.vault import Shredded
from tests.integration.storage.examples import (
    A_MINUTE,
    ANNA,
    BO,
    KG5,
    MONDAY_NOON,
    addition,
    concern,
    draft,
    parts,
)


class TestDrafts:
    async def test_are_found_by_their_owner(self, database: Database) -> None:
        begun = draft(body={"seen": "En dreng", "areas": ["VAL"], "none": None})
        async with database.transaction() as tx:
            await tx.drafts.begin(begun)

        async with database.transaction() as tx:
            assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) == begun
            assert await tx.drafts.of(BO.id, now=MONDAY_NOON) is None

    async def test_there_is_one_for_each_person(self, database: Database) -> None:
        async with database.transaction() as tx:
            await tx.drafts.begin(draft())

        with pytest.raises(RuleBroken, match="draft.already_open"):
            async with database.transaction() as tx:
                await tx.drafts.begin(draft())

    async def test_an_outdated_revision_is_refused(self, database: Database) -> None:
        async with database.transaction() as tx:
            first = await tx.drafts.begin(draft())
            second = await tx.drafts.save(replace(first, step="where", body={"seen": "nyt"}))

        async with database.transaction() as tx:
            assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) == second
            with pytest.raises(RuleBroken, match="draft.moved_on"):
                await tx.drafts.save(first)
            with pytest.raises(RuleBroken, match="draft.moved_on"):
                await tx.drafts.close(first, keep_key=False)
            assert await tx.drafts.of(ANNA.id, now=MONDAY_NOON) == second
        assert second.revision == first.revision + 1

    async def test_expire_and_are_wiped(self, database: Database) -> None:
        """AC-DATA-07."""
        async with database.transaction() as tx:
            begun = await tx.drafts.begin(draft())
            last, late = begun.expires_at - A_MINUTE, begun.expires_at

            assert await tx.drafts.of(ANNA.id, now=last) == begun
            assert await tx.drafts.expired(now=last) == []
            assert await tx.drafts.of(ANNA.id, now=late) is None
            assert await tx.drafts.expired(now=late) == [(begun.id, ANNA.id)]
            await tx.drafts.forget(begun.id)

        async with database.transaction() as tx:
            assert await tx.drafts.expired(now=late) == []
            with pytest.raises(Shredded):
                await tx.keys.of(str(begun.id))

    async def test_an_expired_one_is_no_hindrance(self, database: Database) -> None:
        async with database.transaction() as tx:
            old = await tx.drafts.begin(draft())
            new = await tx.drafts.begin(draft(began_at=old.expires_at))

            assert await tx.drafts.of(ANNA.id, now=new.began_at) == new

    async def test_are_counted_after_they_ended(self, database: Database) -> None:
        async with database.transaction() as tx:
            for minute in range(3):
                begun = await tx.drafts.begin(draft(began_at=MONDAY_NOON + minute * A_MINUTE))
                await tx.drafts.close(begun, keep_key=False)

            assert await tx.drafts.begun_since(ANNA.id, since=MONDAY_NOON) == 3
            assert await tx.drafts.begun_since(ANNA.id, since=MONDAY_NOON + A_MINUTE) == 2
            assert await tx.drafts.begun_since(BO.id, since=MONDAY_NOON) == 0


class TestConcerns:
    async def test_come_back_one_class_of_data_at_a_time(self, database: Database) -> None:
        filed, confided = concern(), parts(cpr="150341-5018")
        async with database.transaction() as tx:
            await tx.concerns.add(filed, confided)

        async with database.transaction() as tx:
            assert await tx.concerns.find(filed.id) == filed
            assert await tx.concerns.find(uuid4()) is None
            assert await tx.concerns.by_reference(filed.reference) == filed
            assert await tx.concerns.of_reporter(ANNA.id) == [filed]
            assert await tx.concerns.read(filed.id, list(DataClass)) == confided
            assert await tx.concerns.read(filed.id, {DataClass.IDENTITY}) == {
                DataClass.IDENTITY: confided[DataClass.IDENTITY]
            }
            assert await tx.concerns.read(filed.id, ()) == {}
            assert await tx.concerns.with_cpr("1503415018") == [filed]
            assert await tx.concerns.with_cpr("1503415019") == []

    async def test_go_on_under_the_key_of_their_draft(self, database: Database) -> None:
        async with database.transaction() as tx:
            begun = await tx.drafts.begin(draft())
            await tx.drafts.close(begun, keep_key=True)
            await tx.concerns.add(concern(id=begun.id), parts())

        async with database.transaction() as tx:
            assert await tx.concerns.read(begun.id, list(DataClass)) == parts()

    async def test_wait_where_they_were_sent_the_urgent_first(self, database: Database) -> None:
        later = replace(concern("B2026-0001"), take_up_by=MONDAY_NOON + timedelta(days=20))
        sooner, urgent = concern("B2026-0002"), replace(concern("B2026-0003"), urgent=True)
        taken = replace(concern("B2026-0004"), status=Status.TAKEN_UP)
        triage = replace(concern("B2026-0005"), status=Status.TRIAGE, group=None)
        async with database.transaction() as tx:
            for each in (later, sooner, urgent, taken, triage):
                await tx.concerns.add(each, {})

            assert await tx.concerns.waiting_in(KG5) == [urgent, sooner, later]
            assert await tx.concerns.waiting_in(None) == [triage]
            assert await tx.concerns.waiting_in(CommitteeCode("KG1")) == []

    async def test_an_outdated_version_is_refused(self, database: Database) -> None:
        filed = concern()
        async with database.transaction() as tx:
            await tx.concerns.add(filed, {})
            saved = await tx.concerns.save(
                replace(filed, status=Status.TAKEN_UP, taken_up_by=BO.id, opened_at=MONDAY_NOON)
            )

            assert saved.version == 2
            assert await tx.concerns.find(filed.id) == saved
            with pytest.raises(RuleBroken, match="concern.moved_on"):
                await tx.concerns.save(filed)

    async def test_what_was_added_is_read_in_order(self, database: Database) -> None:
        filed = concern()
        second = addition(filed, "og så igen")
        first = replace(addition(filed, "han var der også i går"), at=MONDAY_NOON - A_MINUTE)
        async with database.transaction() as tx:
            await tx.concerns.add(filed, parts())
            for each in (second, first):
                await tx.concerns.add_addition(each)

            assert await tx.concerns.additions(filed.id) == [first, second]

    async def test_who_is_near_stays_recused(self, database: Database) -> None:
        filed = concern()
        async with database.transaction() as tx:
            await tx.concerns.add(filed, parts())
            await tx.relations.set_cleared(filed.id, BO.id)
            assert await tx.relations.cleared(filed.id, BO.id)

            await tx.relations.recuse(filed.id, BO.id, "min nevø", MONDAY_NOON)
            await tx.relations.set_cleared(filed.id, BO.id)
            await tx.relations.set_cleared(filed.id, ANNA.id)

            assert await tx.relations.recused(filed.id) == {BO.id}
            assert await tx.relations.recusal_reason(filed.id, BO.id) == "min nevø"
            assert await tx.relations.recusal_reason(filed.id, ANNA.id) is None
            assert not await tx.relations.cleared(filed.id, BO.id)
            assert await tx.relations.cleared(filed.id, ANNA.id)

    async def test_references_are_counted_by_the_year(self, database: Database) -> None:
        async with database.transaction() as tx:
            taken = [await tx.concerns.next_reference(2026) for _ in range(2)]
            taken.append(await tx.concerns.next_reference(2027))

        assert taken == ["B2026-0001", "B2026-0002", "B2027-0001"]

    async def test_erasing_leaves_what_statistics_need(self, database: Database) -> None:
        filed = concern()
        async with database.transaction() as tx:
            await tx.concerns.add(filed, parts(cpr="1503415018"))
            await tx.relations.recuse(filed.id, BO.id, "min nevø", MONDAY_NOON)
            await tx.concerns.add_addition(addition(filed, "mere"))
            await tx.concerns.erase_parts(filed.id)

        async with database.transaction() as tx:
            assert await tx.concerns.find(filed.id) == filed
            assert await tx.concerns.read(filed.id, list(DataClass)) == {}
            assert await tx.concerns.additions(filed.id) == []
            assert await tx.concerns.with_cpr("1503415018") == []
            with pytest.raises(Shredded):
                await tx.concerns.add_addition(addition(filed, "for sent"))
