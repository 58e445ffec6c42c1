"""Run a case meeting: begin it, take each item in turn, end it (issue item 4)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from domain import case_meetings
from domain.case_meetings import AgendaItem, CaseMeeting, ItemState, Point
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.gates import Purpose
from domain.journal import Note
from domain.office_actions import OfficeAction, may
from domain.people import CommitteeCode, Person, PersonId
from domain.roles import Actor
from storage.database import Transaction
from usecases.permit import actor_of
from usecases.read_agenda import Slot, matters_of, points_of, slots


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What came of one item, as the notes about it tell: kinds and counts, never a word."""

    slot: Slot
    state: ItemState
    notes: Mapping[Note, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSeen:
    """A meeting as one facilitator sees it: who is there, where it is, what it came to."""

    meeting: CaseMeeting
    group: str
    present: Sequence[Person]
    place: int  # which item is being taken, from 1; 0 when all are through
    items: int
    skipped: int
    slot: Slot | None
    decided: Sequence[Decided] = ()


async def members_of(tx: Transaction, group: CommitteeCode) -> dict[PersonId, Person]:
    """Name everybody who can be at a meeting of the group."""
    return {each.id: each for _, each in await tx.organisation.members(group)}


async def must_run_it(tx: Transaction, by: Person, group: CommitteeCode) -> Actor:
    """Let only the facilitators of a group run its meetings.

    :raises RuleBroken: `meeting.not_found`
    """
    actor = await actor_of(tx, by)
    if not may(actor, OfficeAction.RUN_MEETING, group=group):
        raise RuleBroken("meeting.not_found", about=str(group))
    return actor


async def running(tx: Transaction, group: CommitteeCode, *, now: datetime) -> CaseMeeting | None:
    """Find the meeting that the group holds today, if it has begun."""
    found = await tx.meetings.running_in([group])
    today = local_date(now)
    return next((each for each in found if local_date(each.begun_at) == today), None)


async def begin_meeting(
    tx: Transaction,
    *,
    id: UUID,
    group: CommitteeCode,
    present: Collection[PersonId],
    by: Person,
    now: datetime,
) -> CaseMeeting:
    """Begin a meeting with the agenda as it is now; one that has begun today goes on.

    :raises RuleBroken: `meeting.not_found`, `meeting.nobody`, `meeting.nothing_to_take`, or
        `press.not_ours` for anybody who was not offered.
    """
    await must_run_it(tx, by, group)
    await tx.counters.next(
        "meeting.begin", str(group)
    )  # two who begin at once wait for each other
    if (goes_on := await running(tx, group, now=now)) is not None:
        return goes_on
    points = await points_of(tx, group, now=now)
    if not points:
        raise RuleBroken("meeting.nothing_to_take")
    meeting = case_meetings.with_present(
        CaseMeeting(id=id, group=group, begun_by=by.id, begun_at=now),
        present,
        offered=await members_of(tx, group),
    )
    await tx.meetings.add(meeting, [_item(meeting, n, each) for n, each in enumerate(points)])
    await record(tx, meeting, by=by.id, what="begin", now=now)
    return meeting


def _item(meeting: CaseMeeting, position: int, point: Point) -> AgendaItem:
    return AgendaItem(
        id=uuid4(), meeting=meeting.id, position=position, about=point.about, why=point.why
    )


async def see_meeting(
    tx: Transaction, *, id: UUID, by: Person, sum_up: bool = False, now: datetime
) -> MeetingSeen:
    """See where a meeting is, and of one that is through or over what it came to.

    :param sum_up: what it came to, also before it is through.

    :raises RuleBroken: `meeting.not_found`, the same whether it is missing or not theirs.
    """
    meeting = await tx.meetings.find(id)
    if meeting is None:
        raise RuleBroken("meeting.not_found", about=str(id))
    actor = await _facilitator(tx, meeting, by)
    items = await tx.meetings.items(id)
    here = case_meetings.current(items) if meeting.ended_at is None else None
    points = await _as_points(tx, items)
    seen = await slots(tx, actor, points, now=now)
    present = await tx.people.of_ids(sorted(meeting.present))
    return MeetingSeen(
        meeting=meeting,
        group=(await tx.organisation.committee(meeting.group)).name,
        present=sorted(present.values(), key=lambda each: each.name),
        place=here.position + 1 if here else 0,
        items=len(items),
        skipped=sum(item.state is ItemState.SKIPPED for item in items),
        slot=seen[here.position] if here else None,
        decided=() if here and not sum_up else await _decided(tx, meeting, items, seen),
    )


async def _as_points(tx: Transaction, items: Sequence[AgendaItem]) -> list[Point]:
    ids = [item.about for item in items]
    cases = await tx.cases.of_ids(ids)
    concerns = await tx.concerns.of_ids([each for each in ids if each not in cases])
    references = {
        **{each.id: each.reference for each in cases.values()},
        **{each.id: each.reference for each in concerns.values()},
    }
    return [
        Point(
            about=item.about,
            reference=references.get(item.about, ""),
            is_concern=item.about in concerns,
            why=item.why,
        )
        for item in items
    ]


async def _decided(
    tx: Transaction, meeting: CaseMeeting, items: Sequence[AgendaItem], seen: Sequence[Slot]
) -> list[Decided]:
    """Count what was noted of each item since the meeting began."""
    noted: dict[UUID, dict[Note, int]] = {}
    for each in await tx.journal.notes(matters=[item.about for item in items]):
        in_time = meeting.ended_at is None or each.at <= meeting.ended_at
        if each.at >= meeting.begun_at and in_time:
            of_item = noted.setdefault(each.matter, {})
            of_item[each.note] = of_item.get(each.note, 0) + 1
    return [
        Decided(slot=slot, state=item.state, notes=noted.get(item.about, {}) if slot.point else {})
        for item, slot in zip(items, seen, strict=True)
    ]


async def go_on(
    tx: Transaction, *, id: UUID, seen: int, by: Person, state: ItemState, now: datetime
) -> CaseMeeting:
    """Leave the current item; that somebody had to leave for it is put on record (INH-3).

    :param seen: the version the person acts on; an older one writes nothing (AC-CARD-04).
    :raises RuleBroken: `meeting.not_found`, `.moved_on`, `.ended`, `.through`.
    """
    meeting, items = await held(tx, id, seen, by)
    left = case_meetings.go_on(meeting, items, state=state, now=now)
    await _note_who_left(tx, meeting, left, now=now)
    return await _stored(tx, meeting, [left])


async def go_back(tx: Transaction, *, id: UUID, seen: int, by: Person) -> CaseMeeting:
    """Take the item before once more.

    :raises RuleBroken: `meeting.not_found`, `.moved_on`, `.ended`, `.at_first`.
    """
    meeting, items = await held(tx, id, seen, by)
    return await _stored(tx, meeting, [case_meetings.go_back(meeting, items)])


async def take_skipped(tx: Transaction, *, id: UUID, seen: int, by: Person) -> CaseMeeting:
    """Take up what was skipped.

    :raises RuleBroken: `meeting.not_found`, `.moved_on`, `.ended`, `.none_skipped`.
    """
    meeting, items = await held(tx, id, seen, by)
    return await _stored(tx, meeting, case_meetings.take_skipped(meeting, items))


async def set_present(
    tx: Transaction, *, id: UUID, seen: int, by: Person, present: Collection[PersonId]
) -> CaseMeeting:
    """Say anew who is there.

    :raises RuleBroken: `meeting.not_found`, `.moved_on`, `.ended`, `.nobody`, `press.not_ours`.
    """
    meeting, _ = await held(tx, id, seen, by)
    offered = await members_of(tx, meeting.group)
    return await tx.meetings.save(case_meetings.with_present(meeting, present, offered=offered))


async def _facilitator(tx: Transaction, meeting: CaseMeeting, by: Person) -> Actor:
    try:
        return await must_run_it(tx, by, meeting.group)
    except RuleBroken:
        raise RuleBroken("meeting.not_found", about=str(meeting.id)) from None


async def held(
    tx: Transaction, id: UUID, seen: int, by: Person
) -> tuple[CaseMeeting, list[AgendaItem]]:
    meeting = await tx.meetings.hold(id)
    if meeting is None:
        raise RuleBroken("meeting.not_found", about=str(id))
    await _facilitator(tx, meeting, by)
    if meeting.version != seen:
        raise RuleBroken("meeting.ended" if meeting.ended_at else "meeting.moved_on")
    return meeting, await tx.meetings.items(id)


async def _stored(
    tx: Transaction, meeting: CaseMeeting, changed: Sequence[AgendaItem]
) -> CaseMeeting:
    await tx.meetings.save_items(changed)
    return await tx.meetings.save(meeting)


async def _note_who_left(
    tx: Transaction, meeting: CaseMeeting, item: AgendaItem, *, now: datetime
) -> None:
    matters, _ = await matters_of(tx, [item.about], now=now)
    near = matters[item.about].recused if item.about in matters else frozenset()
    for person in sorted(meeting.present & near):
        await tx.audit.record(
            at=now,
            actor=person,
            action="meeting.left",
            about=str(item.about),
            result="recused",
            purpose=Purpose.CRIME_PREVENTION,
        )


async def record(
    tx: Transaction, meeting: CaseMeeting, *, by: PersonId | None, what: str, now: datetime
) -> None:
    await tx.audit.record(
        at=now,
        actor=by,
        action=f"meeting.{what}",
        about=str(meeting.id),
        result="ok",
        purpose=Purpose.CRIME_PREVENTION,
    )
