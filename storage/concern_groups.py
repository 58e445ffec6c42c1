"""Concern groups and who is in them: ids, codes and dates; every word lies in their records."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.concern_groups import ConcernGroup, GroupState, Member, MemberRole
from domain.errors import RuleBroken
from domain.people import AreaCode, CommitteeCode, PersonId
from storage.counters import Counters
from storage.plan_rows import concern_groups, group_members

_OPEN = concern_groups.c.state == GroupState.OPEN


class ConcernGroups:
    def __init__(self, connection: AsyncConnection, counters: Counters) -> None:
        self._connection = connection
        self._counters = counters

    async def next_reference(self, year: int) -> str:
        """Take the next reference number of a year; a rolled back one is used again."""
        number = await self._counters.next("group.reference", str(year))
        return f"G{year}-{number:04}"

    async def add(self, group: ConcernGroup) -> None:
        await self._connection.execute(insert(concern_groups).values(_values(group)))

    async def find(self, id: UUID) -> ConcernGroup | None:
        return next(iter(await self._list(concern_groups.c.id == id)), None)

    async def by_reference(self, reference: str) -> ConcernGroup | None:
        return next(iter(await self._list(concern_groups.c.reference == reference)), None)

    async def hold(self, id: UUID) -> ConcernGroup | None:
        """Find a group that nobody else can decide about before this transaction has ended."""
        held = select(concern_groups).where(concern_groups.c.id == id).with_for_update()
        row = (await self._connection.execute(held)).one_or_none()
        return None if row is None else _group(row)

    async def save(self, group: ConcernGroup) -> ConcernGroup:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `group.moved_on`.
        """
        following = replace(group, version=group.version + 1)
        saved = await self._connection.execute(
            update(concern_groups)
            .where(concern_groups.c.id == group.id, concern_groups.c.version == group.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("group.moved_on")
        return following

    async def running(self) -> list[ConcernGroup]:
        """List every group that has not ended; whoever asks looks who may see which."""
        return await self._list(_OPEN)

    async def to_review(self, *, by: date) -> list[ConcernGroup]:
        """List the groups whose next look is due by this day."""
        return await self._list(_OPEN, concern_groups.c.review_on <= by)

    async def add_member(self, member: Member) -> None:
        await self._connection.execute(insert(group_members).values(_member_values(member)))

    async def member(self, id: UUID) -> Member | None:
        return next(iter(await self._members(group_members.c.id == id)), None)

    async def hold_member(self, id: UUID) -> Member | None:
        """Find a member that nobody else can decide about before this transaction has ended."""
        held = select(group_members).where(group_members.c.id == id).with_for_update()
        row = (await self._connection.execute(held)).one_or_none()
        return None if row is None else _member(row)

    async def members(self, group: UUID) -> list[Member]:
        """List everybody in a group, those who left too, in the order they came."""
        return await self._members(group_members.c.concern_group == group)

    async def about(self, subjects: Collection[UUID]) -> list[Member]:
        """List where these people are, or were, in a group."""
        return await self._members(group_members.c.subject.in_(list(subjects)))

    async def labelled_before(self, moment: datetime) -> list[Member]:
        """List those in a running group whose label was last confirmed before this moment."""
        running = select(concern_groups.c.id).where(_OPEN)
        return await self._members(
            group_members.c.role != MemberRole.UNKNOWN,
            group_members.c.role_at <= moment,
            group_members.c.left_at.is_(None),
            group_members.c.concern_group.in_(running),
        )

    async def save_member(self, member: Member) -> Member:
        """Store the next version of a member, or refuse if someone stored it first.

        :raises RuleBroken: `member.moved_on`.
        """
        following = replace(member, version=member.version + 1)
        saved = await self._connection.execute(
            update(group_members)
            .where(group_members.c.id == member.id, group_members.c.version == member.version)
            .values(_member_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("member.moved_on")
        return following

    async def _list(self, *conditions: ColumnElement[bool]) -> list[ConcernGroup]:
        rows = await self._connection.execute(
            select(concern_groups).where(*conditions).order_by(concern_groups.c.reference)
        )
        return [_group(row) for row in rows]

    async def _members(self, *conditions: ColumnElement[bool]) -> list[Member]:
        rows = await self._connection.execute(
            select(group_members)
            .where(*conditions)
            .order_by(group_members.c.added_at, group_members.c.id)
        )
        return [_member(row) for row in rows]


def _values(group: ConcernGroup) -> dict[str, object]:
    return {column.name: getattr(group, column.name) for column in concern_groups.c}


def _member_values(member: Member) -> dict[str, object]:
    return {column.name: getattr(member, column.name) for column in group_members.c}


def _group(row: Row[Any]) -> ConcernGroup:
    return ConcernGroup(
        id=row.id,
        reference=row.reference,
        state=GroupState(row.state),
        group=CommitteeCode(row.group),
        areas=tuple(map(AreaCode, row.areas)),
        known_before=row.known_before,
        begun_by=PersonId(row.begun_by),
        begun_at=row.begun_at,
        review_on=row.review_on,
        last_event_at=row.last_event_at,
        version=row.version,
    )


def _member(row: Row[Any]) -> Member:
    return Member(
        id=row.id,
        concern_group=row.concern_group,
        area=AreaCode(row.area),
        role=MemberRole(row.role),
        role_at=row.role_at,
        role_by=PersonId(row.role_by),
        gate=row.gate,
        added_by=PersonId(row.added_by),
        added_at=row.added_at,
        subject=row.subject,
        left_at=row.left_at,
        version=row.version,
    )
