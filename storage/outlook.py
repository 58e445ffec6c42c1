"""Meetings as events in Outlook: what was put there, and who is at it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar_entries import CalendarEntry, Guest
from domain.committee_meetings import MeetingState
from domain.dates import local_date
from domain.outlook_events import ByHand, EventState, OutlookEvent, OutlookGuest
from domain.people import PersonId
from storage import conflicts
from storage.meeting_rows import committee_meetings, meeting_replies
from storage.outlook_rows import outlook_events, outlook_tasks
from storage.readiness_rows import attendances, readiness_meetings
from storage.rows import committees, people

_E, _T, _M = outlook_events.c, outlook_tasks.c, committee_meetings.c
_NOBODY = Guest(name="", email="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Work on the mailbox that is ours until the lease runs out.

    :param link: from where changes are read next; empty where they are read from the beginning.
    """

    name: str
    claims: int
    link: str = field(repr=False)
    reads_from: datetime | None


class OutlookStore:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(self, name: str, *, now: datetime, lease: timedelta) -> Held | None:
        """Take on a work; None while another replica has it, or it rests."""
        await self._connection.execute(
            conflicts.insert(outlook_tasks)
            .values(name=name, claims=0, link="")
            .on_conflict_do_nothing()
        )
        rows = await self._connection.execute(
            update(outlook_tasks)
            .where(
                _T.name == name,
                or_(_T.lease_until.is_(None), _T.lease_until <= now),
                or_(_T.rests_until.is_(None), _T.rests_until <= now),
            )
            .values(lease_until=now + lease, claims=_T.claims + 1, rests_until=None)
            .returning(_T.claims, _T.link, _T.reads_from)
        )
        row = rows.one_or_none()
        if row is None:
            return None
        return Held(name=name, claims=row.claims, link=row.link, reads_from=row.reads_from)

    async def let_go(
        self, held: Held, *, now: datetime, rests_until: datetime | None = None
    ) -> bool:
        """Give a work back, and say how far it has come; False when another has it."""
        given = await self._connection.execute(
            update(outlook_tasks)
            .where(_T.name == held.name, _T.claims == held.claims)
            .values(
                lease_until=None,
                rests_until=rests_until,
                link=held.link,
                reads_from=held.reads_from,
                done_at=_T.done_at if rests_until else now,
            )
        )
        return given.rowcount == 1

    async def rests(self, name: str, *, now: datetime) -> bool:
        """Say whether a work is left alone just now."""
        until = await self._connection.scalar(
            select(_T.rests_until).where(_T.name == name, _T.rests_until > now)
        )
        return until is not None

    async def rest(self, name: str, *, until: datetime) -> None:
        """Leave a work alone for a while, whoever has it."""
        await self._connection.execute(
            conflicts.insert(outlook_tasks)
            .values(name=name, claims=0, link="", rests_until=until)
            .on_conflict_do_update(index_elements=[_T.name], set_={"rests_until": until})
        )

    async def hours(self, *, now: datetime) -> list[CalendarEntry]:
        """List the committee meetings that Outlook is to know of, the next first; without guests.

        What was cancelled is among them as long as it is, or may be, in Outlook.
        """
        is_known = select(_E.meeting).where(_E.meeting == _M.id, _E.state != EventState.GONE)
        rows = await self._connection.execute(
            select(committee_meetings, committees.c.name.label("named"))
            .join(committees, committees.c.code == _M.committee)
            .where(
                _M.day >= local_date(now),
                or_(_M.state == MeetingState.PLANNED, is_known.exists()),
            )
            .order_by(_M.day, _M.starts, _M.id)
        )
        return [
            CalendarEntry(
                id=row.id,
                reference=row.reference,
                committee=row.named,
                day=row.day,
                starts=row.starts,
                minutes=row.minutes,
                place=row.place,
                sequence=row.sequence,
                organizer=_NOBODY,
                cancelled=row.state == MeetingState.CANCELLED,
            )
            for row in rows
        ]

    async def readiness_hours(self, *, now: datetime) -> list[UUID]:
        """List the readiness meetings that Outlook is to know of, in the same way."""
        r = readiness_meetings.c
        is_known = select(_E.meeting).where(_E.meeting == r.id, _E.state != EventState.GONE)
        found = await self._connection.scalars(
            select(r.id)
            .where(r.begins_at > now, or_(r.cancelled_at.is_(None), is_known.exists()))
            .order_by(r.begins_at, r.id)
        )
        return list(found)

    async def guests(self, meetings: Collection[UUID]) -> Mapping[UUID, list[OutlookGuest]]:
        """List who is asked to each, and has an address."""
        found: dict[UUID, list[OutlookGuest]] = {each: [] for each in meetings}
        for asked in (meeting_replies, attendances):
            rows = await self._connection.execute(
                select(asked.c.meeting, people.c.id, people.c.name, people.c.email)
                .join(people, people.c.id == asked.c.person)
                .where(asked.c.meeting.in_(found), people.c.active, people.c.email != "")
                .order_by(asked.c.meeting, people.c.id)
            )
            for row in rows:
                guest = OutlookGuest(person=PersonId(row.id), name=row.name, address=row.email)
                found[row.meeting].append(guest)
        return found

    async def events(self, meetings: Collection[UUID]) -> Mapping[UUID, OutlookEvent]:
        """Tell what was put in Outlook of these meetings."""
        rows = await self._connection.execute(
            select(outlook_events).where(_E.meeting.in_(list(meetings)))
        )
        return {row.meeting: _event(row) for row in rows}

    async def event(self, meeting: UUID) -> OutlookEvent | None:
        return (await self.events([meeting])).get(meeting)

    async def join_link(self, meeting: UUID) -> str:
        """Give the link to Teams that Exchange made; empty where there is none."""
        found: str | None = await self._connection.scalar(
            select(_E.join_link).where(_E.meeting == meeting, _E.state == EventState.THERE)
        )
        return found or ""

    async def standing(self, *, now: datetime) -> list[OutlookEvent]:
        """List the events that are there, of meetings to come."""
        rows = await self._connection.execute(
            select(outlook_events)
            .where(_E.state == EventState.THERE, _E.begins_at > now)
            .order_by(_E.begins_at)
        )
        return [_event(row) for row in rows]

    async def of_graph_ids(self, ids: Collection[str]) -> Mapping[str, OutlookEvent]:
        """Find events by what Outlook calls them; what is not ours is not among them."""
        rows = await self._connection.execute(
            select(outlook_events).where(_E.graph_id.in_([each for each in ids if each]))
        )
        return {row.graph_id: _event(row) for row in rows}

    async def put_back_since(self, at: datetime) -> list[OutlookEvent]:
        """List what was found changed by hand since then."""
        rows = await self._connection.execute(
            select(outlook_events).where(_E.by_hand_at >= at).order_by(_E.begins_at)
        )
        return [_event(row) for row in rows]

    async def sent_since(self, at: datetime) -> list[datetime]:
        """List when each message left since then, by any replica's doing (MTG-14)."""
        found = await self._connection.execute(
            select(_E.sent_at, _E.sent).where(_E.sent_at > at).order_by(_E.sent_at)
        )
        return [row.sent_at for row in found for _ in range(row.sent)]

    async def claim(
        self, row: OutlookEvent, *, now: datetime, lease: timedelta
    ) -> OutlookEvent | None:
        """Take an event on, noting what is about to be tried; None if somebody else was first.

        :param row: as it was read when nobody had it.
        """
        mine = replace(row, lease_until=now + lease, claims=row.claims + 1)
        if row.claims == 0:
            added = await self._connection.execute(
                conflicts.insert(outlook_events)
                .values(_values(mine))
                .on_conflict_do_nothing()
                .returning(_E.meeting)
            )
            return mine if added.one_or_none() is not None else None
        claimed = await self._connection.execute(
            update(outlook_events)
            .where(_E.meeting == row.meeting, _E.claims == row.claims)
            .values(_values(mine))
        )
        return mine if claimed.rowcount == 1 else None

    async def settle(self, row: OutlookEvent) -> bool:
        """Note what came of it, and let it go; False when somebody else has taken it over."""
        noted = await self._connection.execute(
            update(outlook_events)
            .where(_E.meeting == row.meeting, _E.claims == row.claims)
            .values(_values(replace(row, lease_until=None)))
        )
        return noted.rowcount == 1

    async def forget(self, *, before: datetime) -> None:
        """Forget the events of meetings that were over before then."""
        await self._connection.execute(delete(outlook_events).where(_E.ends_at < before))


def _values(row: OutlookEvent) -> dict[str, object]:
    values = {column.name: getattr(row, column.name) for column in _E}
    return {**values, "guests": [[each.person, each.address] for each in row.guests]}


def _event(row: Row[Any]) -> OutlookEvent:
    values = {column.name: getattr(row, column.name) for column in _E}
    guests = tuple(
        OutlookGuest(person=PersonId(person), name="", address=address)
        for person, address in row.guests
    )
    by_hand = None if row.by_hand is None else ByHand(row.by_hand)
    return OutlookEvent(
        **{**values, "state": EventState(row.state), "guests": guests, "by_hand": by_hand}
    )
