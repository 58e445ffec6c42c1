"""Minutes, what was said of them, and who agreed."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.committee_meetings import MeetingState, Presence
from domain.errors import RuleBroken
from domain.minutes import (
    Attended,
    MinutedItem,
    MinutedTask,
    Minutes,
    MinutesComment,
    MinutesState,
    Receiver,
)
from domain.people import Authority, CommitteeCode, PersonId
from storage import conflicts
from storage.agenda_rows import (
    minutes_approvals,
    minutes_comments,
    minutes_receivers,
    minutes_versions,
)
from storage.meeting_items import restored, stored
from storage.meeting_rows import committee_meetings


class MinutesStore:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, minutes: Minutes) -> bool:
        """Begin a version; False when somebody has begun it already."""
        added = await self._connection.execute(
            conflicts.insert(minutes_versions)
            .values(_values(minutes))
            .on_conflict_do_nothing()
            .returning(minutes_versions.c.number)
        )
        return added.one_or_none() is not None

    async def of_meeting(self, meeting: UUID) -> list[Minutes]:
        """List the versions, the first first."""
        rows = await self._connection.execute(
            select(minutes_versions)
            .where(minutes_versions.c.meeting == meeting)
            .order_by(minutes_versions.c.number)
        )
        return [_minutes(row) for row in rows]

    async def latest(self, meeting: UUID) -> Minutes | None:
        found = await self.of_meeting(meeting)
        return found[-1] if found else None

    async def approved(self, meeting: UUID) -> Minutes | None:
        """Find the version that counts."""
        found = await self.of_meeting(meeting)
        return next((each for each in reversed(found) if each.approved_at is not None), None)

    async def save(self, minutes: Minutes) -> Minutes:
        """Store the next version of the row, or refuse if someone stored it first.

        :raises RuleBroken: `minutes.moved_on`.
        """
        following = replace(minutes, version=minutes.version + 1)
        saved = await self._connection.execute(
            update(minutes_versions)
            .where(
                minutes_versions.c.meeting == minutes.meeting,
                minutes_versions.c.number == minutes.number,
                minutes_versions.c.version == minutes.version,
                minutes_versions.c.state != MinutesState.APPROVED,
            )
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("minutes.moved_on")
        return following

    async def to_approve(self) -> list[Minutes]:
        """List what waits for approval, the oldest first."""
        rows = await self._connection.execute(
            select(minutes_versions)
            .where(minutes_versions.c.state == MinutesState.APPROVAL)
            .order_by(minutes_versions.c.made_at)
        )
        return [_minutes(row) for row in rows]

    async def unwritten(self, from_on: date, to_on: date) -> list[UUID]:
        """Name the meetings of these days whose minutes nobody has sent out."""
        written = select(minutes_versions.c.meeting).where(
            minutes_versions.c.state != MinutesState.DRAFT
        )
        found = await self._connection.scalars(
            select(committee_meetings.c.id)
            .where(
                committee_meetings.c.day.between(from_on, to_on),
                committee_meetings.c.state != MeetingState.CANCELLED,
                committee_meetings.c.id.not_in(written),
            )
            .order_by(committee_meetings.c.day, committee_meetings.c.id)
        )
        return list(found)

    async def comment(self, comment: MinutesComment) -> None:
        """Keep what somebody said; sent again under the same id, it is kept once."""
        await self._connection.execute(
            conflicts.insert(minutes_comments).values(asdict(comment)).on_conflict_do_nothing()
        )

    async def comments(self, meeting: UUID, number: int) -> list[MinutesComment]:
        rows = await self._connection.execute(
            select(minutes_comments)
            .where(minutes_comments.c.meeting == meeting, minutes_comments.c.number == number)
            .order_by(minutes_comments.c.at, minutes_comments.c.id)
        )
        return [MinutesComment(**row) for row in rows.mappings()]

    async def agree(self, meeting: UUID, number: int, *, person: PersonId, at: datetime) -> None:
        await self._connection.execute(
            conflicts.insert(minutes_approvals)
            .values(meeting=meeting, number=number, person=person, at=at)
            .on_conflict_do_nothing()
        )

    async def agree_anew(self, meeting: UUID, number: int) -> None:
        """Forget who agreed, for it is written anew."""
        await self._connection.execute(
            delete(minutes_approvals).where(
                minutes_approvals.c.meeting == meeting, minutes_approvals.c.number == number
            )
        )

    async def agreed(self, meeting: UUID, number: int) -> frozenset[PersonId]:
        """Name who has agreed to this version."""
        found = await self._connection.scalars(
            select(minutes_approvals.c.person).where(
                minutes_approvals.c.meeting == meeting, minutes_approvals.c.number == number
            )
        )
        return frozenset(PersonId(each) for each in found)

    async def receivers(self, committee: CommitteeCode) -> frozenset[Receiver] | None:
        """Say who else gets a committee's minutes; None where its type decides."""
        rows = await self._connection.execute(
            select(minutes_receivers.c.receivers).where(minutes_receivers.c.committee == committee)
        )
        row = rows.one_or_none()
        return None if row is None else frozenset(Receiver(each) for each in row.receivers)

    async def set_receivers(
        self,
        committee: CommitteeCode,
        receivers: frozenset[Receiver],
        *,
        by: PersonId,
        at: datetime,
    ) -> None:
        values = {"receivers": tuple(sorted(receivers)), "noted_by": by, "noted_at": at}
        await self._connection.execute(
            conflicts.insert(minutes_receivers)
            .values(committee=committee, **values)
            .on_conflict_do_update(index_elements=[minutes_receivers.c.committee], set_=values)
        )


