"""Concerns: what may be known at large in a row, what was confided in sealed parts."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.concerns import SOMEBODYS_DUTY, Addition, Concern, Parts, Status
from domain.data_classes import DataClass
from domain.errors import RuleBroken
from domain.people import AreaCode, CommitteeCode, PersonId
from storage.conflicts import insert as upsert
from storage.contents import packed, unpacked
from storage.counters import Counters
from storage.keys import Keys
from storage.rows import DATA, additions, concern_parts, concerns, cpr_marks, relations
from storage.sealing import Place

_WAITING = (Status.SUBMITTED, Status.TRIAGE)


class Concerns:
    def __init__(self, connection: AsyncConnection, keys: Keys, counters: Counters) -> None:
        self._connection = connection
        self._keys = keys
        self._counters = counters

    async def next_reference(self, year: int) -> str:
        """Take the next reference number of a year; a rolled back one is used again."""
        number = await self._counters.next("concern.reference", str(year))
        return f"B{year}-{number:04}"

    async def add(self, concern: Concern, parts: Parts) -> None:
        """Store a concern, each class of data sealed by itself under the concern's key."""
        await self._connection.execute(insert(concerns).values(_values(concern)))
        key = await self._keys.make(str(concern.id))
        for data_class, content in parts.items():
            await self._connection.execute(
                insert(concern_parts).values(
                    concern=concern.id,
                    data_class=data_class,
                    content=key.seal(packed(content), _part(concern.id, data_class)),
                )
            )
        await self.mark(concern.id, cpr_numbers(parts))

    async def mark(self, id: UUID, numbers: Collection[str]) -> None:
        """Make a concern findable by CPR numbers, under every index key now in use."""
        for digits in numbers:
            for version, mark in (await self._keys.marks(digits)).items():
                await self._connection.execute(
                    upsert(cpr_marks)
                    .values(concern=id, index_version=version, mark=mark)
                    .on_conflict_do_nothing()
                )

    async def find(self, id: UUID) -> Concern | None:
        return await self._one(concerns.c.id == id)

    async def hold(self, id: UUID) -> Concern | None:
        """Find a concern that nobody else can decide about before this transaction has ended."""
        held = select(concerns).where(concerns.c.id == id).with_for_update()
        row = (await self._connection.execute(held)).one_or_none()
        return None if row is None else _concern(row)

    async def by_reference(self, reference: str) -> Concern | None:
        return await self._one(concerns.c.reference == reference)

    async def of_addition(self, id: UUID) -> Concern | None:
        """Find the concern to which something was added under this id."""
        added = select(additions.c.concern).where(additions.c.id == id)
        return await self._one(concerns.c.id.in_(added))

    async def of_reporter(self, reporter: PersonId) -> list[Concern]:
        """List somebody's own concerns, the latest first."""
        rows = await self._connection.execute(
            select(concerns)
            .where(concerns.c.reporter == reporter)
            .order_by(concerns.c.submitted_at.desc(), concerns.c.reference.desc())
        )
        return [_concern(row) for row in rows]

    async def in_cases(self, cases: Collection[UUID]) -> list[Concern]:
        """List the concerns that are part of these cases, the oldest first."""
        rows = await self._connection.execute(
            select(concerns)
            .where(concerns.c.case.in_(cases))
            .order_by(concerns.c.submitted_at, concerns.c.reference)
        )
        return [_concern(row) for row in rows]

    async def owned_by(self, person: PersonId) -> list[Concern]:
        """List what is somebody's duty, the oldest first."""
        rows = await self._connection.execute(
            select(concerns)
            .where(concerns.c.owner == person, concerns.c.status.in_(SOMEBODYS_DUTY))
            .order_by(concerns.c.submitted_at, concerns.c.reference)
        )
        return [_concern(row) for row in rows]

    async def of_ids(self, ids: Collection[UUID]) -> dict[UUID, Concern]:
        if not ids:
            return {}
        rows = await self._connection.execute(select(concerns).where(concerns.c.id.in_(ids)))
        return {row.id: _concern(row) for row in rows}

    async def waiting_in(self, group: CommitteeCode | None) -> list[Concern]:
        """List what a group, or the Secretariat's triage, has to take up, the urgent first."""
        rows = await self._connection.execute(
            select(concerns)
            .where(concerns.c.group.is_not_distinct_from(group), concerns.c.status.in_(_WAITING))
            .order_by(concerns.c.urgent.desc(), concerns.c.take_up_by, concerns.c.reference)
        )
        return [_concern(row) for row in rows]

    async def taken_up_in(self, groups: Collection[CommitteeCode]) -> list[Concern]:
        """List what somebody has taken up in these groups and nobody has made a case of yet."""
        rows = await self._connection.execute(
            select(concerns)
            .where(concerns.c.group.in_(groups), concerns.c.status == Status.TAKEN_UP)
            .order_by(concerns.c.urgent.desc(), concerns.c.take_up_by, concerns.c.reference)
        )
        return [_concern(row) for row in rows]

    async def ended(self, status: Status, *, by: datetime) -> list[Concern]:
        """List the concerns that ended so by then and still hold what was confided."""
        rows = await self._connection.execute(
            select(concerns)
            .where(
                concerns.c.status == status,
                concerns.c.ended_at <= by,
                concerns.c.id.in_(select(concern_parts.c.concern)),
            )
            .order_by(concerns.c.ended_at, concerns.c.reference)
        )
        return [_concern(row) for row in rows]

    async def with_cpr(self, digits: str) -> list[Concern]:
        """List the concerns in which this CPR number was given, found by its blind index."""
        marks = (await self._keys.marks(digits)).values()
        rows = await self._connection.execute(
            select(concerns)
            .where(
                concerns.c.id.in_(
                    select(cpr_marks.c.concern).where(cpr_marks.c.mark.in_(list(marks)))
                )
            )
            .order_by(concerns.c.submitted_at, concerns.c.reference)
        )
        return [_concern(row) for row in rows]

    async def read(self, id: UUID, classes: Collection[DataClass]) -> Parts:
        """Open the parts of these classes, as far as there are any.

        :raises Shredded: when there are, and their key has been destroyed.
        """
        rows = await self._connection.execute(
            select(concern_parts)
            .where(concern_parts.c.concern == id, concern_parts.c.data_class.in_(list(classes)))
            .order_by(concern_parts.c.data_class)
        )
        parts: dict[DataClass, dict[str, object]] = {}
        for row in rows:
            key = await self._keys.of(str(id))
            data_class = DataClass(row.data_class)
            parts[data_class] = unpacked(key.open(row.content, _part(id, data_class)))
        return parts

    async def is_readable(self, id: UUID) -> bool:
        """Tell whether what was confided in a concern still exists."""
        return await self._keys.has(str(id))

    async def save(self, concern: Concern) -> Concern:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `concern.moved_on`.
        """
        following = replace(concern, version=concern.version + 1)
        saved = await self._connection.execute(
            update(concerns)
            .where(concerns.c.id == concern.id, concerns.c.version == concern.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("concern.moved_on")
        return following

    async def erase_parts(self, id: UUID) -> None:
        """Destroy everything that was confided, in backups too; the row stays (AC-CRYPT-04)."""
        for column in (concern_parts.c.concern, additions.c.concern, cpr_marks.c.concern):
            await self._connection.execute(delete(column.table).where(column == id))
        await self._connection.execute(delete(relations).where(relations.c.matter == id))
        await self._keys.destroy(str(id))

    async def add_addition(self, addition: Addition) -> None:
        """Store what the reporter added, under the concern's key.

        :raises Shredded: when the concern's content has been destroyed.
        """
        key = await self._keys.of(str(addition.concern))
        await self._connection.execute(
            insert(additions).values(
                id=addition.id,
                concern=addition.concern,
                by=addition.by,
                at=addition.at,
                text=key.seal(addition.text.encode(), _added(addition.id)),
            )
        )

    async def additions(self, concern_id: UUID) -> list[Addition]:
        """List what was added, in order."""
        rows = await self._connection.execute(
            select(additions)
            .where(additions.c.concern == concern_id)
            .order_by(additions.c.at, additions.c.id)
        )
        found: list[Addition] = []
        for row in rows:
            key = await self._keys.of(str(concern_id))
            found.append(
                Addition(
                    id=row.id,
                    concern=row.concern,
                    by=PersonId(row.by),
                    at=row.at,
                    text=key.open(row.text, _added(row.id)).decode(),
                )
            )
        return found

    async def _one(self, condition: ColumnElement[bool]) -> Concern | None:
        row = (await self._connection.execute(select(concerns).where(condition))).one_or_none()
        return None if row is None else _concern(row)


def cpr_numbers(parts: Parts) -> set[str]:
    """Return the CPR numbers among the answers of class D3, as ten digits."""
    answers = (str(answer) for answer in parts.get(DataClass.CPR, {}).values())
    digits = ("".join(sign for sign in answer if sign in "0123456789") for answer in answers)
    return {number for number in digits if len(number) == 10}  # noqa: PLR2004


def _part(id: UUID, data_class: DataClass) -> Place:
    return Place(DATA, "concern_parts", f"{id}|{data_class}", "content")


def _added(id: UUID) -> Place:
    return Place(DATA, "additions", str(id), "text")


def _values(concern: Concern) -> dict[str, object]:
    return {column.name: getattr(concern, column.name) for column in concerns.c}


def _concern(row: Row[Any]) -> Concern:
    return Concern(
        id=row.id,
        reference=row.reference,
        reporter=PersonId(row.reporter),
        status=Status(row.status),
        group=None if row.group is None else CommitteeCode(row.group),
        owner=None if row.owner is None else PersonId(row.owner),
        area=None if row.area is None else AreaCode(row.area),
        level=row.level,
        urgent=row.urgent,
        reasons=row.reasons,
        submitted_at=row.submitted_at,
        take_up_by=row.take_up_by,
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        taken_up_by=None if row.taken_up_by is None else PersonId(row.taken_up_by),
        case=row.case,
        version=row.version,
    )
