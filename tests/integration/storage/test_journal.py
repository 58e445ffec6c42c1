"""Notes are made once and kept; what waits to be filed waits in one task for each matter."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Executable, delete, update
from sqlalchemy.exc import DBAPIError

from domain.errors import RuleBroken
from domain.journal import Note, TaskState, WhyNot, filed, not_recordable, verified
from domain.people import Authority
from storage.case_rows import note_events
from storage.database import Database
from tests.support.examples import BO, DORTE, MONDAY_NOON

CASE = UUID("ca5e0000-0000-4000-8000-000000000001")
MONDAY = MONDAY_NOON.date()


class TestANote:
    async def test_of_the_same_event_is_made_once(self, database: Database) -> None:
        """domain.md §15.5."""
        gate = uuid4()
        async with database.transaction() as tx:
            said = [
                await tx.journal.note(
                    Note.GATE_PASSED, matter=CASE, source=gate, by=BO.id, at=MONDAY_NOON
                )
                for _ in range(3)
            ]
            notes = await tx.journal.notes(matters=[CASE])

        assert said == [True, False, False]
        assert [(note.note, note.source, note.by) for note in notes] == [
            (Note.GATE_PASSED, gate, BO.id)
        ]

    async def test_is_made_again_for_the_next_event_of_its_kind(self, database: Database) -> None:
        async with database.transaction() as tx:
            for version in (4, 7, 7):
                await tx.journal.note(
                    Note.CLOSED, matter=CASE, source=CASE, by=BO.id, at=MONDAY_NOON, round=version
                )
            notes = await tx.journal.notes(matters=[CASE])

        assert [note.round for note in notes] == [4, 7]

    @pytest.mark.parametrize(
        "change", [update(note_events).values(by="eva"), delete(note_events)], ids=str
    )
    async def test_is_neither_changed_nor_removed(
        self, database: Database, change: Executable
    ) -> None:
        """domain.md §15.5: by nobody who uses the bot's account."""
        async with database.transaction() as tx:
            await tx.journal.note(
                Note.LEVEL_SET, matter=CASE, source=uuid4(), by=BO.id, at=MONDAY_NOON
            )

        with pytest.raises(DBAPIError, match="append only"):
            async with database.transaction() as tx:
                await tx.connection.execute(change)


class TestTheTaskOfFiling:
    async def test_gathers_what_happens_until_it_is_filed(self, database: Database) -> None:
        """NOT-4, NOT-5."""
        async with database.transaction() as tx:
            for note, days in ((Note.COORDINATED, 0), (Note.LEVEL_SET, 2)):
                at = MONDAY_NOON + timedelta(days=days)
                await tx.journal.note(note, matter=CASE, source=uuid4(), by=BO.id, at=at)
            [task] = await tx.journal.tasks(TaskState.OPEN)
            assert not await tx.journal.is_filed([CASE])
            await tx.journal.save(
                filed(task, journal_ref="2026-17", system=Authority.SOF, on=MONDAY, by=DORTE.id)
            )
            assert await tx.journal.is_filed([CASE])
            await tx.journal.note(
                Note.CLOSED, matter=CASE, source=CASE, by=BO.id, at=MONDAY_NOON, round=9
            )
            [after] = await tx.journal.tasks(TaskState.OPEN)
            before = await tx.journal.notes(task=task.id)
            later = await tx.journal.notes(task=after.id)

        assert task.due_on == MONDAY + timedelta(days=7)
        assert [note.note for note in before] == [Note.COORDINATED, Note.LEVEL_SET]
        assert [note.note for note in later] == [Note.CLOSED]

    async def test_is_not_filed_by_somebody_who_saw_it_before_the_last_note(
        self, database: Database
    ) -> None:
        async with database.transaction() as tx:
            await tx.journal.note(
                Note.COORDINATED, matter=CASE, source=uuid4(), by=BO.id, at=MONDAY_NOON
            )
            [seen] = await tx.journal.tasks(TaskState.OPEN)
            await tx.journal.note(
                Note.LEVEL_SET, matter=CASE, source=uuid4(), by=BO.id, at=MONDAY_NOON
            )
            with pytest.raises(RuleBroken, match=r"journal\.moved_on"):
                await tx.journal.save(
                    not_recordable(seen, why_not=WhyNot.BY_MISTAKE, on=MONDAY, by=DORTE.id)
                )

    async def test_is_one_however_many_note_at_once(self, database: Database) -> None:
        async def note() -> None:
            async with database.transaction() as tx:
                await tx.journal.note(
                    Note.ACTION_AGREED, matter=CASE, source=uuid4(), by=BO.id, at=MONDAY_NOON
                )

        await asyncio.gather(*(note() for _ in range(20)))

        async with database.transaction() as tx:
            [task] = await tx.journal.tasks(TaskState.OPEN)
            assert len(await tx.journal.notes(task=task.id)) == 20

    async def test_is_verified_by_another(self, database: Database) -> None:
        async with database.transaction() as tx:
            await tx.journal.note(
                Note.COORDINATED, matter=CASE, source=uuid4(), by=BO.id, at=MONDAY_NOON
            )
            [task] = await tx.journal.tasks(TaskState.OPEN)
            put = filed(task, journal_ref="17/4", system=Authority.KP, on=MONDAY, by=BO.id)
            put = await tx.journal.save(put)
            with pytest.raises(RuleBroken, match=r"journal\.verified_by_another"):
                verified(put, by=BO.id, at=MONDAY_NOON)
            await tx.journal.save(verified(put, by=DORTE.id, at=MONDAY_NOON))
            found = await tx.journal.find(task.id)

        assert found is not None
        assert (found.state, found.filed_by, found.verified_by) == (
            TaskState.VERIFIED,
            BO.id,
            DORTE.id,
        )
