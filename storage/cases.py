"""Cases: what may be known at large; everything confided lies in their records."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.cases import RUNNING, Case, CaseState, CloseReason, Kif, PlusType
from domain.errors import RuleBroken
from domain.people import AreaCode, CommitteeCode, PersonId
from storage.case_rows import cases
from storage.case_rows import subjects as people
from storage.counters import Counters


class Cases:
    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self._connection = connection
        self._counters = counters

    async def next_reference(self, year: int) -> str:
        """Take the next reference number of a year; a rolled back one is used again."""
        number = await self._counters.next("case.reference", str(year))
        return f"{year}-{number:04}"

    async def add(self, case: Case) -> None:
        """Store a new case.

        :raises IntegrityError: when the person has a running case already (CASE-3).
        """
        await self._connection.execute(insert(cases).values(_values(case)))

    async def find(self, id: UUID) -> Case | None:
        return await self._one(cases.c.id == id)

    async def by_reference(self, reference: str) -> Case | None:
        return await self._one(cases.c.reference == reference)

    async def hold(self, id: UUID) -> Case | None:
        """Find a case that nobody else can decide about before this transaction has ended."""
        held = select(cases).where(cases.c.id == id).with_for_update()
        row = (await self._connection.execute(held)).one_or_none()
        return None if row is None else case_of(row)

    async def save(self, case: Case) -> Case:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `case.moved_on`; `case.another_open` for a second running case of
            one person (CASE-3), after which nothing else of the transaction can be kept.
        """
        following = replace(case, version=case.version + 1)
        storing = (
            update(cases)
            .where(cases.c.id == case.id, cases.c.version == case.version)
            .values(_values(following))
        )
        try:
            saved = await self._connection.execute(storing)
        except IntegrityError:
            raise RuleBroken("case.another_open") from None
        if saved.rowcount != 1:
            raise RuleBroken("case.moved_on")
        return following

    async def of_subject(self, subject: UUID) -> list[Case]:
        """List somebody's cases, the running one first, then the latest."""
        found = await self._list(cases.c.subject == subject)
        return sorted(found, key=lambda case: case.state not in RUNNING)

    async def of_subjects(self, subjects: Collection[UUID]) -> list[Case]:
        """List the cases of many people and of those merged into them, running ones first."""
        if not subjects:
            return []
        merged = select(people.c.id).where(people.c.merged_into.in_(subjects))
        rows = await self._connection.scalars(merged)
        found = await self._list(cases.c.subject.in_([*subjects, *rows]))
        return sorted(found, key=lambda case: case.state not in RUNNING)

    async def in_groups(
        self,
        groups: Collection[CommitteeCode],
        *,
        states: Collection[CaseState] = RUNNING,
    ) -> list[Case]:
        """List the cases that these groups have, or are partners in, the latest first."""
        if not groups:
            return []
        return await self._list(works_on(groups, states), cases.c.merged_into.is_(None))

    async def led_by(self, person: PersonId) -> list[Case]:
        """List the running cases that somebody leads."""
        return await self._list(
            cases.c.lead == person,
            cases.c.state.in_(list(RUNNING)),
            cases.c.merged_into.is_(None),
        )

    async def of_ids(self, ids: Collection[UUID]) -> dict[UUID, Case]:
        return {case.id: case for case in await self._list(cases.c.id.in_(ids))} if ids else {}

    async def running(self) -> list[Case]:
        """List every running case: for work that is done at night."""
        return await self._list(cases.c.state.in_(list(RUNNING)), cases.c.merged_into.is_(None))

    async def _list(self, *conditions: ColumnElement[bool]) -> list[Case]:
        rows = await self._connection.execute(
            select(cases).where(*conditions).order_by(cases.c.opened_at.desc(), cases.c.reference)
        )
        return [case_of(row) for row in rows]

    async def _one(self, condition: ColumnElement[bool]) -> Case | None:
        row = (await self._connection.execute(select(cases).where(condition))).one_or_none()
        return None if row is None else case_of(row)


def works_on(
    groups: Collection[CommitteeCode], states: Collection[CaseState]
) -> ColumnElement[bool]:
    """Ask for the cases that groups have or are partners in, by an index for either."""
    return or_(
        *(
            column.in_(groups) & cases.c.state.in_(list(states))
            for column in (cases.c.group, cases.c.partner)
        )
    )


def _values(case: Case) -> dict[str, object]:
    return {column.name: getattr(case, column.name) for column in cases.c}


def case_of(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        reference=row.reference,
        subject=row.subject,
        state=CaseState(row.state),
        group=CommitteeCode(row.group),
        partner=None if row.partner is None else CommitteeCode(row.partner),
        area=None if row.area is None else AreaCode(row.area),
        level=row.level,
        lead=None if row.lead is None else PersonId(row.lead),
        plus_type=None if row.plus_type is None else PlusType(row.plus_type),
        kif=Kif(row.kif),
        opened_at=row.opened_at,
        opened_by=PersonId(row.opened_by),
        coordinated_at=row.coordinated_at,
        follow_up_on=row.follow_up_on,
        closed_at=row.closed_at,
        close_reason=None if row.close_reason is None else CloseReason(row.close_reason),
        last_event_at=row.last_event_at,
        merged_into=row.merged_into,
        held=row.held,
        version=row.version,
    )
