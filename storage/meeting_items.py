"""Points of agendas, and the agendas they were sent on."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.agendas import AgendaKind, AgendaVersion
from domain.errors import RuleBroken
from domain.meeting_items import ItemComment, ItemState, MeetingItem, in_order
from domain.papers import Annex, ItemKind, ProposalPart
from domain.people import CommitteeCode, PersonId
from storage.agenda_rows import agenda_versions, meeting_items

Stored = Mapping[str, Any]


class MeetingItems:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, item: MeetingItem) -> None:
        await self._connection.execute(insert(meeting_items).values(_values(item)))

    async def find(self, id: UUID) -> MeetingItem | None:
        return next(iter(await self._listed(meeting_items.c.id == id)), None)

    async def of_meeting(self, meeting: UUID) -> list[MeetingItem]:
        """List what belongs to a meeting, in the order of its agenda."""
        return await self._listed(
            meeting_items.c.meeting == meeting, meeting_items.c.state != ItemState.WITHDRAWN
        )

    async def of_meetings(self, meetings: Sequence[UUID]) -> list[MeetingItem]:
        return await self._listed(
            meeting_items.c.meeting.in_(list(meetings)),
            meeting_items.c.state != ItemState.WITHDRAWN,
        )

    async def homeless(self, committee: CommitteeCode) -> list[MeetingItem]:
        """List what waits for a meeting to be known."""
        return await self._listed(
            meeting_items.c.committee == committee,
            meeting_items.c.meeting.is_(None),
            meeting_items.c.state != ItemState.WITHDRAWN,
        )

    async def waiting(self) -> list[MeetingItem]:
        """List what was proposed to a meeting, and nobody has answered."""
        return await self._listed(
            meeting_items.c.state == ItemState.PROPOSED, meeting_items.c.meeting.is_not(None)
        )

    async def returned_to(self, person: PersonId) -> list[MeetingItem]:
        """List what somebody proposed and was given back."""
        return await self._listed(
            meeting_items.c.proposed_by == person, meeting_items.c.state == ItemState.RETURNED
        )

    async def save(self, item: MeetingItem) -> MeetingItem:
        """Store the next version, or refuse if someone stored it first.

        :raises RuleBroken: `item.moved_on`.
        """
        following = replace(item, version=item.version + 1)
        saved = await self._connection.execute(
            update(meeting_items)
            .where(meeting_items.c.id == item.id, meeting_items.c.version == item.version)
            .values(_values(following))
        )
        if saved.rowcount != 1:
            raise RuleBroken("item.moved_on")
        return following

    async def _listed(self, *conditions: ColumnElement[bool]) -> list[MeetingItem]:
        rows = await self._connection.execute(
            select(meeting_items)
            .where(*conditions)
            .order_by(meeting_items.c.position, meeting_items.c.proposed_at, meeting_items.c.id)
        )
        return in_order([_item(row) for row in rows])


class Agendas:
    """The agendas that were sent: they are added to, and never changed."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, agenda: AgendaVersion) -> None:
        content = {"items": [stored(each) for each in agenda.items]}
        await self._connection.execute(
            insert(agenda_versions).values(
                meeting=agenda.meeting,
                number=agenda.number,
                kind=agenda.kind,
                content=content,
                made_by=agenda.made_by,
                made_at=agenda.made_at,
            )
        )

    async def of_meeting(self, meeting: UUID) -> list[AgendaVersion]:
        """List what was sent, the first first."""
        rows = await self._connection.execute(
            select(agenda_versions)
            .where(agenda_versions.c.meeting == meeting)
            .order_by(agenda_versions.c.number)
        )
        return [_agenda(row) for row in rows]

    async def latest(self, meeting: UUID) -> AgendaVersion | None:
        sent = await self.of_meeting(meeting)
        return sent[-1] if sent else None


def stored(item: MeetingItem) -> dict[str, object]:
    """Write an item as JSON, whole."""
    return {
        **_content(item),
        "id": str(item.id),
        "committee": item.committee,
        "meeting": None if item.meeting is None else str(item.meeting),
        "position": item.position,
        "kind": item.kind.value,
        "state": item.state.value,
        "sudden": item.sudden,
        "title": item.title,
        "proposed_by": item.proposed_by,
        "proposed_at": item.proposed_at.isoformat(),
        "version": item.version,
    }


def restored(data: Stored) -> MeetingItem:
    """Read an item that was written as JSON."""
    return MeetingItem(
        id=UUID(data["id"]),
        committee=CommitteeCode(data["committee"]),
        meeting=None if data["meeting"] is None else UUID(data["meeting"]),
        position=data["position"],
        kind=ItemKind(data["kind"]),
        state=ItemState(data["state"]),
        sudden=data["sudden"],
        title=data["title"],
        proposed_by=PersonId(data["proposed_by"]),
        proposed_at=datetime.fromisoformat(data["proposed_at"]),
        version=data["version"],
        **_read(data),
    )


def _content(item: MeetingItem) -> dict[str, object]:
    return {
        "words": item.words,
        "proposal": {part.value: text for part, text in item.proposal.items()},
        "annexes": [asdict(each) for each in item.annexes],
        "returned": item.returned,
        "because": item.because,
        "prepares": None if item.prepares is None else str(item.prepares),
        "comments": [{**asdict(each), "at": each.at.isoformat()} for each in item.comments],
    }


def _read(content: Stored) -> dict[str, Any]:
    return {
        "words": content["words"],
        "proposal": {ProposalPart(part): text for part, text in content["proposal"].items()},
        "annexes": tuple(Annex(**each) for each in content["annexes"]),
        "returned": content["returned"],
        "because": content["because"],
        "prepares": None if content["prepares"] is None else UUID(content["prepares"]),
        "comments": tuple(
            ItemComment(**{**each, "at": datetime.fromisoformat(each["at"])})
            for each in content["comments"]
        ),
    }


def _values(item: MeetingItem) -> dict[str, object]:
    own = {each.name for each in meeting_items.c} - {"content"}
    return {**{name: getattr(item, name) for name in own}, "content": _content(item)}


def _item(row: Row[Any]) -> MeetingItem:
    return MeetingItem(
        id=row.id,
        committee=CommitteeCode(row.committee),
        meeting=row.meeting,
        position=row.position,
        kind=ItemKind(row.kind),
        state=ItemState(row.state),
        sudden=row.sudden,
        title=row.title,
        proposed_by=PersonId(row.proposed_by),
        proposed_at=row.proposed_at,
        version=row.version,
        **_read(row.content),
    )


def _agenda(row: Row[Any]) -> AgendaVersion:
    return AgendaVersion(
        meeting=row.meeting,
        number=row.number,
        kind=AgendaKind(row.kind),
        items=tuple(restored(each) for each in row.content["items"]),
        made_by=None if row.made_by is None else PersonId(row.made_by),
        made_at=row.made_at,
    )