def _values(minutes: Minutes) -> dict[str, object]:
    own = {each.name for each in minutes_versions.c} - {"content"}
    return {**{name: getattr(minutes, name) for name in own}, "content": _content(minutes)}


def _content(minutes: Minutes) -> dict[str, object]:
    return {
        "why": minutes.why,
        "asked_at": None if minutes.asked_at is None else minutes.asked_at.isoformat(),
        "agreed": list(minutes.agreed),
        "sent_to": list(minutes.sent_to),
        "items": [
            {
                "item": stored(each.item),
                "decision": each.decision,
                "version": each.version,
                "tasks": [
                    {**asdict(task), "due_on": task.due_on.isoformat()} for task in each.tasks
                ],
            }
            for each in minutes.items
        ],
        "attended": [asdict(each) for each in minutes.attended],
    }


def _minutes(row: Row[Any]) -> Minutes:
    content: Mapping[str, Any] = row.content
    return Minutes(
        meeting=row.meeting,
        number=row.number,
        state=MinutesState(row.state),
        items=tuple(_minuted(each) for each in content["items"]),
        attended=tuple(_attended(each) for each in content["attended"]),
        why=content["why"],
        asked_at=_instant(content["asked_at"]),
        agreed=tuple(PersonId(each) for each in content["agreed"]),
        sent_to=tuple(PersonId(each) for each in content["sent_to"]),
        made_by=PersonId(row.made_by),
        made_at=row.made_at,
        approved_by=None if row.approved_by is None else PersonId(row.approved_by),
        approved_at=row.approved_at,
        distributed_at=row.distributed_at,
        version=row.version,
    )


def _instant(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)


def _minuted(data: Mapping[str, Any]) -> MinutedItem:
    return MinutedItem(
        item=restored(data["item"]),
        decision=data["decision"],
        version=data["version"],
        tasks=tuple(
            MinutedTask(**{**each, "due_on": date.fromisoformat(each["due_on"])})
            for each in data["tasks"]
        ),
    )


def _attended(data: Mapping[str, Any]) -> Attended:
    return Attended(
        **{**data, "authority": Authority(data["authority"]), "how": Presence(data["how"])}
    )
