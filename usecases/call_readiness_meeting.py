"""Call a readiness meeting, move it, cancel it: the Secretariat, from the alert (BER-41)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.alert_log import LogEntry, LogKind
from domain.alerts import Alert, Reply
from domain.call_sheet import OF_THE_SECRETARIAT
from domain.committee_meetings import Reply as Answer
from domain.errors import RuleBroken
from domain.notices import Notice, NoticeKind, Tier
from domain.office_actions import OfficeAction
from domain.people import Person, PersonId
from domain.readiness_meetings import Attendance, ReadinessMeeting, in_order
from storage.database import Transaction
from usecases.permit_alert import record
from usecases.permit_office import permit_office
from usecases.read_alert import may_read

CALL = OfficeAction.CALL_READINESS_MEETING


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitable:
    """Who can be asked to a meeting about an alert, and who of them is asked unless changed.

    :param chosen: who has said that they join (BER-41), and who coordinates.
    """

    people: Mapping[PersonId, Person]
    chosen: tuple[PersonId, ...]


async def permit_calling(tx: Transaction, by: Person, alert: UUID, *, now: datetime) -> Alert:
    """Let the Secretariat call people together about an alert that is open, and has left.

    :raises RuleBroken: `alert.not_found`, `office.secretariat_only`, `alert.over`,
        `readiness_meeting.too_early`
    """
    found = await may_read(tx, by, alert)
    await permit_office(tx, by, CALL)
    if not found.is_open:
        raise RuleBroken("alert.over")
    if now < found.leaves_at:
        raise RuleBroken("readiness_meeting.too_early")
    return found


async def invitable(tx: Transaction, alert: Alert) -> Invitable:
    """List who was alerted and has not said no, and the Secretariat: those who join first."""
    recipients = await tx.recipients.of(alert.id)
    joining = [each.person for each in recipients if each.reply is Reply.JOINING]
    others = [each.person for each in recipients if each.reply in {None, Reply.RECEIVED}]
    office = [
        each.id
        for each in await tx.people.everybody()
        if each.active and each.offices & OF_THE_SECRETARIAT
    ]
    order = dict.fromkeys([*joining, alert.coordinator, alert.log_keeper, *office, *others])
    people = await tx.people.of_ids(order)
    there = {each: people[each] for each in order if each in people and people[each].active}
    chosen = dict.fromkeys([*joining, alert.coordinator, alert.log_keeper])
    return Invitable(people=there, chosen=tuple(each for each in chosen if each in there))


async def call_readiness_meeting(
    tx: Transaction,
    *,
    id: UUID,
    alert: UUID,
    begins_at: datetime,
    place: str,
    link: str,
    people: Collection[PersonId],
    by: Person,
    makes_links: bool,
    now: datetime,
) -> ReadinessMeeting:
    """Call one, and ask these to it; called twice it is called once.

    Nobody waits for a link that is made: they hear of it when it is there.

    :param makes_links: whether a maker of links is connected.
    :raises RuleBroken: as `permit_calling` and `domain.readiness_meetings.in_order`, and
        `readiness_meeting.nobody`
    """
    found = await permit_calling(tx, by, alert, now=now)
    held = await tx.alerts.hold(alert)
    called = await tx.readiness_meetings.find(id)
    if called is not None:
        return called
    if held is None or not held.is_open:
        raise RuleBroken("alert.over")
    can_come = (await invitable(tx, found)).people
    asked = [each for each in people if each in can_come]
    if not asked:
        raise RuleBroken("readiness_meeting.nobody")
    meeting = in_order(
        ReadinessMeeting(
            id=id,
            alert=alert,
            number=await tx.readiness_meetings.next_number(alert),
            begins_at=begins_at,
            place=place,
            link=link,
            called_by=by.id,
            called_at=now,
        ),
        makes_links=makes_links,
        now=now,
    )
    await tx.readiness_meetings.add(meeting)
    await tx.readiness_meetings.ask(
        [
            Attendance(
                meeting=id,
                person=each,
                asked_at=now,
                reply=Answer.COMING if each == by.id else Answer.ASKED,
                replied_at=now if each == by.id else None,
            )
            for each in asked
        ]
    )
    told = [each for each in asked if each != by.id]
    await tell(tx, NoticeKind.READINESS_MEETING, meeting, told, now=now)
    await tx.alert_log.add(_line(meeting, "called", by=by, now=now, people=asked))
    await record(tx, found, "alert.call_readiness_meeting", by=by, now=now)
    return meeting


async def move_readiness_meeting(
    tx: Transaction,
    *,
    id: UUID,
    seen: int,
    begins_at: datetime,
    place: str,
    link: str,
    by: Person,
    makes_links: bool,
    now: datetime,
) -> ReadinessMeeting:
    """Move one, or say another place; everybody is asked again where the hour is another.

    :param seen: the version of it that the person saw.
    :raises RuleBroken: as `call_readiness_meeting`, and `readiness_meeting.not_found`, `.over`,
        `.moved_on`
    """
    alert, meeting = await _held(tx, id=id, seen=seen, by=by, now=now)
    said = replace(meeting, begins_at=begins_at, place=place, link=link)
    changed = in_order(said, makes_links=makes_links, now=now)
    if changed == meeting:
        return meeting
    moved = await tx.readiness_meetings.save(replace(changed, sequence=meeting.sequence + 1))
    asked = await tx.readiness_meetings.attendances(id)
    again = moved.begins_at != meeting.begins_at
    told = list[PersonId]()
    for each in asked:
        if each.person == by.id or (each.reply is Answer.DECLINED and not again):
            continue
        told.append(each.person)
        if again:
            await tx.readiness_meetings.answer(id, each.person, Answer.ASKED, now=now)
    await tell(tx, NoticeKind.READINESS_MEETING, moved, told, now=now)
    await tx.alert_log.add(_line(moved, "moved", by=by, now=now))
    await record(tx, alert, "alert.move_readiness_meeting", by=by, now=now)
    return moved


async def cancel_readiness_meeting(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> ReadinessMeeting:
    """Cancel one; who counts on it hears so.

    :raises RuleBroken: as `move_readiness_meeting`
    """
    alert, meeting = await _held(tx, id=id, seen=seen, by=by, now=now)
    off = await _call_off(tx, meeting, by=by, now=now)
    await record(tx, alert, "alert.cancel_readiness_meeting", by=by, now=now)
    return off


async def cancel_coming(tx: Transaction, alert: Alert, *, by: Person, now: datetime) -> None:
    """Cancel what is to come of an alert that ends: who counts on it hears so, nobody meets.

    Hold the alert first, so that no other is called meanwhile.
    """
    for each in await tx.readiness_meetings.of_alert(alert.id):
        meeting = await tx.readiness_meetings.hold(each.id)
        if meeting is not None and meeting.takes_answers(now):
            await _call_off(tx, meeting, by=by, now=now)


async def _call_off(
    tx: Transaction, meeting: ReadinessMeeting, *, by: Person, now: datetime
) -> ReadinessMeeting:
    off = await tx.readiness_meetings.save(replace(meeting, cancelled_at=now, link_by=None))
    asked = await tx.readiness_meetings.attendances(meeting.id)
    told = [each.person for each in asked if each.reply is not Answer.DECLINED]
    await tell(
        tx,
        NoticeKind.READINESS_MEETING_OFF,
        off,
        [each for each in told if each != by.id],
        now=now,
    )
    await tx.alert_log.add(_line(off, "cancelled", by=by, now=now))
    return off


async def changeable(
    tx: Transaction, *, id: UUID, by: Person, now: datetime
) -> tuple[Alert, ReadinessMeeting]:
    """Find a meeting for who may move or cancel it.

    :raises RuleBroken: `readiness_meeting.not_found`, `.over`, and as `permit_calling`
    """
    meeting = await tx.readiness_meetings.find(id)
    if meeting is None:
        raise RuleBroken("readiness_meeting.not_found", about=str(id))
    try:
        alert = await permit_calling(tx, by, meeting.alert, now=now)
    except RuleBroken as problem:
        if problem.code != "alert.not_found":
            raise
        raise RuleBroken("readiness_meeting.not_found", about=str(id)) from None
    if not meeting.takes_answers(now):
        raise RuleBroken("readiness_meeting.over")
    return alert, meeting


async def tell(
    tx: Transaction,
    kind: NoticeKind,
    meeting: ReadinessMeeting,
    people: Iterable[PersonId],
    *,
    now: datetime,
) -> None:
    """Queue a notice of a meeting for each, once for every time that it was moved."""
    await tx.outbox.add(
        [
            Notice(
                kind=kind,
                about=meeting.id,
                due_at=now,
                person=each,
                tier=Tier.URGENT,
                round=meeting.sequence + 1,
            )
            for each in people
        ]
    )


async def _held(
    tx: Transaction, *, id: UUID, seen: int, by: Person, now: datetime
) -> tuple[Alert, ReadinessMeeting]:
    alert, _ = await changeable(tx, id=id, by=by, now=now)
    meeting = await tx.readiness_meetings.hold(id)
    if meeting is None or meeting.version != seen:
        raise RuleBroken("readiness_meeting.moved_on")
    return alert, meeting


def _line(
    meeting: ReadinessMeeting,
    what: str,
    *,
    by: Person,
    now: datetime,
    people: Iterable[PersonId] = (),
) -> LogEntry:
    return LogEntry(
        alert=meeting.alert,
        kind=LogKind.MEETING,
        at=now,
        by=by.id,
        facts={
            "what": what,
            "meeting": str(meeting.number),
            "when": meeting.begins_at.isoformat(),
        },
        people=tuple(people),
    )
