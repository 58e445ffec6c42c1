"""Subjects: the people cases are about, found by blind indexes only (AC-CRYPT-05)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, insert, literal, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.data_classes import DataClass
from domain.people import CommitteeCode
from domain.records import RecordKind
from storage.case_rows import cases, subjects
from storage.keys import Keys
from storage.records import Records
from storage.subject_index import Findable, SubjectIndex


class Subjects(SubjectIndex):
    """A subject is an id and a data key; who it is lies in their cases' records."""

    def __init__(self, connection: AsyncConnection, keys: Keys, records: Records) -> None:
        super().__init__(connection, keys)
        self._records = records

    async def add(self, id: UUID, *, at: datetime) -> None:
        """Make a subject, with the key that everything about them is sealed with."""
        await self._connection.execute(insert(subjects).values(id=id, created_at=at))
        await self._keys.make(str(id))

    async def hold(self, id: UUID) -> None:
        """Let nobody else open or merge a case about them before this transaction has ended."""
        await self._connection.execute(
            select(subjects.c.id).where(subjects.c.id == id).with_for_update()
        )

    async def merge(self, id: UUID, *, into: UUID | None) -> None:
        """Say that a subject is the same person as another, or take that back."""
        await self._connection.execute(
            update(subjects).where(subjects.c.id == id).values(merged_into=into)
        )

    async def canonical(self, id: UUID) -> UUID:
        """Name the subject that somebody is known as after a merge."""
        merged = await self._connection.scalar(
            select(subjects.c.merged_into).where(subjects.c.id == id)
        )
        return merged or id

    async def reindex(self, id: UUID) -> None:
        """Make a subject findable by what their cases' records say now, in those cases' groups.

        Whoever is merged into them is part of them, and is found as they are.

        To be called whenever a case is opened, who it is about is corrected, or the case gets
        another group or partner.

        :raises RuleBroken: `case.known_meanwhile` when somebody else has the CPR number.
        :raises Shredded: when their key has been destroyed.
        """
        merged = select(subjects.c.id).where(subjects.c.merged_into == id)
        of_subject = select(cases.c.id, cases.c.group, cases.c.partner).where(
            cases.c.subject.in_(union_all(select(literal(id, Uuid)), merged))
        )
        rows = (await self._connection.execute(of_subject)).all()
        read = await self._records.read(
            [row.id for row in rows],
            [DataClass.IDENTITY, DataClass.CPR],
            kinds=[RecordKind.IDENTITY, RecordKind.CPR],
        )
        said = [record.content for record in read]
        found_by = Findable(
            names=frozenset(str(each["name"]) for each in said if each.get("name")),
            born=frozenset(date.fromisoformat(str(b["born"])) for b in said if b.get("born")),
            cprs=frozenset(str(each["cpr"]) for each in said if each.get("cpr")),
        )
        scopes = {CommitteeCode(code) for row in rows for code in row[1:] if code}
        await self.index(id, found_by, scopes=scopes)
