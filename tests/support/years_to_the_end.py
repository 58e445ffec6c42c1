"""What else people try in years of case work: lend, break the glass, repeat, and let go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import RowMapping, insert, select

from domain.cases import Case
from domain.data_classes import DataClass
from domain.grants import Grant, GrantKind
from domain.journal import TaskState, WhyNot
from domain.matters import MatterKind
from domain.people import Person, PersonId
from domain.retention import PREVIEW, Retention
from scheduler.erase_released import erase_all_released, list_deletions
from storage.audit_rows import audit_chain
from storage.case_rows import records, subjects
from storage.database import Transaction
from storage.plan_rows import facts
from storage.rows import data_keys
from storage.vault import Shredded
from tests.support.townspeople import DENNIS, DORTE, STINE
from tests.support.trail import audited
from tests.support.years import YOUTHS, judged
from tests.support.years_of_work import YearsOfWork
from usecases.break_glass import break_glass
from usecases.bring_in import add_participant
from usecases.file_notes import need_not_file
from usecases.release_case import ask_release

A_MONTH = Retention(closed=dict.fromkeys((1, 2, 3, 4), 1))
LENT = frozenset({DataClass.IDENTITY, DataClass.TEXT})
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Lent:
    """What somebody was let read, as the story remembers it."""

    person: PersonId
    matter: UUID
    kind: GrantKind
    classes: frozenset[DataClass]
    until: datetime


@dataclass(kw_only=True)
class YearsToTheEnd(YearsOfWork):
    """`lent` is all that was ever lent; `erased` the cases that two people have let go of."""

    lent: list[Lent] = field(default_factory=list)
    erased: set[UUID] = field(default_factory=set)

    async def brings_in(self, person: Person, case: Case, whom: Person, *, days: int) -> None:
        by = await self.who(person)
        given = await self.does(
            lambda tx: add_participant(
                tx,
                id=uuid4(),
                case_id=case.id,
                who=whom.id,
                classes=LENT,
                days=days,
                task="Fortæl, hvad du ved fra klubben.",
                judged=judged(),
                by=by,
                now=self.now,
            )
        )
        self._remember(given, classes=LENT | {DataClass.METADATA}, lasts=timedelta(days=days))

    async def breaks_the_glass(self, person: Person, case: Case, *, minutes: int) -> None:
        by = await self.who(person)
        given = await self.does(
            lambda tx: break_glass(
                tx,
                id=uuid4(),
                kind=MatterKind.CASE,
                about=case.id,
                minutes=minutes,
                reason="Politiet ringer, og gruppen kan ikke nås i nat.",
                by=by,
                now=self.now,
            )
        )
        self._remember(given, classes=frozenset(DataClass), lasts=timedelta(minutes=minutes))

    def _remember(
        self, given: Grant | None, *, classes: frozenset[DataClass], lasts: timedelta
    ) -> None:
        if given is not None:
            self.lent.append(
                Lent(
                    person=given.person,
                    matter=given.matter,
                    kind=given.kind,
                    classes=classes,
                    until=self.now + lasts,
                )
            )

    def reads_by_grant(self, person: PersonId, matter: UUID) -> frozenset[DataClass]:
        """Name what somebody may read now of what was lent to them."""
        return frozenset().union(
            *(
                each.classes
                for each in self.lent
                if (each.person, each.matter) == (person, matter) and self.now < each.until
            )
        )

    # letting go

    async def lets_go_of_what_is_over(self) -> None:
        """Do all that leads to erasing whoever has only closed cases; anything may be in the way.

        Invariant 12 is looked at here: just before and just after.
        """
        await list_deletions(self.database, A_MONTH, now=self.now)
        await self.passes(60)
        await list_deletions(self.database, A_MONTH, now=self.now)
        await self.passes(PREVIEW.days + 1)
        stine = await self.who(STINE)
        async with self.database.transaction() as tx:
            listed = await tx.cases.of_ids(
                [each.case for each in await tx.retention.listings() if each.agreed is None]
            )
        for case in listed.values():

            async def ask(tx: Transaction, case: Case = case) -> object:
                return await ask_release(
                    tx, case=case.id, seen=case.version, by=stine, now=self.now
                )

            for officer in (DORTE, DENNIS):
                await self.reads(officer, case.id)
            await self.does(ask)
        for officer in (DORTE, DENNIS):
            await self.answers(officer)
        await self._files_everything()
        await self.passes(1)
        await self._erases()

    async def _files_everything(self) -> None:
        by = await self.who(DORTE)
        async with self.database.transaction() as tx:
            tasks = await tx.journal.tasks(TaskState.OPEN)
        for each in tasks:

            async def file(
                tx: Transaction, id: UUID = each.id, seen: int = each.version
            ) -> object:
                return await need_not_file(
                    tx, id=id, seen=seen, why_not=WhyNot.NO_CONTENT, by=by, now=self.now
                )

            await self.does(file)

    async def _erases(self) -> None:
        """domain.md §15.12: facts stay as they were, and what was sealed is sealed for good."""
        async with self.database.transaction() as tx:
            told = await _facts(tx)
            kept = await _sealed(tx)
            before = set((await tx.connection.scalars(select(subjects.c.id))).all())
            erased_before = await _erased(tx)
        await erase_all_released(self.database, folder=None, now=self.now)
        async with self.database.transaction() as tx:
            assert await _facts(tx) == told
            gone = await _erased(tx) - erased_before
            assert gone <= before
            lost = [row for row in kept if row["key"] in set(map(str, gone))]
            left = {row["id"] for row in await _sealed(tx)}
            assert not left & {row["id"] for row in lost}
            keys = set((await tx.connection.scalars(select(data_keys.c.subject))).all())
            assert not keys & set(map(str, gone))
            trail = (await tx.connection.scalars(select(audit_chain.c.event))).all()
            noted = {UUID(each.about) for each in await audited(tx, action="case.erase")}
        told_of = b"".join(trail).decode()
        cases = {row["matter"] for row in lost}
        assert not [each for each in YOUTHS if each.name in told_of or each.cpr in told_of]
        assert cases <= noted
        self.erased |= cases
        await self._stays_sealed(lost)

    async def _stays_sealed(self, lost: Sequence[RowMapping]) -> None:
        """Put back what a backup of yesterday has of them: it cannot be read (AC-CRYPT-04)."""
        for key in {row["key"] for row in lost}:
            with pytest.raises(Shredded):
                await self._puts_back_and_reads(key, [row for row in lost if row["key"] == key])

    async def _puts_back_and_reads(self, key: str, rows: Sequence[RowMapping]) -> None:
        async with self.database.transaction() as tx:
            await tx.connection.execute(insert(records), [dict(row) for row in rows])
            await tx.records.of_keys([key])


async def _facts(tx: Transaction) -> list[str]:
    return sorted(map(str, (await tx.connection.execute(select(facts))).all()))


async def _sealed(tx: Transaction) -> Sequence[RowMapping]:
    return (await tx.connection.execute(select(records))).mappings().all()


async def _erased(tx: Transaction) -> set[UUID]:
    found = await tx.connection.scalars(
        select(subjects.c.id).where(subjects.c.erased_at.is_not(None))
    )
    return set(found.all())
