"""The actions agreed on cases: whose and by when in the row, their words sealed (CASE-5)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    func,
    insert,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.case_actions import ActionStatus, CaseAction, DropReason
from domain.cases import RUNNING
from domain.errors import RuleBroken
from domain.people import Authority, CommitteeCode, PersonId
from storage.case_rows import actions, cases
from storage.cases import works_on
from storage.contents import packed, unpacked
from storage.keys import Keys
from storage.rows import DATA
from storage.sealing import Envelope, Place

_home = cases.alias("home")
READ_UNDER: ColumnElement[UUID] = func.coalesce(_home.c.merged_into, actions.c.case)


def read_under(found: Collection[UUID]) -> CompoundSelect[Any]:
    """Name these cases, and those that were merged into them, each by its own index."""
    ids = select(cases.c.id)
    return union_all(ids.where(cases.c.id.in_(found)), ids.where(cases.c.merged_into.in_(found)))


def at_home(chosen: Select[Any]) -> Select[Any]:
    """Join each action with the case that it was agreed in."""
    return chosen.join(_home, _home.c.id == actions.c.case)


class CaseActions:
    """Sealed with the key of the person the case is about.

    An action of a case that was merged into another is read as the other's (CASE-3): it stays
    where it was agreed, so that the merge can be taken back.
    """

    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        self._connection = connection
        self._keys = keys

    async def add(self, action: CaseAction) -> None:
        """Store a new action.

        :raises Shredded: when what is known of the person has been destroyed.
        """
        of_case = select(cases.c.subject).where(cases.c.id == action.case)
        values = await self._values(action, await self._connection.scalar(of_case))
        await self._connection.execute(insert(actions).values(case=action.case, **values))

    async def find(self, id: UUID) -> CaseAction | None:
        return next(iter(await self._list(actions.c.id == id)), None)

    async def hold(self, id: UUID) -> CaseAction | None:
        """Find an action that nobody else can end before this transaction has ended."""
        held = select(actions.c.id).where(actions.c.id == id).with_for_update()
        found = await self._connection.scalar(held)
        return None if found is None else await self.find(id)

    async def of_case(self, case: UUID) -> list[CaseAction]:
        """List everything agreed on a case, the earliest due first."""
        return await self._list(actions.c.case.in_(read_under([case])), READ_UNDER.in_([case]))

    async def open_of(self, owner: PersonId) -> list[CaseAction]:
        """List what somebody has promised to do, on running cases or not."""
        return await self._list(actions.c.owner == owner, actions.c.status == ActionStatus.OPEN)

    async def of_meeting(self, meeting: UUID) -> list[CaseAction]:
        """List what was agreed at a case meeting."""
        return await self._list(actions.c.meeting == meeting)

    async def count_open(self, case: UUID) -> int:
        found = await self._connection.scalars(
            at_home(select(actions.c.id)).where(
                actions.c.case.in_(read_under([case])),
                READ_UNDER.in_([case]),
                actions.c.status == ActionStatus.OPEN,
            )
        )
        return len(found.all())

    async def overdue(self, groups: Collection[CommitteeCode], *, today: date) -> dict[UUID, date]:
        """Name the cases of these groups that have an overdue action, and since when."""
        rows = await self._connection.execute(
            at_home(select(READ_UNDER.label("case"), actions.c.due_on))
            .where(
                actions.c.case.in_(select(cases.c.id).where(works_on(groups, RUNNING))),
                actions.c.status == ActionStatus.OPEN,
                actions.c.due_on < today,
            )
            .order_by(actions.c.due_on.desc())
        )
        return {row.case: row.due_on for row in rows}

    async def save(self, action: CaseAction) -> CaseAction:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `action.moved_on`.
        """
        following = replace(action, version=action.version + 1)
        its_own = at_home(select(_home.c.subject).select_from(actions))
        subject = await self._connection.scalar(its_own.where(actions.c.id == action.id))
        saved = await self._connection.execute(
            update(actions)
            .where(actions.c.id == action.id, actions.c.version == action.version)
            .values(await self._values(following, subject))
        )
        if saved.rowcount != 1:
            raise RuleBroken("action.moved_on")
        return following

    async def _list(self, *conditions: ColumnElement[bool]) -> list[CaseAction]:
        rows = await self._connection.execute(
            at_home(select(actions, _home.c.subject, READ_UNDER.label("read_under")))
            .where(*conditions)
            .order_by(actions.c.due_on, actions.c.agreed_at, actions.c.id)
        )
        return [await self._open(row) for row in rows]

    async def _open(self, row: Row[Any]) -> CaseAction:
        key = await self._keys.of(str(row.subject))
        words = unpacked(key.open(row.content, _place(row.id)))
        dropped_as = words.get("dropped_as")
        return CaseAction(
            id=row.id,
            case=row.read_under,
            authority=Authority(row.authority),
            owner=PersonId(row.owner),
            due_on=row.due_on,
            agreed_by=PersonId(row.agreed_by),
            agreed_at=row.agreed_at,
            what=str(words["what"]),
            status=ActionStatus(row.status),
            focus=row.focus,
            result=str(words["result"]),
            dropped_as=None if dropped_as is None else DropReason(str(dropped_as)),
            ended_at=row.ended_at,
            meeting=row.meeting,
            version=row.version,
        )

    async def _values(self, action: CaseAction, subject: UUID | None) -> dict[str, object]:
        plain = {
            column.name: getattr(action, column.name)
            for column in actions.c
            if column.name not in {"case", "content"}
        }
        return {**plain, "content": await self._sealed(action, subject)}

    async def _sealed(self, action: CaseAction, subject: UUID | None) -> Envelope:
        key = await self._keys.of(str(subject))
        words = {
            "what": action.what,
            "result": action.result,
            "dropped_as": action.dropped_as,
        }
        return key.seal(packed(words), _place(action.id))


def _place(id: UUID) -> Place:
    return Place(DATA, "actions", str(id), "content")
