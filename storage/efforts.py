"""Efforts, and the pool of each year that pays them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.efforts import (
    POOL,
    Assessment,
    Criteria,
    Effort,
    EffortKind,
    EffortState,
    Evaluation,
    Stage,
)
from domain.errors import RuleBroken
from domain.people import AreaCode, Authority, CommitteeCode, PersonId
from storage import conflicts
from storage.counters import Counters
from storage.meeting_rows import efforts, pools

_WORDS = ("purpose", "decision", "override", "settlement")


class Efforts:
    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self._connection = connection
        self._counters = counters

    async def next_reference(self, year: int) -> str:
        """Give the next number of an effort that begins that year: `I2027-0001`."""
        return f"I{year}-{await self._counters.next('efforts', str(year)):04}"

    async def add(self, effort: Effort) -> None:
        await self._connection.execute(insert(efforts).values(_values(effort)))

    async def find(self, id: UUID) -> Effort | None:
        return await self._one(select(efforts).where(efforts.c.id == id))

    async def hold(self, id: UUID) -> Effort | None:
        """Find an effort that nobody else can change before this transaction has ended."""
        return await self._one(select(efforts).where(efforts.c.id == id).with_for_update())

    async def by_reference(self, reference: str) -> Effort | None:
        return await self._one(select(efforts).where(efforts.c.reference == reference))

    async def of_year(self, year: int) -> list[Effort]:
        """List the efforts that a year's pool pays, or was asked to, in the order of numbers."""
        return await self._all(select(efforts).where(efforts.c.year == year))

    async def in_states(self, states: Collection[EffortState]) -> list[Effort]:
        return await self._all(select(efforts).where(efforts.c.state.in_(list(states))))

    async def save(self, effort: Effort) -> Effort:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `effort.moved_on`.
        """
        following = replace(effort, version=effort.version + 1)
        saved = await self._connection.execute(
            update(efforts)
            .where(efforts.c.id == effort.id, efforts.c.version == effort.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("effort.moved_on")
        return following

    async def pool(self, year: int) -> int:
        """Say how large a year's pool is, in øre (EFF-3)."""
        found = await self._connection.scalar(select(pools.c.amount).where(pools.c.year == year))
        return POOL if found is None else found

    async def hold_pool(self, year: int, *, now: datetime) -> int:
        """Say the same, so that nobody else reserves of it before this transaction has ended."""
        new = conflicts.insert(pools).values(year=year, amount=POOL, noted_at=now)
        await self._connection.execute(new.on_conflict_do_nothing())
        held = await self._connection.execute(
            select(pools.c.amount).where(pools.c.year == year).with_for_update()
        )
        amount: int = held.scalar_one()
        return amount

    async def set_pool(self, year: int, amount: int, *, by: PersonId, now: datetime) -> None:
        new = conflicts.insert(pools).values(year=year, amount=amount, noted_by=by, noted_at=now)
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[pools.c.year],
                set_={"amount": amount, "noted_by": by, "noted_at": now},
            )
        )

    async def _one(self, chosen: Select[Any]) -> Effort | None:
        row = (await self._connection.execute(chosen)).one_or_none()
        return None if row is None else _effort(row)

    async def _all(self, chosen: Select[Any]) -> list[Effort]:
        rows = await self._connection.execute(chosen.order_by(efforts.c.reference))
        return [_effort(row) for row in rows]


def _values(effort: Effort) -> Mapping[str, object]:
    kept = {
        "areas": list(effort.areas),
        "parties": list(effort.parties),
        "content": _content(effort),
    }
    return {
        column.name: kept.get(column.name, getattr(effort, column.name, None))
        for column in efforts.c
    }


def _content(effort: Effort) -> Mapping[str, object]:
    """Give what has no column of its own, as JSON."""
    return {
        **{name: getattr(effort, name) for name in _WORDS},
        "criteria": asdict(effort.criteria),
        "during_on": effort.during_on.isoformat(),
        "end_on": effort.end_on.isoformat(),
        "assessment": _said(effort.assessment) if effort.assessment else None,
        "evaluations": [_said(each) for each in effort.evaluations],
    }


def _said(said: Assessment | Evaluation) -> Mapping[str, object]:
    return {**asdict(said), "at": said.at.isoformat()}


def _effort(row: Row[Any]) -> Effort:
    content = row.content
    assessment = content["assessment"]
    return Effort(
        id=row.id,
        reference=row.reference,
        kind=EffortKind(row.kind),
        state=EffortState(row.state),
        title=row.title,
        areas=tuple(map(AreaCode, row.areas)),
        parties=tuple(map(Authority, row.parties)),
        criteria=Criteria(**content["criteria"]),
        committee=CommitteeCode(row.committee),
        year=row.year,
        amount=row.amount,
        lead=PersonId(row.lead),
        contact=PersonId(row.contact),
        from_on=row.from_on,
        to_on=row.to_on,
        during_on=date.fromisoformat(content["during_on"]),
        end_on=date.fromisoformat(content["end_on"]),
        applied_by=PersonId(row.applied_by),
        applied_at=row.applied_at,
        assessment=Assessment(**_with_moment(assessment)) if assessment else None,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        overridden_by=row.overridden_by,
        spent=row.spent,
        settled_at=row.settled_at,
        evaluations=tuple(
            Evaluation(**_with_moment(each) | {"stage": Stage(each["stage"])})
            for each in content["evaluations"]
        ),
        evaluated_at=row.evaluated_at,
        version=row.version,
        **{name: content[name] for name in _WORDS},
    )


def _with_moment(said: Mapping[str, Any]) -> dict[str, Any]:
    return {**said, "at": datetime.fromisoformat(said["at"])}
