"""Make documents of agendas and minutes, for somebody who reads them (MTG-27)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from domain.committee_meetings import CommitteeMeeting, Presence
from domain.dates import local_date
from domain.errors import RuleBroken
from domain.exports import AGENDAS, Export, ExportKind
from domain.meeting_items import MeetingItem
from domain.minutes import Attended, MinutedItem, MinutesState
from domain.papers import Attendance, MeetingPaper, PaperItem, PaperTask, Participant
from domain.people import Person, Seat
from storage.database import Transaction
from usecases.ask_once import ask_once
from usecases.assemble_agenda import see_agenda
from usecases.meeting_people import who_leads
from usecases.read_minutes import see_minutes

_WAS: dict[Presence, Attendance] = {
    Presence.PRESENT: Attendance.ATTENDED,
    Presence.SUBSTITUTE: Attendance.ATTENDED,
    Presence.EXCUSED: Attendance.DECLINED,
    Presence.ABSENT: Attendance.ABSENT,
    Presence.CALLED: Attendance.CALLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a document says, and whether it is the final one."""

    paper: MeetingPaper = field(repr=False)
    is_final: bool
    by: Person


async def ask_for_paper(
    tx: Transaction, *, meeting: UUID, kind: ExportKind, by: Person, now: datetime
) -> Export:
    """Ask for an agenda or minutes as a document; asked again on the same day, it is one.

    :raises RuleBroken: `committee_meeting.not_found`, `minutes.not_found`, or `agenda.not_sent`
        before there is an agenda.
    """
    if kind in AGENDAS:
        seen = await see_agenda(tx, id=meeting, by=by, now=now)
        if seen.sent is None:
            raise RuleBroken("agenda.not_sent")
        version = seen.sent.number
    else:
        minutes = (await see_minutes(tx, id=meeting, by=by, now=now)).minutes
        version = minutes.number * 10_000 + minutes.version
    name = f"{kind}/{version}/{by.id}/{local_date(now)}"
    id_ = uuid5(meeting, name)
    export = Export(id=id_, kind=kind, about=meeting, reason=id_, by=by.id, at=now)
    return await ask_once(tx, export)


async def write_paper(tx: Transaction, export: Export, *, now: datetime) -> Written | None:
    """Read what goes into a document, as its asker may read it now; None if they may not."""
    by = await tx.people.get(export.by)
    try:
        agenda = export.kind in AGENDAS
        return await (_agenda if agenda else _minutes)(tx, export.about, by, now=now)
    except RuleBroken:
        return None


async def _agenda(tx: Transaction, meeting: UUID, by: Person, *, now: datetime) -> Written | None:
    seen = await see_agenda(tx, id=meeting, by=by, now=now)
    if seen.sent is None:
        return None
    seats = await tx.organisation.members(seen.meeting.committee)
    people = [
        Participant(name=each.name, function=each.function, authority=each.authority)
        for seat, each in seats
        if seat.seat is not Seat.SUBSTITUTE
    ]
    items = [_item(each) for each in seen.sent.items]
    paper = await _paper(tx, seen.meeting, seen.committee.name, people, items)
    return Written(paper=paper, is_final=seen.sent.is_final, by=by)


async def _minutes(tx: Transaction, meeting: UUID, by: Person, *, now: datetime) -> Written:
    seen = await see_minutes(tx, id=meeting, by=by, now=now)
    people = [_participant(each) for each in seen.minutes.attended]
    items = [_decided(each) for each in seen.minutes.items]
    paper = await _paper(tx, seen.meeting, seen.committee.name, people, items)
    approved = seen.minutes.state is MinutesState.APPROVED
    return Written(paper=paper, is_final=approved, by=by)


async def _paper(
    tx: Transaction,
    meeting: CommitteeMeeting,
    committee: str,
    people: list[Participant],
    items: list[PaperItem],
) -> MeetingPaper:
    named = await who_leads(tx, meeting)
    leading = await tx.people.of_ids(named)
    return MeetingPaper(
        reference=meeting.reference,
        committee=committee,
        day=meeting.day,
        starts=meeting.starts,
        minutes=meeting.minutes,
        place=meeting.place,
        leader=leading[named[0]].name if named else "",
        participants=tuple(people),
        items=tuple(items),
    )


def _participant(each: Attended) -> Participant:
    return Participant(
        name=each.name,
        function=each.function,
        authority=each.authority,
        attendance=_WAS[each.how],
        stands_for=each.stands_for_name,
    )


def _decided(each: MinutedItem) -> PaperItem:
    tasks = [
        PaperTask(owner=task.owner, words=task.words, due_on=task.due_on) for task in each.tasks
    ]
    return replace(_item(each.item), decision=each.decision, tasks=tuple(tasks))


def _item(item: MeetingItem) -> PaperItem:
    return PaperItem(
        kind=item.kind,
        title=item.title,
        text=item.words,
        proposal=item.proposal,
        annexes=item.annexes,
        sudden=item.sudden,
    )
